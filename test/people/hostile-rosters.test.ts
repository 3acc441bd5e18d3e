import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInService, staffOn } from '../../src/people/index.ts';
import { STAFF_REQUIRED } from '../../src/people/roster/schema.ts';
import { aStaffRow, csvOf } from '../build/csv-file.ts';
import { testPorts } from '../build/ports.ts';
import { everything } from './everything.ts';
import { runImport } from './import-command.ts';

const today = '2026-11-18';
const bytes = (text: string) => new TextEncoder().encode(text);

const hostile = fc.constantFrom(
  ...['"', '""', ',', '\t', '\r\n', '\n', '\0', '\ufeff', '\u202e', '=cmd()', "';drop table staff_row;--", '../../x'],
  ...[
    '１００００１',
    '100001',
    '100002',
    '__proto__',
    'constructor',
    '24:00',
    '47:60',
    '99999-12-31',
    '令和99年1月1日',
  ],
  ...['', ' ', '　', '見本'.repeat(6000), '9'.repeat(40), '-1', '1e9', 'NaN', 'null', '休職', 'ja', '0', '1'],
);
const column = fc.constantFrom(...STAFF_REQUIRED);
const number = fc.constantFrom('100001', '100002', '100003', '100004', '100005');
/** Rows as a city has them, with some cells replaced. */
const rows = fc
  .array(fc.tuple(number, fc.array(fc.tuple(column, fc.oneof(hostile, number)), { maxLength: 2 })), { maxLength: 5 })
  .map((people) => people.map(([staff, cells]) => aStaffRow(staff, Object.fromEntries(cells))));
const written = rows.map((people) => bytes(csvOf(people)));
/** The same without quotation marks, as a careless program writes it. */
const unquoted = rows.map((people) =>
  bytes([STAFF_REQUIRED, ...people.map((row) => STAFF_REQUIRED.map((name) => row[name]))].map(String).join('\n')),
);
const cut = fc.tuple(written, fc.nat(600)).map(([file, at]) => file.subarray(0, at));
const spoilt = fc.tuple(written, fc.nat(600), fc.nat(255)).map(([file, at, byte]) => {
  const copy = Uint8Array.from(file);
  if (at < copy.length) copy[at] = byte;
  return copy;
});
const noise = fc.uint8Array({ maxLength: 400 });

test('500 hostile staff files are taken in whole or not at all, and never throw', { timeout: 60_000 }, async () => {
  const ports = await testPorts();
  await runImport(ports, 'staff', [aStaffRow('100001'), aStaffRow('100002'), aStaffRow('100003')]);
  const ends = { whole: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.oneof(written, unquoted, cut, spoilt, noise), async (file) => {
      const before = await everything(ports);
      const { document, failed, lines } = await runImport(ports, 'staff', file, { confirmLeavers: true });
      const report = document as { rows: number; problemsTotal: number };
      if (failed) {
        ends.refused += 1;
        expect(report.problemsTotal).toBeGreaterThan(0);
        expect(lines.every((line) => !/[\p{Cc}\u202e]|undefined|\bat .*\.ts:/u.test(line))).toBe(true);
        expect(await everything(ports)).toEqual(before);
        return;
      }
      ends.whole += 1;
      const held = await staffOn(ports.database.db, today);
      const inFile = held.filter((member) => member.left_on === null || isInService(member, today));
      expect(inFile.length).toBeLessThanOrEqual(report.rows);
      expect(await runImport(ports, 'staff', file)).toMatchObject({ document: { unchanged: report.rows } });
    }),
    { numRuns: 500 },
  );
  expect(Math.min(ends.whole, ends.refused)).toBeGreaterThan(0);
});
