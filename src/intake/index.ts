export {
  type ImportCounts,
  type ImportReport,
  importReport,
  importResult,
} from './import-report.ts';
export { openFile } from './open-file.ts';
export { type Problem, problemAt } from './problem.ts';
export { ProblemList } from './problem-list.ts';
export { type Cells, cellsOf, type RowSchema } from './read-cells.ts';
export { readRows, type TakeRow } from './read-rows.ts';
export { readTable } from './read-table.ts';
export { recordImport } from './record-import.ts';
export type { Table, TableRow, TableShape } from './table.ts';
