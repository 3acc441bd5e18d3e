import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/intake/index.ts';

const shape = { required: ['職員番号', '氏名'], optional: ['備考'] };
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readTable(bytes(text), shape);
const values = (text: string) => read(text).rows.map((row) => row.values);

/** 職員番号,氏名 / 1,高橋 with 髙 (NEC selected) and ① (NEC row 13), as CP932 bytes. */
const cp932 = Uint8Array.of(
  ...[0x90, 0x45, 0x88, 0xf5, 0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x8e, 0x81, 0x96, 0xbc, 0x0d, 0x0a],
  ...[0x31, 0x2c, 0xfb, 0xfc, 0x8b, 0xb4, 0x87, 0x40, 0x0d, 0x0a],
);

describe('a file is read whatever program saved it', () => {
  const expected = [{ 職員番号: '1', 氏名: '見本' }];
  test.each([
    ['UTF-8', '職員番号,氏名\n1,見本\n'],
    ['UTF-8 with BOM', '\ufeff職員番号,氏名\n1,見本\n'],
    ['CRLF', '職員番号,氏名\r\n1,見本\r\n'],
    ['LF and CRLF mixed', '職員番号,氏名\n1,見本\r\n'],
    ['no line end at the end', '職員番号,氏名\n1,見本'],
    ['TAB between the columns', '職員番号\t氏名\n1\t見本\n'],
    ['columns in another order', '氏名,職員番号\n見本,1\n'],
    ['blanks around cells, wide ones too', '職員番号, 氏名\n 1 ,　見本　\n'],
    ['empty lines and lines of commas', '職員番号,氏名\n\n,\n1,見本\n,\n'],
  ])('%s', (_, text) => {
    expect(read(text).problems).toEqual([]);
    expect(values(text)).toEqual(expected);
  });

  test('Shift_JIS as Windows writes it, with its own characters', () => {
    expect(readTable(cp932, shape).rows).toEqual([{ line: 2, values: { 職員番号: '1', 氏名: '髙橋①' } }]);
  });

  test('the digest is the SHA-256 of the bytes, also of a file that is refused', () => {
    const expected = createHash('sha256').update(cp932).digest('hex');
    expect(readTable(cp932, shape).digest).toBe(expected);
    expect(readTable(bytes(''), shape).digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('lines are those of the file, also behind line breaks inside quotation marks', () => {
  const text = '職員番号,氏名\r\n1,"見\r\n本"\r\n\r\n2,例示\r\n3,"a\nb\nc"\r\n4,模擬\r\n';
  expect(read(text).rows.map((row) => [row.values.職員番号, row.line])).toEqual([
    ['1', 2],
    ['2', 5],
    ['3', 6],
    ['4', 9],
  ]);
});

describe('a file that cannot be read is a problem with line, column and what was expected', () => {
  const first = (text: string | Uint8Array) =>
    readTable(typeof text === 'string' ? bytes(text) : text, shape).problems[0];

  test.each([
    ['an empty file', '', { line: 1, expected: expect.stringContaining('1行目に列の名前') }],
    ['only a BOM', '\ufeff', { line: 1, expected: expect.stringContaining('1行目に列の名前') }],
    [
      'an unknown column',
      '職員番号,氏名,点数\n',
      { line: 1, column: '点数', expected: expect.stringContaining('備考') },
    ],
    ['a missing column', '職員番号\n1\n', { line: 1, column: '氏名', expected: '必要な列「氏名」がありません。' }],
    ['a column twice', '職員番号,氏名,氏名\n', { line: 1, column: '氏名', expected: expect.stringContaining('2回') }],
    ['too few cells', '職員番号,氏名\n1,見本\n2\n', { line: 3, read: '1個', expected: expect.stringContaining('2個') }],
    ['too many cells', '職員番号,氏名\n1,見本,x\n', { line: 2, read: '3個', expected: expect.stringContaining('2個') }],
    [
      'NUL',
      '職員番号,氏名\n1,見\0本\n',
      { line: 2, column: '氏名', read: '見?本', expected: expect.stringContaining('NUL') },
    ],
    [
      'an open quotation mark',
      '職員番号,氏名\n1,見本\n2,"例\n3,模\n',
      { line: 3, expected: expect.stringContaining('閉じて') },
    ],
    ['a quotation mark inside', '職員番号,氏名\n1,見"本\n', { line: 2, expected: expect.stringContaining('""') }],
    ['a header on line 2', '\n職員番号,氏名\n1,見本\n', { line: 1, expected: expect.stringContaining('1行目') }],
  ])('%s', (_, text, problem) => {
    expect(first(text)).toMatchObject(problem);
    expect(read(text).problems.every((one) => one.expected.endsWith('。') || one.expected.includes(':'))).toBe(true);
  });

  test('one wrong byte in a UTF-8 file is named with its line, not read as Shift_JIS', () => {
    const good = bytes('職員番号,氏名\n1,見本\n2,例');
    const wrong = Uint8Array.of(...good, 0xff, 0x0a);
    expect(first(wrong)).toMatchObject({ line: 3, expected: expect.stringContaining('Shift_JIS') });
    expect(readTable(wrong, shape).rows).toEqual([]);
  });

  test('UTF-16 is refused with the encodings that are read', () => {
    expect(first(Uint8Array.of(0xff, 0xfe, 0x77, 0x80))).toMatchObject({ expected: expect.stringContaining('UTF-8') });
  });
});

describe('limits', () => {
  const rows = (count: number) => `職員番号,氏名\n${'1,見本\n'.repeat(count)}`;

  test('rows: the last one allowed is read, one more refuses the file and names its line', () => {
    expect(readTable(bytes(rows(3)), { ...shape, maxRows: 3 }).rows).toHaveLength(3);
    const over = readTable(bytes(rows(4)), { ...shape, maxRows: 3 });
    expect(over).toMatchObject({
      rows: [],
      problems: [{ line: 5, expected: '1つのファイルは3行以内にしてください。' }],
    });
  });

  test('a field: 10 KB in UTF-8 is read, one byte more is a problem', () => {
    const field = (size: number) => read(`職員番号,氏名\n1,${'x'.repeat(size)}\n`);
    expect(field(10_240).problems).toEqual([]);
    expect(field(10_241).problems).toMatchObject([
      { line: 2, column: '氏名', expected: expect.stringContaining('10 KB') },
    ]);
    expect(read(`職員番号,氏名\n1,${'見'.repeat(3414)}\n`).problems).toHaveLength(1);
  });

  test('a file: over 50 MB is refused before anything is decoded', () => {
    const over = readTable(new Uint8Array(50 * 1024 * 1024 + 1), shape);
    expect(over).toMatchObject({ rows: [], problems: [{ line: 1, expected: expect.stringContaining('50 MB') }] });
  });

  test('a header of a hundred thousand columns is one problem, not a hundred thousand', () => {
    expect(read(`職員番号,氏名${',x'.repeat(100_000)}\n`).problems).toHaveLength(1);
  });
});
