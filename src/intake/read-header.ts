import { type Problem, problemAt } from './problem.ts';
import type { TextRecord } from './split-records.ts';
import type { TableShape } from './table.ts';

/** No kind has as many; more are not listed one by one. */
const MOST_COLUMNS = 200;

/** The columns of line 1 in the file's own order, or why it cannot be read: unknown, missing and repeated names. */
export function readHeader(header: TextRecord, shape: TableShape): { columns: string[]; problems: Problem[] } {
  const columns = header.cells.map((cell) => cell.trim());
  const known = new Set([...shape.required, ...shape.optional]);
  const problems: Problem[] = [];
  const unknown = `この種類のファイルにない列です。使える列: ${[...known].join('、')}`;
  if (header.line !== 1) problems.push(problemAt(1, '', '空の行', '1行目に列の名前を書いてください。'));
  if (columns.length > MOST_COLUMNS) {
    return { columns, problems: [problemAt(header.line, '', `${columns.length}列`, unknown)] };
  }
  for (const [at, column] of columns.entries()) {
    if (!known.has(column)) problems.push(problemAt(header.line, column, column, unknown));
    else if (columns.indexOf(column) !== at) {
      problems.push(problemAt(header.line, column, column, 'この列は2回書かれています。1つだけにしてください。'));
    }
  }
  for (const column of shape.required.filter((name) => !columns.includes(name))) {
    problems.push(problemAt(header.line, column, '', `必要な列「${column}」がありません。`));
  }
  return { columns, problems };
}
