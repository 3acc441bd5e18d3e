import { attendanceRoom } from './attendance/index.ts';
import { auditRoom } from './audit/index.ts';
import { conversationRoom } from './conversation/index.ts';
import { deliveryRoom, type Registry, registryOf } from './delivery/index.ts';
import { lateWorkRoom } from './late-work/index.ts';
import { noOvertimeDayRoom } from './no-overtime-day/index.ts';
import { occasionsRoom } from './occasions/index.ts';
import { overtimeRoom } from './overtime/index.ts';
import { pausesRoom } from './pauses/index.ts';
import { peopleRoom } from './people/index.ts';
import { policyRoom } from './policy/index.ts';
import type { Room } from './ports/room.ts';

/** Every room of the house. A new room is one line here. */
export const rooms: Room[] = [
  policyRoom,
  auditRoom,
  peopleRoom,
  attendanceRoom,
  occasionsRoom(() => registry.rules),
  deliveryRoom,
  conversationRoom(() => registry),
  pausesRoom(() => registry),
  noOvertimeDayRoom,
  lateWorkRoom,
  overtimeRoom,
];

/** What the rooms offer, by name. */
export const registry: Registry = registryOf(rooms);
