import { expect, test } from 'vitest';
import { importReport, importResult, openFile, problemAt } from '../../src/intake/index.ts';
import { Refusal } from '../../src/ports/room.ts';

const file = { rows: 250, digest: 'd', dryRun: false };
const counts = { added: 3, changed: 2, withdrawn: 1, unchanged: 244 };

test('a file that was taken in tells its counts', () => {
  const result = importResult(importReport(file, [], counts), 'a.csv');
  expect(result.failed).toBeUndefined();
  expect(result.document).toEqual({ ...file, ...counts, problems: [], problemsTotal: 0 });
  expect(result.lines).toEqual(['250行: 追加 3、変更 2、取下げ 1、変更なし 244']);
});

test('a dry run says that nothing was kept', () => {
  const result = importResult(importReport({ ...file, dryRun: true }, [], counts), 'a.csv');
  expect(result.lines[0]).toContain('保存していません');
});

test('problems are listed 100 at a time in the order of their lines, with the total, and nothing counts as done', () => {
  const problems = Array.from({ length: 130 }, (_, at) => problemAt(200 - at, '氏名', '', '氏名を書いてください。'));
  const result = importResult(importReport(file, problems, counts), 'a.csv');
  expect(result.document).toMatchObject({ added: 0, changed: 0, withdrawn: 0, unchanged: 0, problemsTotal: 130 });
  expect(result.document).toHaveProperty('problems.length', 100);
  expect(result.lines).toHaveLength(101);
  expect(result.lines[0]).toBe('71行目 氏名: （空） 氏名を書いてください。');
  expect(result.lines[100]).toContain('ほか 30件');
  expect(result.failed).toMatchObject({ code: 'import-problems', where: 'a.csv:71' });
  expect(result.failed?.message).toContain('1行も取り込んでいません');
});

test('a file that is not there, or is none, is refused by name', async () => {
  await expect(openFile('no-such-file.csv')).rejects.toThrow(Refusal);
  await expect(openFile('no-such-file.csv')).rejects.toThrow('見つかりません');
  await expect(openFile('src')).rejects.toThrow('ファイルではありません');
});
