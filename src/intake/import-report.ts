import type { CliResult } from '../ports/room.ts';
import type { Problem } from './problem.ts';

/** How many problems are shown at a time. */
export const PROBLEMS_SHOWN = 100;

/** What an import did to the store, in rows (staff: people). */
export interface ImportCounts {
  added: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
}

/** What `import … --json` prints (contracts.md 3). */
export interface ImportReport extends ImportCounts {
  rows: number;
  /** The first 100. */
  problems: Problem[];
  problemsTotal: number;
  dryRun: boolean;
  digest: string;
}

const NOTHING_DONE: ImportCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0 };

/**
 * Makes the report of one file; with problems nothing was done, so every count is 0. `total` is how many problems there are
 * where `problems` are only the first of them.
 */
export function importReport(
  file: { rows: number; digest: string; dryRun: boolean },
  problems: Problem[],
  counts: ImportCounts,
  total = problems.length,
): ImportReport {
  const { added, changed, withdrawn, unchanged } = total > 0 ? NOTHING_DONE : counts;
  const shown = problems.toSorted((a, b) => a.line - b.line).slice(0, PROBLEMS_SHOWN);
  const { rows, digest, dryRun } = file;
  return {
    rows,
    added,
    changed,
    withdrawn,
    unchanged,
    problems: shown,
    problemsTotal: total,
    dryRun,
    digest,
  };
}

/** The report as a command answers with it. With problems the command has failed, and the file was not taken in at all. */
export function importResult(report: ImportReport, file: string, note?: string): CliResult {
  const document = { ...report };
  if (report.problemsTotal === 0) return { document, lines: doneLines(report, note) };
  const message = `${file} に問題が${report.problemsTotal}件あるため、1行も取り込んでいません。ファイルを直して、もう一度実行してください。`;
  return {
    document,
    lines: report.problems.map(problemLine).concat(restLine(report)),
    failed: failure(report, file, message),
  };
}

function failure(report: ImportReport, file: string, message: string): NonNullable<CliResult['failed']> {
  const first = report.problems[0];
  return { code: 'import-problems', message, where: first === undefined ? file : `${file}:${first.line}` };
}

function doneLines(report: ImportReport, note?: string): string[] {
  const { rows, added, changed, withdrawn, unchanged } = report;
  const counts = `${rows}行: 追加 ${added}、変更 ${changed}、取下げ ${withdrawn}、変更なし ${unchanged}`;
  return [
    report.dryRun ? `確認だけを行いました（保存していません）。${counts}` : counts,
    ...(note === undefined ? [] : [note]),
  ];
}

function problemLine(problem: Problem): string {
  const column = problem.column === '' ? '' : ` ${problem.column}`;
  const read = problem.read === '' ? '（空）' : `「${problem.read}」`;
  return `${problem.line}行目${column}: ${read} ${problem.expected}`;
}

function restLine(report: ImportReport): string[] {
  const rest = report.problemsTotal - report.problems.length;
  return rest > 0 ? [`ほか ${rest}件。一度に${PROBLEMS_SHOWN}件まで表示します。`] : [];
}
