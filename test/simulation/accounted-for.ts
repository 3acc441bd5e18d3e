import { expect } from 'vitest';
import { campaignsATown, campaignsInTown } from './campaign-program.ts';

/** Expects that so many campaigns lose nobody, 60 in a town, the first town under that seed and each other one two further. */
export async function everybodyIsAccountedFor(campaigns: number, seed: number): Promise<void> {
  for (let left = campaigns, town = seed; left > 0; left -= campaignsATown, town += 2) {
    const { wrong } = await campaignsInTown(Math.min(campaignsATown, left), town);
    expect(wrong, `KAERU_SEED=${town}`).toEqual([]);
  }
}
