import type { TownOfCampaigns } from '../simulation/campaign-program.ts';

/** A town that a process is asked to simulate. */
export interface AskedTown {
  campaigns: number;
  seed: number;
}

/** What it says of it. */
export type ToldTown = TownOfCampaigns;
