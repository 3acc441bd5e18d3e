import type { Cards } from '../ports/cards.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/room.ts';
import type { Program } from './program.ts';
import { SeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import type { SimulatedTeams } from './simulated-teams.ts';

interface Around {
  seed: number;
  clock: SimulatedClock;
  teams: SimulatedTeams;
  /** One service: nobody shares its clock. */
  alone: boolean;
  /** Something that should not have been said, in words. */
  wrong(what: string): void;
}

/** What the services of a simulated town see of the world: an empty store, keys in that folder, its clock, its Teams. */
export async function simulatedPorts(program: Program, folder: string, around: Around): Promise<Ports> {
  const { seed, clock, teams, alone, wrong } = around;
  const store = await program.openStore();
  return {
    database: { ...store, sharedElapsed: alone ? null : async () => clock.elapsed() },
    clock,
    random: new SeededRandom(seed, 'ports'),
    secrets: program.openSecrets(folder),
    chat: teams.chat((work) => work),
    cards: undrawn(program.cards, new SeededRandom(seed, 'cards')),
    log: watchedLog(wrong),
    settings: {
      mode: 'rehearsal',
      pace: 45,
      serviceUrl: null,
      tenantId: null,
      dataFolder: folder,
      samplePolicy: null,
    },
  };
}

/** Cards that go out as their contents; one of a hundred is drawn nevertheless, so that none goes that cannot be. */
function undrawn(drawn: Cards, checked: SeededRandom): Cards {
  return {
    expand: (content) => {
      if (checked.chance(0.01)) drawn.expand(content);
      return { undrawn: content };
    },
  };
}

/** What a service says as an error is looked at, but for the breaker, which says what it is there to say. */
function watchedLog(wrong: (what: string) => void): Log {
  const error: Log['error'] = (message, data) => {
    if (message.startsWith('Teams refuses')) return;
    wrong(`log: ${message} (${String(data?.['reason'] ?? data?.['why'] ?? '')})`);
  };
  return { info: () => {}, warn: () => {}, error };
}
