import type { Clock, Instant } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { UNAUTHORIZED_PAUSE } from './outcome.ts';

/** A token as it was issued. */
export interface IssuedToken {
  token: string;
  expiresAt: Instant;
  /** When its issuer wants it renewed; null where it did not say. */
  refreshAt: Instant | null;
}

/** Asks for a new token; throws where none is given. */
export type TokenSource = () => Promise<IssuedToken>;

/** From this much life left on, a new one is sought behind the calls that still use the old one. */
const REFRESH_AHEAD = 10 * 60_000;
/** With less life left a call waits for the new one; the old one serves only if there is none. */
const NEARLY_OVER = 60_000;
/** At least this between two tries while the old one lives, and while there is none. */
const PAUSE = 60_000;
const COLD_PAUSE = 5_000;
/** A source that says nothing for this long has failed. */
const WITHIN = 20_000;

interface Held {
  token: string;
  /** Elapsed time, so that a clock that steps makes no token older or younger. */
  refreshAt: number;
  diesAt: number;
}

/** Gives the token for a call. */
export interface BotToken {
  (): Promise<string>;
  /** The one that is there, while it is good for long and nobody has to look for another; else null. */
  held(): string | null;
  /** The Connector answered this token with 401: calls wait for another one, as far as the pauses between tries allow. */
  refused(token: string): void;
}

/** What `connectorChat` throws away: no token, and nothing of the library's own words. */
class NoToken extends Error {
  readonly code = 'unavailable';
}

/**
 * The bearer token for the Connector: one request at a time, ahead of the old one's end, which stays in use while it lives.
 * Throws an error with code `unavailable` where no living token is to be had.
 */
export function botToken(source: TokenSource, clock: Clock, log: Log): BotToken {
  let held: Held | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let flight: Promise<void> | null = null;
  let bad: string | null = null;
  let saidAt = Number.NEGATIVE_INFINITY;

  const left = () => (held === null ? 0 : held.diesAt - clock.elapsed());

  async function fetchOne(): Promise<void> {
    try {
      const issued = heldAs(await within(source, clock), clock);
      if (held === null || held.token === bad || issued.diesAt >= held.diesAt) held = issued;
    } catch (error) {
      log.warn('No token for the Connector', {
        why: whyNone(error),
        minutes: Math.max(0, Math.floor(left() / 60_000)),
      });
    }
  }

  function renew(): Promise<void> {
    if (flight !== null) return flight;
    const now = clock.elapsed();
    if (now - triedAt < (left() > 0 ? PAUSE : COLD_PAUSE)) return Promise.resolve();
    triedAt = now;
    flight = fetchOne().finally(() => {
      flight = null;
    });
    return flight;
  }

  function heldForLong(): string | null {
    if (held === null || held.token === bad || left() < REFRESH_AHEAD || clock.elapsed() >= held.refreshAt) return null;
    return held.token;
  }

  async function token(): Promise<string> {
    if (held === null || left() <= NEARLY_OVER || held.token === bad) await renew();
    else if (left() < REFRESH_AHEAD || clock.elapsed() >= held.refreshAt) void renew();
    if (held === null || left() <= 0) throw new NoToken('There is no valid token for the Connector.');
    return held.token;
  }

  function refused(given: string): void {
    if (held?.token !== given) return;
    bad = given;
    const now = clock.elapsed();
    if (now - saidAt >= UNAUTHORIZED_PAUSE) {
      saidAt = now;
      log.warn('The Connector refuses our token; all calls wait');
    }
    void renew();
  }

  return Object.assign(token, { held: heldForLong, refused });
}

/** Throws where it is no token that could be sent, or one already over. */
function heldAs(issued: IssuedToken, clock: Clock): Held {
  const life = issued.expiresAt - clock.now();
  if (!/^[\x21-\x7e]{1,16000}$/.test(issued.token) || !(life > 0)) throw new Error('unusable');
  const start = clock.elapsed();
  const refreshIn = issued.refreshAt === null ? life : Math.max(issued.refreshAt - clock.now(), PAUSE);
  return { token: issued.token, refreshAt: start + refreshIn, diesAt: start + life };
}

async function within(source: TokenSource, clock: Clock): Promise<IssuedToken> {
  const over = new AbortController();
  const late = clock.wait(WITHIN, over.signal).then(() => {
    throw new Error('timeout');
  });
  late.catch(() => {});
  return Promise.race([source(), late]).finally(() => over.abort());
}

/** Entra's own number (`AADSTS700027`) where there is one, else the kind of error; never its text. */
function whyNone(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return /AADSTS[0-9]{4,8}/.exec(error.message)?.[0] ?? error.name.replace(/[^A-Za-z]/g, '').slice(0, 60);
}
