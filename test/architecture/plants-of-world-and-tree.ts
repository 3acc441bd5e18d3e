import type { Plant } from './planted.ts';

const USE_CASE = 'src/no-overtime-day/take-answer.ts';

/** Time, chance, network and process outside of the edge, and a tree nobody can find the way in. */
export const WORLD_AND_TREE_PLANTS: Plant[] = [
  ...(
    [
      ['Date.now()', 'Date.now', 'takes the time from the machine; use the clock port, and Temporal for calendar days'],
      ['new Date(0)', 'Date', 'takes the time from the machine; use the clock port, and Temporal for calendar days'],
      ['setTimeout(() => 1, 2)', 'setTimeout', 'waits by the machine; use the clock port'],
      ['Math.random()', 'Math.random', 'rolls dice; use the random port'],
      ["fetch('/')", 'fetch', 'talks to the network; use a port'],
      ["process.env['PORT']", 'process.env', 'reaches into the process; settings come from config.ts'],
      ['performance.now()', 'performance.now', 'takes the time from the machine; use the clock port'],
      ['globalThis.fetch', 'globalThis.fetch', 'hides what is used; name it'],
    ] as const
  ).map(([code, name, why]) => ({
    title: `${code} in a room`,
    files: { [USE_CASE]: `export const a = () => ${code};` },
    objection: `${USE_CASE}:1 uses ${name}: it ${why}.`,
  })),
  {
    title: 'Temporal.Now in the calendar',
    files: {
      'src/calendar/today.ts':
        "import { Temporal } from 'temporal-polyfill';\nexport const today = () => Temporal.Now.instant();",
    },
    objection: 'src/calendar/today.ts:2 uses Temporal.Now: it takes the time from the machine; use the clock port.',
  },
  {
    title: 'a command line that reads the environment',
    files: { 'src/cli.ts': 'export const main = () => process.env;' },
    objection: 'src/cli.ts:1 uses process.env: it reaches into the process; settings come from config.ts.',
  },
  {
    title: 'a room nobody has named',
    files: { 'src/payroll/index.ts': 'export const a = 1;' },
    objection:
      'src/payroll is no place the house knows: test/architecture/places.ts lists the rooms, the adapters and what stands above them.',
  },
  {
    title: 'a file left lying under src',
    files: { 'src/start.ts': 'export const a = 1;' },
    objection:
      'src/start.ts is no place the house knows: test/architecture/places.ts lists the rooms, the adapters and what stands above them.',
  },
  {
    title: 'a drawer without a subject',
    files: { 'src/people/utils.ts': 'export const a = 1;' },
    objection:
      'src/people/utils.ts has "utils.ts" in it, which says nothing of what is inside: name it after its subject.',
  },
  {
    title: 'a whole folder without a subject',
    files: { 'src/common/names.ts': 'export const a = 1;' },
    objection:
      'src/common/names.ts has "common" in it, which says nothing of what is inside: name it after its subject.',
  },
  {
    title: 'a room without a door',
    files: { 'src/audit/append.ts': 'export const a = 1;' },
    objection: 'src/audit has no door: index.ts says what other rooms may use.',
  },
  {
    title: 'plain JavaScript in a room',
    files: { 'src/people/roster.js': 'export const a = 1;' },
    objection: "src/people/roster.js is not TypeScript: only rehearsal's page and the launcher are plain JavaScript.",
  },
  {
    title: 'a monster',
    files: { [USE_CASE]: 'export const a = 1;\n'.repeat(1) + '// more\n'.repeat(400) },
    objection: `${USE_CASE} has 401 lines, more than 400: it holds more than one subject.`,
  },
  {
    title: 'two files that import one another, one of them only for a type',
    files: {
      [USE_CASE]: "import { b } from './close-day.ts';\nexport type A = string;\nexport const a = b;",
      'src/no-overtime-day/close-day.ts': "import type { A } from './take-answer.ts';\nexport const b: A = '';",
    },
    objection: `src/no-overtime-day/close-day.ts → ${USE_CASE} → src/no-overtime-day/close-day.ts: these files import one another.`,
  },
  {
    title: 'three rooms that import one another',
    files: {
      'src/audit/index.ts': "export * from './append.ts';",
      'src/audit/append.ts': "import { plan } from '../delivery/index.ts';\nexport const append = plan;",
      'src/delivery/index.ts': "export * from './plan.ts';",
      'src/delivery/plan.ts': "import type { Look } from '../policy/index.ts';\nexport const plan: Look = 1;",
      'src/policy/index.ts': "export * from './look.ts';",
      'src/policy/look.ts':
        "import { append } from '../audit/index.ts';\nexport type Look = number;\nexport const look = () => append;",
    },
    objection: 'audit → delivery → policy → audit: these parts of src/ import one another.',
  },
];
