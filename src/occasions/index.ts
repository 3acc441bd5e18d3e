import type { OccasionRule, Room } from '../ports/room.ts';
import { occasionsCommand } from './list-occasions.ts';

export { decidedPages, decisionsOn } from './pages.ts';
export { lastMinute } from './queries.ts';
export { type Occasions, occasionsOf } from './run-minute.ts';

/** What is due when. `rules` are those of all rooms. */
export function occasionsRoom(rules: () => OccasionRule[]): Room {
  return { name: 'occasions', cli: [occasionsCommand(rules)] };
}
