import { parseDate } from '../calendar/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import { type PolicyProblem, pathText, type Tree } from './yaml-tree.ts';

/** The earliest day a policy can name (`parseDate` reads none before 1868). */
const BEGINNING: LocalDate = '1868-01-01';

/** `from` is empty where what was written is no date; `problem` says why. */
type Dated = { from: LocalDate; problem: string; value: Tree; line: number }[];

/**
 * The list of `{ from: DATE, value }` that a tree is, in its order; null where it is an ordinary value. `from` is compared
 * with the date judged, not with today.
 */
function datedList(tree: Tree): Dated | null {
  if (tree.kind !== 'list' || tree.items.length === 0) return null;
  const read = tree.items.map(datedEntry);
  return read.every((entry) => entry !== null) ? read : null;
}

function datedEntry(item: Tree): Dated[number] | null {
  if (item.kind !== 'map' || item.entries.size !== 2) return null;
  const from = item.entries.get('from')?.value;
  const value = item.entries.get('value')?.value;
  if (from === undefined || value === undefined) return null;
  const parsed = parseDate(from.kind === 'value' ? String(from.value) : '');
  const read = 'date' in parsed ? { from: parsed.date, problem: '' } : { from: '', problem: parsed.problem };
  return { ...read, value, line: item.line };
}

/** The tree as it holds on a date: every dated list is replaced by its value, left out before the first `from`. */
export function treeOn(tree: Tree, date: LocalDate): Tree | null {
  const dated = datedList(tree);
  if (dated !== null) {
    const holding = dated.findLast((entry) => entry.from <= date);
    return holding === undefined ? null : treeOn(holding.value, date);
  }
  if (tree.kind === 'list') {
    return { ...tree, items: tree.items.map((item) => treeOn(item, date)).filter((item) => item !== null) };
  }
  if (tree.kind === 'value') return tree;
  const entries: [string, { line: number; value: Tree }][] = [];
  for (const [key, { line, value }] of tree.entries) {
    const held = treeOn(value, date);
    if (held !== null) entries.push([key, { line: datedList(value) === null ? line : held.line, value: held }]);
  }
  return { ...tree, entries: new Map(entries) };
}

/** Every date on which something changes, in order, with the beginning before all of them. */
export function breakpointsOf(tree: Tree): LocalDate[] {
  const found = new Set<LocalDate>([BEGINNING]);
  visit(tree, [], (dated) => {
    for (const entry of dated) found.add(entry.from);
  });
  return [...found].sort();
}

/** `from` that is no date, and dates that do not ascend. */
export function datedProblems(tree: Tree): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  visit(tree, [], (dated, path) => {
    let before = '';
    for (const [at, { from, problem, line }] of dated.entries()) {
      const named = pathText([...path, at, 'from']);
      const wrong = (read: string, expected: string) => problems.push({ line, path: named, read, expected });
      if (from === '') wrong('', problem);
      else if (from <= before) wrong(from, `${before} より後の日付を書いてください（古い順に並べます）。`);
      before = from === '' ? before : from;
    }
  });
  return problems;
}

type Path = readonly (string | number)[];

function visit(tree: Tree, path: Path, see: (dated: Dated, path: Path) => void): void {
  const dated = datedList(tree);
  if (dated !== null) see(dated, path);
  if (tree.kind === 'list') for (const [at, item] of tree.items.entries()) visit(item, [...path, at], see);
  if (tree.kind === 'map') for (const [key, entry] of tree.entries) visit(entry.value, [...path, key], see);
}

/** A value without a default holds from the beginning: its first dated value counts before its `from` as well. */
export function fromTheBeginning(tree: Tree, key: string): Tree {
  const entry = tree.kind === 'map' ? tree.entries.get(key) : undefined;
  const first = entry === undefined ? undefined : datedList(entry.value)?.[0];
  if (tree.kind !== 'map' || entry?.value.kind !== 'list' || first === undefined) return tree;
  const item: Tree = {
    kind: 'map',
    line: first.line,
    entries: new Map([
      ['from', { line: first.line, value: { kind: 'value', line: first.line, value: BEGINNING } }],
      ['value', { line: first.line, value: first.value }],
    ]),
  };
  const value: Tree = { ...entry.value, items: [item, ...entry.value.items.slice(1)] };
  return { ...tree, entries: new Map([...tree.entries, [key, { ...entry, value }]]) };
}
