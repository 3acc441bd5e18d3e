import { expect, test } from 'vitest';
import { readTable } from '../../src/intake/index.ts';

const shape = { required: ['職員番号'], optional: ['氏名'], maxRows: 3 };
const read = (text: string) => readTable(new TextEncoder().encode(text), shape);

test('empty lines and rows of empty cells do not count as rows, and no row behind them is lost', () => {
  const empty = '\n,\n　, \n""\n'.repeat(10);
  const table = read(`職員番号,氏名\n${empty}1,見本\n${empty}2,例示\n${empty}3,模擬\n${empty}`);
  expect(table.problems).toEqual([]);
  expect(table.rows.map((row) => [row.line, row.values['職員番号']])).toEqual([
    [42, '1'],
    [83, '2'],
    [124, '3'],
  ]);
});

test('one row too many is found behind any number of empty lines', () => {
  const table = read(`職員番号\n1\n2\n3\n${'\n'.repeat(50)}4\n`);
  expect(table).toMatchObject({ rows: [], problems: [{ line: 55 }] });
});
