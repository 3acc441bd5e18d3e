import type { Plant } from './planted.ts';

const RULES = 'src/no-overtime-day/rules.ts';
const USE_CASE = 'src/no-overtime-day/take-answer.ts';

/** Violations of what a file's name promises. */
export const LAYER_PLANTS: Plant[] = [
  {
    title: 'a rule that asks the store',
    files: {
      [RULES]: "import { answersOn } from './queries.ts';\nexport const decide = answersOn;",
      'src/no-overtime-day/queries.ts':
        "import type { Db } from '../ports/database.ts';\nexport const answersOn = (db: Db) => db;",
    },
    objection: `${RULES}:1 imports src/no-overtime-day/queries.ts: rules.ts is pure, and this is not.`,
  },
  {
    title: 'a rule that is handed the clock instead of the time',
    files: {
      [RULES]: "import type { Clock } from '../ports/clock.ts';\nexport const decide = (clock: Clock) => clock.now();",
    },
    objection: `${RULES}:1 imports src/ports/clock.ts: rules.ts is pure, and this is not.`,
  },
  {
    title: 'a rule that reaches the store round two corners',
    files: {
      [RULES]: "import { facts } from './facts.ts';\nexport const decide = facts;",
      'src/no-overtime-day/facts.ts':
        "import { peopleRoom } from '../people/index.ts';\nexport const facts = peopleRoom;",
    },
    objection: `${RULES}:1 imports src/no-overtime-day/facts.ts: rules.ts is pure, and this is not.`,
  },
  {
    title: 'a rule that gets the store passed on through a door',
    files: {
      [RULES]: "import { staffOn } from '../people/index.ts';\nexport const decide = staffOn;",
      'src/people/index.ts':
        "export * from './queries.ts';\nexport { whyAway } from './rules.ts';\nexport const peopleRoom = {};",
    },
    objection: `${RULES}:1 imports src/people/index.ts: rules.ts is pure, and this is not.`,
  },
  {
    title: 'a schema that decides',
    files: { 'src/no-overtime-day/schema.ts': "import { decide } from './rules.ts';\nexport const Answer = decide;" },
    objection:
      'src/no-overtime-day/schema.ts:1 imports src/no-overtime-day/rules.ts: schema.ts knows zod and nothing else.',
  },
  {
    title: 'queries that decide',
    files: {
      'src/people/queries.ts':
        "import { whyAway } from './rules.ts';\nexport interface Member { staff: string }\nexport const staffOn = whyAway;",
    },
    objection:
      'src/people/queries.ts:1 imports src/people/rules.ts: queries.ts knows only the database port, its tables and kysely.',
  },
  {
    title: 'SQL in a use-case',
    files: { [USE_CASE]: "import { sql } from 'kysely';\nexport const a = sql`select 1`;" },
    objection: `${USE_CASE}:1 imports kysely: only queries.ts, the ports and src/adapters/database/ may know kysely.`,
  },
  {
    title: "a door that shows another room's things",
    files: { 'src/audit/index.ts': "export { whyAway } from '../people/index.ts';" },
    objection:
      'src/audit/index.ts:1 imports src/people/index.ts: a door shows its own room only; what another room gives goes into a use-case.',
  },
  {
    title: 'a use-case that writes files',
    files: { [USE_CASE]: "import { writeFile } from 'node:fs/promises';\nexport const a = writeFile;" },
    objection: `${USE_CASE}:1 imports node:fs/promises: node:fs/promises reaches into the world: a room asks its ports for that.`,
  },
  {
    title: 'a rule that reads a file',
    files: { [RULES]: "import { readFileSync } from 'node:fs';\nexport const decide = readFileSync;" },
    objection: `${RULES}:1 imports node:fs: node:fs reaches into the world, and rules.ts does not.`,
  },
  {
    title: 'randomness of its own',
    files: { [USE_CASE]: "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID;" },
    objection: `${USE_CASE}:1 imports node:crypto: node:crypto reaches into the world: a room asks its ports for that.`,
  },
];
