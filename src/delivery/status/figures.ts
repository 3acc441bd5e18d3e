import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { readGate } from '../gate/queries.ts';
import { openingsByState } from './queries.ts';
import { repairList } from './repair-list.ts';

/** People are counted again after this, in elapsed milliseconds: it reads the whole roster. */
const countedFor = 60_000;

/** Counts for operation. */
export interface ReachFigures {
  breakerOpen: boolean;
  unreachablePeople: number;
  /** Chats opened with people who never wrote, by state. */
  chatOpenings: Record<string, number>;
}

/** Whether sending is held back because Teams refuses one person after another. */
export async function isBreakerOpen(db: Db): Promise<boolean> {
  return (await readGate(db)).opened_at !== null;
}

/** Reads the figures; how many people cannot be reached is at most a minute old. */
export function reachFiguresOf(ports: Ports): () => Promise<ReachFigures> {
  const { db } = ports.database;
  let held: { at: number; people: number } | null = null;
  return async () => {
    const elapsed = ports.clock.elapsed();
    if (held === null || elapsed - held.at >= countedFor) {
      const { people } = await repairList(ports, db, ports.clock.now());
      held = { at: elapsed, people: people.length };
    }
    return {
      breakerOpen: await isBreakerOpen(db),
      unreachablePeople: held.people,
      chatOpenings: await openingsByState(db),
    };
  };
}
