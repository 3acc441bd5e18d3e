/* Raw undici: one prepared body, POSTed as often as told. It knows no person, keeps no state, and reads no answer. */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { listenForOrders } from './paced-sends.ts';

const { serviceUrl, bodyFile } = JSON.parse(process.env['BENCH_PEER'] ?? '{}') as Record<string, string>;
const body = readFileSync(bodyFile ?? '');
const pool = new Pool(new URL(serviceUrl ?? '').origin, { connections: 30, pipelining: 1 });

listenForOrders(async (n) => {
  const path = `/v3/conversations/a:peer-${n}/activities`;
  const answer = await pool.request({ method: 'POST', path, body, headers: { 'content-type': 'application/json' } });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`undici was answered ${answer.statusCode}.`);
});
