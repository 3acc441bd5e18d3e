import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';

/** What answers 429 have taught. All times are elapsed milliseconds that all services share. */
export type Taught = Pick<DeliveryGateTable, 'learned' | 'raise_at' | 'hold' | 'suspects'>;

/** So many refusals at one load, with no call accepted at that load between them, mean a limit and no accident. */
const enoughRefusals = 3;
/** At the very same load two are enough. */
const enoughAlike = 2;
/** Loads that differ by so little are one: the neighbour, or this part. */
const sameLoad = 0.03;
const suspectsKept = 8;
/** Below this load a refusal says nothing of how fast calls go. */
const leastLoad = 2;
/** How long a learned pace is kept before it grows; half as long again each time the limit is found where it was. */
const shortestHold = 4_000;
const longerEachTime = 1.5;
const longestHold = 300_000;
/** Then it grows by this part of the configured pace each second: a limit that still stands is met at the first call too many. */
const risePerSecond = 1;

/** Calls a second that may go now: the configured pace, or the learned one while it is lower. */
export function presentPace(taught: Taught, now: number, configured: number): number {
  if (taught.learned === null) return configured;
  const risen = Math.max(0, now - taught.raise_at) / 1000;
  return Math.min(configured, Math.max(1, taught.learned / 1000 + risen * risePerSecond * configured));
}

/** A learned pace that has grown back to the configured one for a while is forgotten. */
export function isOutgrown(taught: Taught, now: number, configured: number): boolean {
  return taught.learned !== null && presentPace(taught, now - 2000, configured) >= configured;
}

/**
 * Teams refused (429) a call in whose second before `load` calls had been accepted. One refusal slows nothing down; the third at one
 * load does, or the second at the very same, and while the pace grows back the first where the limit was. Null: nothing is learned.
 */
export function afterRefusal(taught: Taught, load: number, now: number): Taught | null {
  if (load < leastLoad) return null;
  const suspects = [...suspectsOf(taught), load].slice(-suspectsKept);
  const noted = { ...taught, suspects: suspects.join(',') };
  const held = taught.learned === null || now >= taught.raise_at ? null : taught.learned;
  if (held === null && taught.learned !== null && isWhereItWas(taught.learned, load)) {
    const hold = Math.min(longestHold, Math.round(Math.max(shortestHold, taught.hold * longerEachTime)));
    return { ...noted, learned: Math.max(taught.learned, (load - 1) * 1000), raise_at: now + hold, hold };
  }
  const near = suspects.filter((one) => Math.abs(one - load) <= Math.max(1, load * sameLoad));
  const alike = suspects.filter((one) => one === load).length >= enoughAlike;
  if (!alike && near.length < enoughRefusals) return noted;
  const limit = Math.max(...near) * 1000;
  if (held !== null && limit >= held) return null;
  return { ...noted, learned: limit, raise_at: now + shortestHold, hold: shortestHold };
}

/** A refusal further above the learned limit may be an accident, or another limit: it has to come again. */
function isWhereItWas(learned: number, load: number): boolean {
  const limit = learned / 1000;
  return load >= limit && load <= limit * (1 + 2 * sameLoad) + 1;
}

/** A call was accepted at that load: the limit is above it, and refusals at such a load were accidents. Null: nothing new. */
export function afterAccepted(taught: Taught, load: number): Taught | null {
  const suspects = suspectsOf(taught);
  const left = suspects.filter((one) => one > load);
  return left.length === suspects.length ? null : { ...taught, suspects: left.join(',') };
}

function suspectsOf({ suspects }: Taught): number[] {
  return suspects === '' ? [] : suspects.split(',').map(Number);
}
