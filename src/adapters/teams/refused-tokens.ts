import * as errors from 'jose/errors';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

const ONE_MINUTE = 60_000;

/** The claim that does not fit, or the library's code of what is wrong; never its text. */
export function whyRefused(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim;
  return error instanceof errors.JOSEError ? error.code : 'not-readable';
}

/** One line a minute for each kind of refusal: a flood of forged tokens fills no log. */
export function refusals(clock: Clock, log: Log): (why: string) => null {
  const said = new Map<string, number>();
  return (why) => {
    const now = clock.elapsed();
    if (now - (said.get(why) ?? Number.NEGATIVE_INFINITY) >= ONE_MINUTE) {
      said.set(why, now);
      log.warn('A sign-in was refused', { why });
    }
    return null;
  };
}
