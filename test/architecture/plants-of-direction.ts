import type { Plant } from './planted.ts';

const USE_CASE = 'src/no-overtime-day/take-answer.ts';

/** Violations of direction: who may name whom. */
export const DIRECTION_PLANTS: Plant[] = [
  {
    title: 'a room that names an adapter',
    files: { [USE_CASE]: "import { openSqlite } from '../adapters/database/sqlite.ts';\nexport const a = openSqlite;" },
    objection: `${USE_CASE}:1 imports src/adapters/database/sqlite.ts: a room never names an adapter; what it needs of the world is a port.`,
  },
  {
    title: 'an adapter that names a room, though only its types',
    files: {
      'src/adapters/http/server.ts': "import type { Member } from '../../people/index.ts';\nexport type A = Member;",
    },
    objection:
      'src/adapters/http/server.ts:1 imports src/people/index.ts: an adapter never names a room; verbs, rules and routes reach it as data.',
  },
  {
    title: 'an adapter that names the calendar',
    files: {
      'src/adapters/schedule/tick.ts':
        "import { dayAfter } from '../../calendar/index.ts';\nexport const a = dayAfter;",
    },
    objection:
      'src/adapters/schedule/tick.ts:1 imports src/calendar/index.ts: an adapter never names a room; verbs, rules and routes reach it as data.',
  },
  {
    title: 'an adapter that names another adapter',
    files: {
      'src/adapters/teams/edge.ts': "import { openSqlite } from '../database/sqlite.ts';\nexport const a = openSqlite;",
    },
    objection:
      'src/adapters/teams/edge.ts:1 imports src/adapters/database/sqlite.ts: an adapter knows the ports and its own folder; main.ts puts adapters together.',
  },
  {
    title: 'a shared room that knows a feature room',
    files: {
      'src/delivery/index.ts':
        "import { wednesdayRoom } from '../no-overtime-day/index.ts';\nexport const a = wednesdayRoom;",
    },
    objection:
      'src/delivery/index.ts:1 imports src/no-overtime-day/index.ts: the shared room delivery never knows the feature room no-overtime-day.',
  },
  {
    title: 'a room entered by the window',
    files: { [USE_CASE]: "import { staffOn } from '../people/queries.ts';\nexport const a = staffOn;" },
    objection: `${USE_CASE}:1 imports src/people/queries.ts: a room is entered by its door, src/people/index.ts.`,
  },
  {
    title: 'a room entered by the window with a dynamic import',
    files: { [USE_CASE]: "export const a = async () => await import('../people/queries.ts');" },
    objection: `${USE_CASE}:1 imports src/people/queries.ts: a room is entered by its door, src/people/index.ts.`,
  },
  {
    title: 'a type taken through the window in the middle of a line',
    files: { [USE_CASE]: "export type A = import('../people/queries.ts').Member;" },
    objection: `${USE_CASE}:1 imports src/people/queries.ts: a room is entered by its door, src/people/index.ts.`,
  },
  {
    title: 'an import whose name is put together while running',
    files: { [USE_CASE]: 'export const a = (room: string) => import(`../${room}/queries.ts`);' },
    objection: `${USE_CASE}:1 imports ?: the name is put together while running, so nobody can check it.`,
  },
  {
    title: 'a room that knows the list of rooms',
    files: { [USE_CASE]: "export { roomList } from '../rooms.ts';" },
    objection: `${USE_CASE}:1 imports src/rooms.ts: only main.ts and cli.ts know src/rooms.ts.`,
  },
  {
    title: 'a list of rooms that reaches behind a door',
    files: { 'src/rooms.ts': "import { staffOn } from './people/queries.ts';\nexport const roomList = [staffOn];" },
    objection: 'src/rooms.ts:1 imports src/people/queries.ts: a room is entered by its door, src/people/index.ts.',
  },
  {
    title: 'a port that knows a room',
    files: { 'src/ports/room.ts': "import type { Member } from '../people/index.ts';\nexport type A = Member;" },
    objection: 'src/ports/room.ts:1 imports src/people/index.ts: ports are interfaces and know only each other.',
  },
  {
    title: 'a port that brings a library along',
    files: { 'src/ports/room.ts': "import { z } from 'zod';\nexport const a = z;" },
    objection: 'src/ports/room.ts:1 imports zod: ports are interfaces: they import types only.',
  },
  {
    title: 'botbuilder outside of its folder',
    files: { 'src/adapters/http/server.ts': "import type { Activity } from 'botbuilder';\nexport type A = Activity;" },
    objection: 'src/adapters/http/server.ts:1 imports botbuilder: only src/adapters/teams/ may know botbuilder.',
  },
  {
    title: 'rehearsal inside a room',
    files: { [USE_CASE]: "import '../rehearsal/control.ts';" },
    objection: `${USE_CASE}:1 imports src/rehearsal/control.ts: only main.ts and cli.ts know rehearsal.`,
  },
];
