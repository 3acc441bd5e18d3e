import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { dataFolder, kaeru, startBare } from '../end-to-end/product.ts';
import { installed, pressed, staffFile, wrote } from '../end-to-end/teams.ts';
import { startFakeConnector } from '../fakes/start-connector.ts';
import { canary, kanaria, leaksIn, staffNumber } from './canary/canaries.ts';

vi.setConfig({ testTimeout: 60_000 });

const debug = { KAERU_LOG: 'debug' };
const clerks = Array.from({ length: 8 }, (_none, n) => ({
  staff: staffNumber(n),
  name: `${kanaria('氏名')} ${canary('name', n)}`,
  ...(n === 0 ? {} : { head: staffNumber(0) }),
}));

/** Every kind of answer of the Connector, in words that hold canaries; a good one at the end. */
const answers = [400, 403, 404, 408, 412, 413, 429, 500, 502, 503, 504].map((status) => ({
  status,
  headers: { 'retry-after': '1' },
  body: JSON.stringify({ error: { code: canary('code', status), message: canary('message') } }),
}));

test('what the processes write to stdout and stderr with KAERU_LOG=debug names nobody', async () => {
  const folder = dataFolder();
  onTestFinished(() => folder.remove());
  const file = (name: string, text: string) => {
    writeFileSync(folder.file(name), text);
    return folder.file(name);
  };
  const command = (...words: string[]) => kaeru([...words, '--data', folder.data], debug);
  const good = await command('import', 'staff', file('staff.csv', staffFile(clerks)));
  expect(good.status).toBe(0);
  const cells = staffFile([...clerks, { staff: staffNumber(9), name: canary('name', 9), start: canary('cell') }]);
  const [bad, missing, policy] = await Promise.all([
    command('import', 'staff', file('cells.csv', cells)),
    command('import', 'staff', folder.file('nowhere.csv')),
    command('policy', 'apply', file('policy.yaml', `organisation: 見本市\ntexts: ${canary('policy')}\n`)),
  ]);
  expect([bad.status, missing.status, policy.status]).toEqual([1, 1, 1]);
  const connector = await startFakeConnector();
  onTestFinished(() => connector.stop());
  const product = await startBare(folder.data, { at: '2026-11-18T16:14:00+09:00', env: debug });
  onTestFinished(() => product.stop());
  const url = connector.serviceUrl;
  for (const { staff } of clerks) await product.activity(installed(staff, url));
  await connector.script(...answers, { reset: true }, { status: 200, body: canary('no-json') });
  await product.moveTo('2026-11-18T16:20:00+09:00');
  const seen: { place: string; text: string }[] = [];
  const refused = async (body: object | string) => {
    const { status, text } = await product.post(
      '/api/messages',
      typeof body === 'string' ? body : JSON.stringify(body),
    );
    if (status >= 400 || text.includes('"statusCode":400')) seen.push({ place: `answer ${status}`, text });
  };
  for (const { staff } of clerks) {
    await refused(wrote(staff, url, canary('typed')));
    await refused(pressed(staff, url, { verb: canary('verb'), data: { i: canary('item'), r: 0 } }, canary('reply')));
    await refused({ ...wrote(staff, url, 'x'), from: canary('from') });
    await refused(`{"${canary('json')}":`);
  }
  await product.settle();
  for (const path of ['/readyz', '/metrics', `/${canary('path')}`]) {
    seen.push({ place: path, text: await (await fetch(`${product.url}${path}`)).text() });
  }
  await product.stop();
  const { stdout, stderr } = product.said();
  expect(seen.length).toBeGreaterThan(10);
  expect(
    leaksIn([
      ...seen,
      { place: 'service', text: `${stdout}${stderr}` },
      ...[good, missing].map((ran) => ({ place: 'command', text: `${ran.stdout}${ran.stderr}` })),
      { place: 'refused import', text: `${bad.stdout}${bad.stderr}`.replaceAll(`「${canary('cell')}」`, '') },
      { place: 'refused policy', text: policy.stdout },
      ...auditOf(folder.data).map((text) => ({ place: 'audit', text })),
    ]),
  ).toEqual([]);
  expect(bad.stdout, 'the refused cell itself is shown to whoever runs the import').toContain(canary('cell'));
});

function auditOf(data: string): string[] {
  const store = new DatabaseSync(join(data, 'kaeru.db'));
  const rows = store.prepare('select * from audit').all();
  store.close();
  expect(rows.length).toBeGreaterThan(0);
  return rows.map((row) => JSON.stringify(row));
}
