const window = 1000;
/** A call that came later than its moment by less than this, in milliseconds, is in time. */
const inTime = 2;
/** Answers that usually take so much longer than the fastest do so at Teams, and say nothing of the way. */
const usualAtTeams = 60;
const longestWay = 400;
/** How many answers make what is usual. */
const usualOf = 32;
/** The fastest answer is forgotten by so much with each one, in milliseconds. */
const drift = 0.02;

interface Call {
  number: number;
  at: number;
  sharedAt: number;
  leftAt: number;
  /** How long its answer took; null where it is not there. */
  took: number | null;
  refused: boolean;
}

/**
 * This service's calls of the last seconds, by their numbers among the calls of all services: what stands between two of
 * them was called by others. Kept in memory; times are elapsed milliseconds.
 */
export class RecentCalls {
  #calls: Call[] = [];
  #fastest = Number.POSITIVE_INFINITY;
  #usual = 0;

  claimed({ number, at, sharedAt }: Pick<Call, 'number' | 'at' | 'sharedAt'>): void {
    this.#calls.push({ number, at, sharedAt, leftAt: at, took: null, refused: false });
    if (this.#calls.length > 64 && (this.#calls[0]?.at ?? at) < at - 20 * window) this.#forget(at);
  }

  refused(number: number): void {
    const call = this.#numbered(number);
    if (call) call.refused = true;
  }

  left(number: number, now: number): void {
    const call = this.#numbered(number);
    if (call) call.leftAt = now;
  }

  /** Only what was accepted tells of the way: a refusal is answered sooner, an error later. */
  accepted(number: number, now: number): void {
    const call = this.#numbered(number);
    if (!call) return;
    call.took = now - call.leftAt;
    this.#fastest = Math.min(call.took, this.#fastest + drift);
    this.#usual += (Math.min(call.took - this.#fastest, longestWay) - this.#usual) / usualOf;
  }

  /**
   * Calls of the last second that came to Teams after their moment, and when, in shared time. Where answers take about equally
   * long, one may have come as much later than it left as its answer took longer than the fastest.
   */
  late(now: number): Map<number, number> {
    const late = new Map<number, number>();
    for (let index = this.#calls.length - 1; index >= 0; index -= 1) {
      const call = this.#calls[index];
      if (!call || call.at < now - 1.5 * window) break;
      const longer = (call.took ?? this.#fastest) - this.#fastest;
      const onItsWay = this.#usual <= usualAtTeams && longer <= longestWay ? longer : 0;
      const after = call.leftAt - call.at + onItsWay;
      if (after > inTime) late.set(call.number, call.sharedAt + after);
    }
    return late;
  }

  /** How many calls of all services Teams had accepted, or not answered yet, in the second before that call. */
  loadOf(number: number, at: number): number {
    const last = this.#calls.findLastIndex((one) => one.number < number && one.at <= at - window);
    const own = this.#calls.slice(last + 1).filter((one) => one.number < number);
    const before = this.#calls[last];
    const first = own[0];
    if (!first) return before ? Math.max(0, number - before.number - 1) : 0;
    const between = before === undefined ? 0 : first.number - before.number - 1;
    const others = before === undefined ? 0 : Math.floor(between * share(before, first, at - window));
    const all = number - first.number + others;
    const kept = own.filter((one) => !one.refused).length / own.length;
    return Math.round(all * kept);
  }

  #numbered(number: number): Call | undefined {
    return this.#calls.findLast((one) => one.number === number);
  }

  #forget(at: number): void {
    this.#calls = this.#calls.filter((one) => one.at >= at - 10 * window);
  }
}

/** The part of the time between two own calls that lies within the second. */
function share(before: Call, first: Call, from: number): number {
  return first.at === before.at ? 0 : Math.max(0, Math.min(1, (first.at - from) / (first.at - before.at)));
}
