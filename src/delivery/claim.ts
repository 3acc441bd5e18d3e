import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { AttemptTable } from '../ports/tables.ts';
import { forgetAttempt, insertAttempts } from './attempts/queries.ts';
import { claimSends, returnSend } from './contact/claim-sends.ts';
import { afterCall, type ConversationCalls, nextCallOf } from './gate/conversation-pace.ts';
import { joined, type LateCalls, lateCallsIn, textOfLateCalls, withPutOff } from './gate/late-calls.ts';
import { isOutgrown } from './gate/learned-pace.ts';
import { callsOfChats, noteCallsOfChats, noteTurns, readGate, setGate } from './gate/queries.ts';
import { aheadOfTime, passage, probeEvery, type Turn } from './gate/rules.ts';
import { type SharedTime, sharedTime } from './gate/shared-time.ts';
import { claimOpenings, returnOpening } from './openings/queries.ts';
import { claimUpdates, returnUnsentUpdate } from './updates/queries.ts';
import { type Claim, chatOf, rowOf, type Waiting } from './waiting.ts';

/** So much later a service that had its turn comes again, in milliseconds: others go first. */
const courtesy = 4;
/** A rest longer than this comes from a clock that stepped. */
const longestRest = 60 * 60_000;

/** What was claimed; `wait` is how long the gate lets nothing more pass; `held` where the breaker is what holds. */
export interface Claimed {
  claims: Claim[];
  wait: number;
  held: boolean;
  /** Conversations that other services called just now, and how many milliseconds they rest. */
  resting: Map<string, number>;
}

/** What this service knows and the gate may not know yet. */
interface Known {
  /** Own calls that came to Teams after their moment. */
  late: LateCalls;
  /** Until when a pause holds, in the elapsed milliseconds that services share. */
  told: number;
}

/**
 * Takes what the gate lets pass, in order, and commits `sending` with one attempt row for each and the moment of the next
 * call, in one transaction, before any request leaves. What another service claimed meanwhile is not taken, nor counted.
 * `before` is written first and committed with it.
 */
export async function claim(
  ports: Ports,
  owner: string,
  ready: Waiting[],
  { late, told }: Known,
  before?: (db: Db) => Promise<void>,
): Promise<Claimed> {
  return ports.database.transaction(async (db) => {
    await before?.(db);
    // What needs no answer of the other is asked at once: on a server that is one way there and back.
    const [time, gate, called] = await Promise.all([sharedTime(ports, db), readGate(db), callsOf(ports, db, ready)]);
    const { pace } = ports.settings;
    const alone = ports.database.sharedElapsed === null;
    const ahead = alone ? aheadOfTime.alone : aheadOfTime.among;
    const known = joined(lateCallsIn(gate.late), late);
    const { turns, wait, held } = passage(gate, time.shared, pace, { most: ready.length, late: known, told, ahead });
    if (turns.length === 0) return { claims: [], wait, held, resting: new Map() };
    const resting = restingNow(called, time.shared);
    const free = ready.filter((one) => !resting.has(chatOf(one)));
    const claims = await take(ports, db, owner, free, { turns, time, calls: gate.calls });
    if (claims.length === 0) return { claims, wait: 0, held: false, resting };
    const { next, following } = turns[claims.length - 1] ?? { next: time.shared, following: time.shared };
    const given = turns.slice(0, claims.length).map((turn, index) => ({ number: gate.calls + index + 1, turn }));
    const attempts = claims.map((one) => attemptOf(ports, one));
    const lateNow = textOfLateCalls(withPutOff(known, given), time.shared);
    await Promise.all([
      insertAttempts(db, attempts),
      alone ? null : noteCalls(db, claims, called),
      noteTurns(db, { next_at: Math.round(next * 1000), calls: gate.calls + claims.length, late: lateNow }),
    ]);
    if (gate.opened_at !== null) await setGate(db, { probe_at: Math.floor(time.shared) + probeEvery });
    if (isOutgrown(gate, time.shared, pace)) await setGate(db, { learned: null, hold: 0, suspects: '' });
    const until = Math.max(0, following - time.shared - ahead.lead);
    return { claims, wait: alone ? until : until + courtesy, held: false, resting };
  });
}

const rowsOf = (all: Waiting[], kind: Waiting['kind']) => all.filter((one) => one.kind === kind).map(rowOf);

type KnownCalls = Map<string, ConversationCalls>;

/** What other services called, too; a service that is alone keeps its own calls in memory. */
async function callsOf(ports: Ports, db: Db, ready: Waiting[]): Promise<KnownCalls> {
  return ports.database.sharedElapsed === null ? new Map() : callsOfChats(db, ready.map(chatOf));
}

function restingNow(known: KnownCalls, now: number): Map<string, number> {
  const left = [...known].map(([chat, calls]) => [chat, nextCallOf(calls) - now] as const);
  return new Map(left.filter(([, rest]) => rest > 0 && rest < longestRest));
}

async function noteCalls(db: Db, claims: Claim[], known: KnownCalls): Promise<void> {
  const rows = claims.map((one) => {
    return { chat: chatOf(one), ...afterCall(known.get(chatOf(one)), Math.round(one.sharedAt)) };
  });
  await noteCallsOfChats(db, rows);
}

interface Turns {
  turns: Turn[];
  time: SharedTime;
  calls: number;
}

/** Takes as many as there are turns, of those that still wait. */
async function take(ports: Ports, db: Db, owner: string, free: Waiting[], given: Turns): Promise<Claim[]> {
  const { turns, time, calls } = given;
  const chosen = free.slice(0, turns.length);
  const usefulAfter = ports.clock.now() + Math.max(0, ...turns.map(({ moment }) => Math.ceil(moment - time.shared)));
  const taken = new Map<string, Waiting>();
  for (const message of await claimSends(ports, db, chosen, owner, usefulAfter))
    taken.set(message.id, { kind: 'send', message });
  for (const message of await claimUpdates(db, rowsOf(chosen, 'update'), owner))
    taken.set(message.id, { kind: 'update', message });
  for (const opening of await claimOpenings(db, rowsOf(chosen, 'create'), owner))
    taken.set(opening.id, { kind: 'create', opening });
  return chosen
    .flatMap((one) => taken.get(rowOf(one)) ?? [])
    .map((one, index) => {
      const sharedAt = turns[index]?.moment ?? time.shared;
      const at = time.local + sharedAt - time.shared;
      const number = calls + index + 1;
      return { ...one, attempt: attemptId(ports, number), at, sharedAt, number };
    });
}

/** In the order of calls, so that attempts that are written together stand together in the store's index: one page for a claim, not one for each. */
const attemptId = ({ random }: Ports, number: number) => number.toString(36).padStart(7, '0') + random.id();

function attemptOf(ports: Ports, claimed: Claim): AttemptTable {
  return {
    id: claimed.attempt,
    message_id: rowOf(claimed),
    kind: claimed.kind,
    started_at: ports.clock.now(),
    ended_at: null,
    outcome: null,
    status: null,
    why: null,
  };
}

/** Undoes a claim whose request was not made, because Teams asked for a pause or the service stops: it waits as before. */
export async function undoClaim(ports: Ports, claimed: Claim): Promise<void> {
  await ports.database.transaction(async (db) => {
    await forgetAttempt(db, claimed.attempt);
    if (claimed.kind === 'create') await returnOpening(db, claimed.opening.id);
    else if (claimed.kind === 'send') await returnSend(db, claimed.message);
    else await returnUnsentUpdate(db, claimed.message.id);
  });
}
