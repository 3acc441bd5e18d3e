import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import type { Order, Tally } from './attackers.ts';
import { bigBodies } from './attacks.ts';
import { startTarget, type Target } from './start-target.ts';

export interface AttackPlan {
  seed: number;
  milliseconds: number;
  slowSockets: number;
  /** How many of them must have been closed for a wave to be over; all where nothing is said. */
  slowEnough?: number;
  perSecond: number;
  /** Good requests a second beside it. */
  goodPerSecond: number;
  /** Ends it before its time: everything that was started is ended, and the attack throws the reason. */
  signal?: AbortSignal;
}

export interface AttackReport {
  tally: Tally;
  /** Latency of the good requests in milliseconds, and those that were not answered with 200. */
  good: { count: number; failed: string[]; p50: number; p99: number; longest: number };
  /** Bytes more that the process held after one body of 3 MB than before it (the median of `bodies`), and resident at rest and after all. */
  memory: { bodies: number; perBody: number; worst: number; residentBefore: number; residentAfter: number };
  /** The exit code on SIGTERM: 0 where the process lived through everything. */
  exit: number | null;
  said: { stdout: string; stderr: string };
}

const BODIES = 20;

/** Starts the product, attacks it for that long beside good requests, stops it, and tells what was seen. */
export async function attackProduct(plan: AttackPlan): Promise<AttackReport> {
  const target = await startTarget();
  try {
    const warm = performance.now() + 1_000;
    await goodTraffic(target, 20, () => warm);
    const memory = await measureBodies(target);
    plan.signal?.throwIfAborted();
    const attackers = startAttackers(target, plan);
    let over = false;
    const done = attackers.finally(() => {
      over = true;
    });
    done.catch(() => {});
    const good = await goodTraffic(target, plan.goodPerSecond, () => (over ? 0 : Number.POSITIVE_INFINITY));
    const tally = await done;
    const residentAfter = (await target.memory()).resident;
    const exit = await target.stop();
    return { tally, good, memory: { ...memory, residentAfter }, exit, said: target.said() };
  } catch (error) {
    await target.stop();
    throw error;
  }
}

/** One body of 3 MB after the other, declared and in chunks, on a quiet service. */
async function measureBodies(target: Target): Promise<Omit<AttackReport['memory'], 'residentAfter'>> {
  const ground = { port: target.port, token: target.token, dice: () => 0 };
  const more: number[] = [];
  const { resident: residentBefore } = await target.memory();
  for (let count = 0; count < BODIES; count += 1) {
    const before = await target.memory();
    await bigBodies[count % bigBodies.length]?.strike(ground);
    more.push((await target.memory()).held - before.held);
  }
  more.sort((a, b) => a - b);
  return { bodies: BODIES, perBody: more[BODIES / 2] ?? 0, worst: more.at(-1) ?? 0, residentBefore };
}

async function startAttackers(target: Target, plan: AttackPlan): Promise<Tally> {
  const script = fileURLToPath(new URL('./attackers.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const { seed, milliseconds, perSecond, slowSockets, slowEnough = slowSockets } = plan;
  const order: Order = {
    port: target.port,
    token: target.token,
    seed,
    milliseconds,
    perSecond,
    atOnce: 60,
    slowSockets,
    slowEnough,
  };
  child.send(order);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('The attackers ended before their time.')));
  ended.catch(() => {});
  const { signal } = plan;
  try {
    const [tally] = await Promise.race([once(child, 'message', signal ? { signal } : {}), ended]);
    return tally as Tally;
  } catch (error) {
    child.kill();
    throw signal?.aborted ? signal.reason : error;
  }
}

/** Good requests at an even pace until `until()` has passed, each timed from its start to the end of its answer. */
async function goodTraffic(target: Target, perSecond: number, until: () => number): Promise<AttackReport['good']> {
  const times: number[] = [];
  const failed: string[] = [];
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  // Patient: what takes long is told as a time, not as a failure.
  const agent = new Agent({ connect: { timeout: 60_000 }, headersTimeout: 60_000 });
  const one = async (n: number) => {
    const start = performance.now();
    try {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${target.token}` };
      const body = JSON.stringify(target.activity(n));
      const answer = await request(`${target.url}/api/messages`, { method: 'POST', headers, body, dispatcher: agent });
      await answer.body.text();
      if (answer.statusCode !== 200) failed.push(String(answer.statusCode));
    } catch (error) {
      failed.push(String(error));
    }
    times.push(performance.now() - start);
  };
  for (let count = 0; performance.now() < until(); count += 1) {
    const due = begun + (count * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const work: Promise<void> = one(count).finally(() => running.delete(work));
    running.add(work);
  }
  await Promise.all(running);
  await agent.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { count: times.length, failed, p50: at(0.5), p99: at(0.99), longest: at(1) };
}
