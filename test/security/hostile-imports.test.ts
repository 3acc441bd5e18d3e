import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { CliCommand, Ports } from '../../src/ports/room.ts';
import { rooms } from '../../src/rooms.ts';
import { aFile, aStaffRow, csvOf } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';

const long = process.env['KAERU_LONG'] !== undefined;
const count = long ? 100_000 : 500;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);

interface Kind {
  command: CliCommand;
  columns: string[];
}

/** Every kind of file that a command takes, with its columns as docs/contracts.md 3 publishes them. */
function kindsOf(): Kind[] {
  const page = readFileSync(new URL('../../docs/contracts.md', import.meta.url), 'utf8');
  const commands = rooms.flatMap((room) => room.cli ?? []);
  return [...page.matchAll(/^\| ([a-z]+) \| `([^`]+)` \|(.*)\|$/gm)].flatMap(([, kind, required = '', more = '']) => {
    const command = commands.find((one) => one.name === `import ${kind}`);
    const optional = /^ `([^`]+)`/.exec(more)?.[1] ?? '';
    return command
      ? [{ command, columns: [required, optional].flatMap((list) => list.split(',')).filter(Boolean) }]
      : [];
  });
}

const hostile = fc.constantFrom(
  ...['"', '""', ',', '\t', '\r\n', '\n', '\0', '\ufeff', '\u202e', '=cmd()', "';drop table item;--", '../../x', '😀'],
  ...[
    '１００００１',
    '100001',
    '100002',
    '見本局/見本部/見本課',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '-1',
    '1e9',
  ],
  ...['24:00', '47:60', '08:30', '17:15', '25:30', '2026-12-01', '2026-02-30', '99999-12-31', '令和99年1月1日'],
  ...[
    '2026年12月1日(月)',
    '日勤',
    '所属長',
    '本務',
    '全日',
    '時間',
    '平日',
    '申請',
    '年次',
    '0',
    '1',
    '20',
    '12日3時間',
  ],
  ...['', ' ', '　', '見本'.repeat(6_000), '9'.repeat(40)],
);
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const bytes = (text: string) => new TextEncoder().encode(text);

/** A file with the right header and hostile cells, as a careful or a careless program writes it, cut short or spoilt, or plain noise. */
function fileOf(columns: string[]): fc.Arbitrary<Uint8Array> {
  const cells = fc.array(fc.array(hostile, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 });
  const text = (write: (cell: string) => string) =>
    cells.map((rows) => bytes([columns, ...rows].map((row) => row.map(write).join(',')).join('\n')));
  const careful = text(quoted);
  const cut = fc.tuple(careful, fc.nat(400)).map(([file, at]) => file.subarray(0, at));
  const spoilt = fc.tuple(careful, fc.nat(400), fc.nat(255)).map(([file, at, byte]) => {
    const copy = Uint8Array.from(file);
    if (at < copy.length) copy[at] = byte;
    return copy;
  });
  return fc.oneof({ weight: 4, arbitrary: careful }, text(String), cut, spoilt, fc.uint8Array({ maxLength: 300 }));
}

/** Every row of every table. */
async function everything({ database: { db } }: Ports): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows = tables.map(async ({ name }) => (await sql`select * from ${sql.table(name)}`.execute(db)).rows);
  return JSON.stringify(await Promise.all(rows));
}

test(`${count.toLocaleString('en')} hostile files of every kind are taken in whole or not at all, and never throw`, {
  timeout: long ? 7_200_000 : 180_000,
}, async () => {
  console.log(`hostile imports: KAERU_SEED=${seed}`);
  const kinds = kindsOf();
  expect(kinds.length).toBeGreaterThanOrEqual(5);
  const ports = await testPorts();
  await sql`pragma synchronous = off`.execute(ports.database.db);
  await run(ports, 'import staff', bytes(csvOf([aStaffRow('100001'), aStaffRow('100002')])));
  const ends = { whole: 0, refused: 0 };
  const kind = fc
    .constantFrom(...kinds)
    .chain(({ command, columns }) => fc.tuple(fc.constant(command), fileOf(columns)));
  await fc.assert(
    fc.asyncProperty(kind, async ([{ name }, file]) => {
      const before = await everything(ports);
      const { failed, lines, document } = await run(ports, name, file);
      if (failed) {
        ends.refused += 1;
        expect(lines.every((line) => !/[\p{Cc}\u202e]|undefined|\bat .*\.ts:/u.test(line))).toBe(true);
        expect(await everything(ports)).toBe(before);
        return;
      }
      ends.whole += 1;
      const { rows } = document as { rows: number };
      const after = await everything(ports);
      expect(await run(ports, name, file)).toMatchObject({ document: { unchanged: rows } });
      expect(await everything(ports), 'the same file twice changes nothing').toBe(after);
    }),
    { numRuns: count, seed, endOnFailure: true },
  );
  expect(Math.min(ends.whole, ends.refused), JSON.stringify(ends)).toBeGreaterThan(0);
});

function run(ports: TestPorts, name: string, file: Uint8Array) {
  const command = rooms.flatMap((room) => room.cli ?? []).find((one) => one.name === name);
  if (!command) throw new Error(`There is no command ${name}.`);
  return command.run(ports, [aFile(ports.settings.dataFolder, file)], { confirmLeavers: true });
}
