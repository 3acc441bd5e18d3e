import { isoAt } from '../calendar/index.ts';
import type { Program, SimulationOptions } from './program.ts';
import { SimulatedTown } from './simulated-town.ts';
import type { Violation } from './watch.ts';

export interface Simulated {
  seed: number;
  days: number;
  staff: number;
  violations: Violation[];
}

const timeZone = 'Asia/Tokyo';

/**
 * Runs the shipped rooms, delivery and store for so many days of a city of so many people under a virtual clock, with faults,
 * deaths, late and repeated presses and clock steps, and says what was otherwise than promised. The same seed gives the same
 * answer to the byte.
 */
export async function simulate(
  program: Program,
  options: SimulationOptions,
): Promise<Simulated & { counts: Record<string, number> }> {
  const { days, seed } = options;
  const town = new SimulatedTown(program, options, (at) => isoAt(at, timeZone));
  try {
    await town.open();
    for (let day = 1; day <= days && !options.signal?.aborted; day += 1) {
      await town.runDay(day);
      options.onDay?.(day);
    }
    await town.comeToRest();
    return { seed, days, staff: town.size, violations: town.violations, counts: town.counts };
  } finally {
    await town.close();
  }
}
