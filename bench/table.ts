import type { Row } from './scenario.ts';

const HEADER = '| # | scenario | ours | peer | ratio | gate | moonshot | met |\n|---|---|---|---|---|---|---|---|';

/** The rows as a Markdown table, in the order of their numbers. */
export function tableOf(rows: Row[]): string {
  const sorted = [...rows].sort((one, other) => one.number - other.number);
  return [HEADER, ...sorted.map(lineOf)].join('\n');
}

function lineOf(row: Row): string {
  const { number, scenario, ours, peer, ratio, gate, moonshot } = row;
  return `| ${[number, scenario, ours, peer, ratio, gate, moonshot, verdictOf(row)].join(' | ')} |`;
}

function verdictOf({ meets }: Row): string {
  if (meets.gate === null) return meets.moonshot ? 'moonshot' : 'reported only';
  if (!meets.gate) return '**no**';
  return meets.moonshot ? 'moonshot' : 'gate';
}

/** How many gates were missed. */
export const missed = (rows: Row[]): number => rows.filter(({ meets }) => meets.gate === false).length;

/** What stands in the table where a scenario came to no figure: why, in one sentence, and a missed gate. */
export function failedRow(number: number, name: string, error: unknown): Row {
  const why = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const blank = { peer: '-', ratio: '-', gate: '-', moonshot: '-', meets: { gate: false, moonshot: false } };
  return { number, scenario: name, ours: `failed: ${why.replaceAll('|', '/').slice(0, 200)}`, ...blank };
}
