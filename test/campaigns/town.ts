/* One process of `npm run test:campaigns`: simulates the towns it is asked for, one after the other. */
import { campaignsInTown } from '../simulation/campaign-program.ts';
import type { AskedTown, ToldTown } from './tally.ts';

/** One town of four has two services; in one of four people press as they do elsewhere, in the others a tenth as often. */
const kindOf = (seed: number) => ({
  services: seed % 4 === 0 ? (2 as const) : (1 as const),
  liveliness: seed % 8 < 2 ? 1 : 0.1,
});

// A Ctrl-C reaches everybody at the terminal; whoever asks for the towns says what is to be.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', async ({ campaigns, seed }: AskedTown) => {
  const told: ToldTown = await campaignsInTown(campaigns, seed, kindOf(seed)).catch((error: unknown) => ({
    wrong: [`the simulation ended: ${error instanceof Error ? error.message : String(error)}`],
    counts: {},
  }));
  process.send?.(told);
});
