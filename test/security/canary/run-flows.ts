import { sendOutcome } from '../../../src/adapters/teams/outcome.ts';
import type { SendResult } from '../../../src/ports/chat.ts';
import { canary, type Leak, leaksIn } from './canaries.ts';
import { type Flow, flows } from './flows.ts';
import { type House, PEOPLE } from './house.ts';

/** Lets so many flows go through the house and gives every canary seen outside, with how often each flow came. */
export async function runFlows(house: House, count: number, seed: number): Promise<{ leaks: Leak[]; ran: number[] }> {
  const dice = diceOf(seed);
  const { ports } = house.service;
  const ran = flows.map(() => 0);
  // Answers that make Kaeru wait come only when everybody has the card: else the clock has passed its minute.
  await everybodyIn(house);
  ports.chat.answer((_call, number) => answerOf(number, dice));
  for (let n = 0; n < count; n += 1) {
    const which = n < flows.length ? n : dice(flows.length);
    ran[which] = (ran[which] ?? 0) + 1;
    ports.clock.moveTo('2026-11-18T17:20:00+09:00');
    await flows[which]?.(house, n, dice);
  }
  await lookAround(house);
  return { leaks: leaksIn(house.seen), ran };
}

/** Everybody has installed the app and has the card of the Wednesday, the head the summary. */
async function everybodyIn(house: House): Promise<void> {
  const install: Flow | undefined = flows[0];
  for (let person = 0; person < PEOPLE; person += 1) await install?.(house, person, () => person);
  await house.service.runTo('2026-11-18T16:15:00+09:00');
  await house.service.runTo('2026-11-18T17:15:00+09:00');
}

/** Every kind of answer the Connector may give, in words that hold canaries; most are good. */
function answerOf(number: number, dice: (under: number) => number): SendResult | Promise<SendResult> {
  const kind = dice(40);
  if (kind > 12) return { kind: 'sent', activityId: `f:${canary('sent', number)}`, status: 201 };
  if (kind === 0) return Promise.reject(new Error(`socket of ${canary('connector')} broke`));
  const status = [400, 401, 404, 408, 412, 413, 429, 500, 502, 503, 504, 403][kind - 1] ?? 500;
  const error = { code: canary('code', status), message: canary('message') };
  const bodies = [JSON.stringify({ error }), JSON.stringify({ code: error.code }), `<html>${error.message}`, null];
  const headers = { 'retry-after': canary('retry'), 'x-ms-request': canary('header') };
  const exchange = { written: true, status, headers, body: bodies[dice(4)] ?? null, broken: null };
  return sendOutcome(exchange, 0);
}

/** What stands where operators and auditors look. */
async function lookAround(house: House): Promise<void> {
  for (const path of ['/metrics', '/readyz', '/healthz']) {
    const answer = await fetch(`${house.url}${path}`);
    if (answer.status === 500) throw new Error(`${path} itself has failed.`);
    house.seen.push({ place: path, text: await answer.text() });
  }
  for (const row of await house.service.db.selectFrom('audit').selectAll().execute()) {
    house.seen.push({ place: 'audit', text: JSON.stringify(row) });
  }
}

/** Mulberry32: the same numbers for the same seed. */
function diceOf(seed: number): (under: number) => number {
  let state = seed | 0;
  return (under) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * under);
  };
}
