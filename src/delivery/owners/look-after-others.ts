import type { Ports } from '../../ports/room.ts';
import { type Owner, recoverClaims } from './recover-claims.ts';

/** How often other services of the store are looked after, in elapsed milliseconds: with 25 s of silence well under 45 s. */
const lookEvery = 10_000;

/** Takes over what other services had under way when they died, until the signal fires. `found` is told when there was something. */
export async function lookAfterOthers(
  ports: Ports,
  owner: Owner,
  found: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await ports.clock.wait(lookEvery, signal);
    if (signal.aborted) return;
    try {
      if ((await recoverClaims(ports, owner)) > 0) found();
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      ports.log.warn('Other services could not be looked after', { reason });
    }
  }
}
