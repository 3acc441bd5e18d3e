import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../ports/clock.ts';
import type { HttpRequest, HttpResponse } from '../ports/http.ts';
import { jsonAnswer, problem, readJson } from './answers.ts';
import type { RehearsalControl } from './control.ts';

/** Where the clock stands, and between which instants it is being played. */
export interface ClockPosition {
  now: Instant;
  move: { from: Instant; to: Instant } | null;
}

const longestMove = 400 * 24 * 60 * 60_000;

/** Moves of the rehearsal clock, one after the other. */
export class ClockMoves {
  readonly #control: RehearsalControl;
  #move: ClockPosition['move'] = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(control: RehearsalControl) {
    this.#control = control;
  }

  position(): ClockPosition {
    return { now: this.#control.now(), move: this.#move };
  }

  /** `POST /rehearsal/clock {"to": ISO}`: answers when every minute was played and its work delivered; 400 with a sentence otherwise. */
  async answer(request: HttpRequest): Promise<HttpResponse> {
    const turn = this.#last.then(() => this.#take(request));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #take(request: HttpRequest): Promise<HttpResponse> {
    const target = readTarget(readJson(request.body), this.#control.now(), this.#control.timeZone);
    if ('problem' in target) return problem(400, 'bad-time', target.problem);
    this.#move = { from: this.#control.now(), to: target.to };
    try {
      await this.#control.moveTo(target.to);
    } finally {
      this.#move = null;
    }
    return jsonAnswer(200, { now: isoAt(this.#control.now(), this.#control.timeZone) });
  }
}

/** `2026-11-18T16:15:00+09:00`. */
export function isoAt(instant: Instant, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toString({ timeZone, smallestUnit: 'second' });
}

/** Reads where to move to, or says what is wrong with it. */
export function readTarget(body: unknown, now: Instant, timeZone: string): { to: Instant } | { problem: string } {
  const to = typeof body === 'object' && body !== null && 'to' in body ? body.to : undefined;
  const example = `{"to": "${isoAt(now + 60_000, timeZone)}"}`;
  if (typeof to !== 'string') return { problem: `"to" is missing; expected a time such as ${example}.` };
  const instant = parseInstant(to);
  if (instant === null) {
    return { problem: `"to" is no time with an offset (read: ${to.slice(0, 60)}); expected for example ${example}.` };
  }
  if (instant < now)
    return { problem: `"to" lies in the past: the clock stands at ${isoAt(now, timeZone)} and only goes on.` };
  if (instant - now > longestMove) return { problem: '"to" lies more than 400 days ahead; expected a nearer time.' };
  return { to: instant };
}

function parseInstant(text: string): Instant | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}
