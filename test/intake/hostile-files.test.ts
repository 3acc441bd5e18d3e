import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTable } from '../../src/intake/index.ts';

const long = process.env['KAERU_LONG'] !== undefined;
const count = long ? 100_000 : 500;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);
const shape = { required: ['職員番号', '氏名'], optional: ['備考'], maxRows: 50 };
const header = new TextEncoder().encode('職員番号,氏名\n');

const nasty = fc.constantFrom(
  '"',
  '""',
  ',',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  '髙',
  '=1+1',
  '職員番号',
  '氏名',
  '1',
);
const text = fc.array(nasty, { maxLength: 60 }).map((parts) => new TextEncoder().encode(parts.join('')));
const noise = fc.uint8Array({ maxLength: 300 });
const behindHeader = fc.oneof(text, noise).map((body) => Uint8Array.of(...header, ...body));
const truncated = fc.tuple(behindHeader, fc.nat(300)).map(([file, at]) => file.subarray(0, at));

test(`${count.toLocaleString('en')} hostile files give rows or problems, and never an exception`, {
  timeout: 3_600_000,
}, () => {
  console.log(`hostile files: KAERU_SEED=${seed}`);
  fc.assert(
    fc.property(fc.oneof(text, noise, behindHeader, truncated), (file) => {
      const { rows, problems, digest } = readTable(file, shape);
      expect(digest).toHaveLength(64);
      expect(rows.length).toBeLessThanOrEqual(50);
      const lines = 2 + file.filter((byte) => byte === 0x0a || byte === 0x0d).length;
      for (const { line } of [...rows, ...problems]) expect(line >= 1 && line <= lines).toBe(true);
      for (const row of rows)
        expect(Object.keys(row.values).every((name) => [...shape.required, '備考'].includes(name))).toBe(true);
      for (const problem of problems) expect(problem.read).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: count, seed },
  );
});

test('what is written with quotation marks is read back as it was, with the line on which it begins', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '見', '"', ',', '\n', '\r\n', '\t', ' '), maxLength: 12 });
  const named = fc.tuple(fc.stringMatching(/^[0-9]{1,6}$/), cell);
  fc.assert(
    fc.property(fc.array(named, { maxLength: 20 }), (written) => {
      const body = written.map(([number, name]) => `${number},"${name.replaceAll('"', '""')}"\r\n`);
      const table = readTable(new TextEncoder().encode(`職員番号,氏名\r\n${body.join('')}`), shape);
      expect(table.problems).toEqual([]);
      let line = 2;
      for (const [at, [number, name]] of written.entries()) {
        expect(table.rows[at]).toEqual({ line, values: { 職員番号: number, 氏名: name.trim() } });
        line += 1 + name.split('\n').length - 1;
      }
    }),
  );
});
