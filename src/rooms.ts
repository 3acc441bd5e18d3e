import { auditRoom } from './audit/index.ts';
import { conversationRoom } from './conversation/index.ts';
import { type Registry, registryOf } from './delivery/index.ts';
import { noOvertimeDayRoom } from './no-overtime-day/index.ts';
import { occasionsRoom } from './occasions/index.ts';
import { peopleRoom } from './people/index.ts';
import { policyRoom } from './policy/index.ts';
import type { Room } from './ports/room.ts';

/** Every room of the house. A new room is one line here. */
export const rooms: Room[] = [
  policyRoom,
  auditRoom,
  peopleRoom,
  occasionsRoom(() => registry.rules),
  conversationRoom(() => registry),
  noOvertimeDayRoom,
];

/** What the rooms offer, by name. */
export const registry: Registry = registryOf(rooms);
