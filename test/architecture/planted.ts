import type { TextFile } from './reader.ts';

/** A small house that follows every rule; each violation is planted into it. */
export const SOUND: Record<string, string> = {
  'src/kaeru.mjs': "import { main } from './cli.ts';",
  'src/main.ts':
    "import { roomList } from './rooms.ts';\nimport { openSqlite } from './adapters/database/sqlite.ts';\nexport const start = [roomList, openSqlite, Date.now];",
  'src/cli.ts':
    "import { Command } from 'commander';\nimport { start } from './main.ts';\nexport const main = () => [Command, start, process.stdout];",
  'src/rooms.ts':
    "import { peopleRoom } from './people/index.ts';\nimport { wednesdayRoom } from './no-overtime-day/index.ts';\nexport const roomList = [peopleRoom, wednesdayRoom];",
  'src/ports/clock.ts': 'export type Instant = number;\nexport interface Clock { now(): Instant }',
  'src/ports/database.ts': "import type { Kysely } from 'kysely';\nexport type Db = Kysely<object>;",
  'src/adapters/database/sqlite.ts':
    "import type { Db } from '../../ports/database.ts';\nexport const openSqlite = (): Db | number => setTimeout(() => undefined, 1) as number;",
  'src/adapters/teams/turn.ts': "import { TurnContext } from 'botbuilder';\nexport const turn = TurnContext;",
  'src/calendar/index.ts': "export { dayAfter } from './days.ts';",
  'src/calendar/days.ts':
    "import { Temporal } from 'temporal-polyfill';\nexport const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();",
  'src/people/index.ts':
    "import { staffOn } from './queries.ts';\nexport { whyAway } from './rules.ts';\nexport type { Member } from './queries.ts';\nexport const peopleRoom = { staffOn };",
  'src/people/rules.ts':
    "import { dayAfter } from '../calendar/index.ts';\nimport type { Instant } from '../ports/clock.ts';\nexport const whyAway = (at: Instant) => dayAfter(String(at));",
  'src/people/queries.ts':
    "import { sql } from 'kysely';\nimport type { Db } from '../ports/database.ts';\nexport interface Member { staff: string }\nexport const staffOn = (db: Db) => sql.join([db]);",
  'src/no-overtime-day/index.ts':
    "import { sendReminders } from './send-reminders.ts';\nexport const wednesdayRoom = { sendReminders };",
  'src/no-overtime-day/rules.ts':
    "import type { Member } from '../people/index.ts';\nimport { whyAway } from '../people/index.ts';\nexport const decide = (one: Member) => whyAway(one.staff.length);",
  'src/no-overtime-day/schema.ts': "import { z } from 'zod';\nexport const Answer = z.enum(['leave', 'stay']);",
  'src/no-overtime-day/send-reminders.ts':
    "import { readFile } from 'node:fs/promises';\nimport { createHash } from 'node:crypto';\nimport type { Clock } from '../ports/clock.ts';\nimport { peopleRoom } from '../people/index.ts';\nimport { decide } from './rules.ts';\nexport const sendReminders = (clock: Clock) => [clock.now(), peopleRoom, decide, readFile, createHash];",
  'src/rehearsal/page/page.js': 'fetch("/");',
};

/** Files added to or put over the sound house, and the one sentence the rules then say. */
export interface Plant {
  title: string;
  files: Record<string, string>;
  objection: string;
}

export const withPlant = (files: Record<string, string>): TextFile[] =>
  Object.entries({ ...SOUND, ...files }).map(([path, text]) => ({ path, text }));
