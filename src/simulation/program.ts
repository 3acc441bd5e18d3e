import type { Cards } from '../ports/cards.ts';
import type { Instant } from '../ports/clock.ts';
import type { Database, ServiceLock } from '../ports/database.ts';
import type { Incoming } from '../ports/incoming.ts';
import type { Ports, Room } from '../ports/room.ts';
import type { Secrets } from '../ports/secrets.ts';

/** A service without its way in, as the shipped program starts it. */
export interface RunningCore {
  incoming: Incoming;
  runMinute(minute: Instant): Promise<void>;
}

/** How the shipped program is put together: the simulation itself knows no room and no adapter. */
export interface Program {
  rooms: Room[];
  startCore(ports: Ports, lock: Omit<ServiceLock, 'release'>): Promise<RunningCore>;
  /** An empty store that goes with the process. */
  openStore(): Promise<Database>;
  /** Keys in that folder. */
  openSecrets(folder: string): Secrets;
  cards: Cards;
  /** The sample organisation's files. */
  sampleFolder: string;
}

/** A death at one chosen commit instead of deaths of chance: inside its transaction, or when it has just been committed. */
export interface ChosenDeath {
  commit: number;
  side: 'before' | 'after';
}

export interface SimulationOptions {
  days: number;
  /** How many people an invented town has; the sample organisation has its own. */
  staff: number;
  seed: number;
  /** The sample organisation instead of an invented town. */
  sample?: boolean;
  /** A service dies about once in so many commits; 400 where nothing is said. */
  deathsEvery?: number;
  /** How long before the last count the books are counted again, in milliseconds; three days where nothing is said. */
  countedBefore?: number;
  /** How many services there are; where nothing is said two in every second short run. */
  services?: 1 | 2;
  /** How often people press and look, as a part of what is usual; 1 where nothing is said. */
  liveliness?: number;
  /** One death at a chosen commit, and no other misfortune. */
  death?: ChosenDeath;
  /** After each day: how many are over. */
  onDay?: (day: number) => void;
  /** Ends the run after the present day. */
  signal?: AbortSignal;
}
