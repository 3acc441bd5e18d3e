import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemList, readRows, readTable } from '../../src/intake/index.ts';

const shape = { required: ['甲', '乙'], optional: ['丙'], maxRows: 1000 };

function rowsOf(bytes: Uint8Array, most = shape.maxRows) {
  const problems = new ProblemList();
  const rows: { line: number; cells: string[] }[] = [];
  const read = readRows(bytes, { ...shape, maxRows: most }, problems, (line, cells) => rows.push({ line, cells }));
  return { ...read, taken: rows, problems: problems.shown(), total: problems.total };
}

const bytesOf = (text: string) => Buffer.from(text, 'utf8');

/** The same rows as `readTable` gives them. */
function tableRows(bytes: Uint8Array) {
  const table = readTable(bytes, shape);
  const rows = table.rows.map(({ line, values }) => ({
    line,
    cells: ['甲', '乙', '丙'].map((column) => values[column] ?? ''),
  }));
  return { rows, problems: table.problems };
}

describe('a file read piece by piece', () => {
  test('gives the rows that readTable gives, whatever stands in the cells', () => {
    const cell = fc.oneof(
      fc.constantFrom('', ' ', 'あ', 'a"b', 'x,y', '1\n2', '1\r\n2', '\t', '0', '"'),
      fc.string({ maxLength: 6 }),
    );
    const quoted = (text: string) =>
      /[",\r\n\t]/.test(text) || text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
    const line = fc.tuple(cell, cell, cell).map((cells) => cells.map(quoted).join(','));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, end, bom) => {
        const bytes = bytesOf(`${bom ? '\ufeff' : ''}${['甲,乙,丙', ...lines].join(end)}${end}`);
        const expected = tableRows(bytes);
        const read = rowsOf(bytes);
        expect(read.problems).toEqual(expected.problems.slice(0, 100));
        if (expected.problems.length === 0) expect(read.taken).toEqual(expected.rows);
      }),
      { numRuns: 500 },
    );
  });

  test('knows the line of every row over many pieces, with and without quotation marks', () => {
    const plain = Array.from({ length: 20_000 }, (_, at) => `${at},見本の所属の長い名前`);
    const quoted = plain.map((line, at) => (at % 1000 === 0 ? `"${at}\n続き",見本の所属の長い名前` : line));
    const read = rowsOf(bytesOf(['甲,乙', ...quoted, ''].join('\n')), 50_000);
    expect(read.rows).toBe(20_000);
    expect(read.taken.find((row) => row.cells[0]?.startsWith('5000\n'))?.line).toBe(5002 + 5);
    expect(read.taken.at(-1)).toMatchObject({ line: 20_001 + 20, cells: ['19999', '見本の所属の長い名前', ''] });
    expect(rowsOf(bytesOf(['甲,乙', ...plain, ''].join('\n')), 50_000).taken.at(-1)?.line).toBe(20_001);
  });

  test('says where a quotation mark was left open, also in a later piece', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `${at},見本の所属の長い名前`);
    const read = rowsOf(bytesOf(['甲,乙', ...lines, '"open,x', 'y,z'].join('\n')), 50_000);
    expect(read).toMatchObject({ total: 1, problems: [{ line: 20_002 }] });
  });

  test('refuses what readTable refuses: header, number of columns, size, too many rows, no text', () => {
    for (const text of [
      '甲,丁\n1,2\n',
      '甲\n1\n',
      '',
      '\n\n',
      '甲,乙\n1\n',
      `甲,乙\n${'x'.repeat(11_000)},1\n`,
      '甲,乙\n\0,1\n',
    ]) {
      const bytes = bytesOf(text);
      expect(rowsOf(bytes).problems, text).toEqual(tableRows(bytes).problems);
    }
    const many = bytesOf(`甲,乙\n${'1,2\n'.repeat(1001)}`);
    expect(rowsOf(many).problems).toMatchObject([{ line: 1002, read: '1,000行を超えています' }]);
    expect(rowsOf(Buffer.from([0xff, 0xfe, 0x00])).total).toBe(1);
  });

  test('keeps the first hundred problems and counts the others', () => {
    const lines = Array.from({ length: 3000 }, () => '1');
    const read = rowsOf(bytesOf(['甲,乙', ...lines].join('\n')), 5000);
    expect(read.total).toBe(3000);
    expect(read.problems.map((problem) => problem.line)).toEqual(Array.from({ length: 100 }, (_, at) => at + 2));
  });
});
