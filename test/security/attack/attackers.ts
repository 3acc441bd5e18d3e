/* The attackers, in a process of their own: told once what to do, they strike until the time is over and say what came back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, attacks, type Ground } from './attacks.ts';
import { type SlowWave, slowWave } from './slow-sockets.ts';

export interface Order {
  port: number;
  token: string;
  seed: number;
  milliseconds: number;
  /** Attacks begun a second, and how many may be under way. */
  perSecond: number;
  atOnce: number;
  /** Slow sockets of one wave; the next begins when the last of them is closed. */
  slowSockets: number;
  /** How many of them must be closed for the next wave. */
  slowEnough: number;
}

export interface Tally {
  /** Attacks by name and by what they were answered with. */
  answered: Record<string, Record<string, number>>;
  /** What should not have happened, in sentences. */
  faults: string[];
  waves: SlowWave[];
}

/** Milliseconds after which what is left of a wave is given up. */
const LONGEST_WAVE = 30_000;

process.once('message', (order: Order) => {
  attackAll(order).then(
    (tally) => process.send?.(tally, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function attackAll(order: Order): Promise<Tally> {
  const tally: Tally = { answered: {}, faults: [], waves: [] };
  const end = performance.now() + order.milliseconds;
  await Promise.all([mix(order, end, tally), slow(order, end, tally)]);
  return tally;
}

async function mix(order: Order, end: number, tally: Tally): Promise<void> {
  const ground: Ground = { port: order.port, token: order.token, dice: diceOf(order.seed) };
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  for (let count = 0; performance.now() < end; count += 1) {
    const due = begun + (count * 1_000) / order.perSecond;
    await sleep(Math.max(0, due - performance.now()));
    if (running.size >= order.atOnce) await Promise.race(running);
    const attack = attacks[count < attacks.length ? count : ground.dice(attacks.length)];
    if (!attack) continue;
    const work: Promise<void> = strike(attack, ground, tally).finally(() => running.delete(work));
    running.add(work);
  }
  await Promise.all(running);
}

async function strike(attack: Attack, ground: Ground, tally: Tally): Promise<void> {
  const statuses = await attack.strike(ground);
  const said = statuses === 'hung' ? 'hung' : [...new Set(statuses)].join('+') || 'closed';
  const counts = tally.answered[attack.name] ?? {};
  tally.answered[attack.name] = { ...counts, [said]: (counts[said] ?? 0) + 1 };
  const allowed = statuses !== 'hung' && statuses.every((status) => attack.may.includes(status));
  const silent = statuses.length === 0;
  if (!allowed || (silent && !attack.silence)) {
    if (tally.faults.length < 100) tally.faults.push(`${attack.name}: ${said}`);
  }
}

/** Waves one after the other; at least one, which is seen to its end however little time there is. */
async function slow(order: Order, end: number, tally: Tally): Promise<void> {
  const wave = { count: order.slowSockets, enough: order.slowEnough, within: LONGEST_WAVE };
  do tally.waves.push(await slowWave(order.port, order.token, wave));
  while (performance.now() < end);
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
