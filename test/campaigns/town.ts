/* One process of `npm run test:campaigns`: simulates the towns it is asked for, one after the other. */
import { campaignsInTown } from '../simulation/campaign-program.ts';
import type { AskedTown, ToldTown } from './asked.ts';

// A Ctrl-C reaches everybody at the terminal; whoever asks for the towns says what is to be.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', async ({ campaigns, seed }: AskedTown) => {
  const told: ToldTown = await campaignsInTown(campaigns, seed).catch((error: unknown) => ({
    wrong: [`the simulation ended: ${error instanceof Error ? error.message : String(error)}`],
    counts: {},
  }));
  process.send?.(told);
});
