import type { Cards } from '../ports/cards.ts';
import type { Instant } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
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
  startCore(
    ports: Ports,
    lock: { owner: string; deadAmong(owners: string[]): Promise<string[]> },
  ): Promise<RunningCore>;
  /** An empty store that goes with the process. */
  openStore(): Promise<Database>;
  /** Keys in that folder. */
  openSecrets(folder: string): Secrets;
  cards: Cards;
}

export interface SimulationOptions {
  days: number;
  staff: number;
  seed: number;
  /** After each day: how many are over. */
  onDay?: (day: number) => void;
  /** Ends the run after the present day. */
  signal?: AbortSignal;
}
