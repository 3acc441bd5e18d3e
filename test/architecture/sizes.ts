import { readSource, type TextFile } from './reader.ts';

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** How long files and functions are, in lines: a report to read, not a limit. */
export function sizeReport(files: TextFile[]): string[] {
  const sources = files.filter((file) => file.path.endsWith('.ts')).map(readSource);
  const functions = sources.flatMap(({ path, functions }) => functions.map((one) => ({ path, ...one })));
  const long = functions.filter((one) => one.lines > 40).sort((a, b) => b.lines - a.lines);
  const big = sources.filter((source) => source.lines > 250);
  return [
    `${sources.length} files, median ${median(sources.map((source) => source.lines))} lines; ` +
      `${functions.length} functions, median ${median(functions.map((one) => one.lines))} lines, ${long.length} over 40`,
    ...long.slice(0, 5).map((one) => `  ${one.path}:${one.line} a function of ${one.lines} lines`),
    ...big.map((source) => `  ${source.path} has ${source.lines} lines (aim: under 250)`),
  ];
}
