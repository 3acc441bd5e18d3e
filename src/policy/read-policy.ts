import type { LocalDate } from '../ports/clock.ts';
import { breakpointsOf, datedProblems, fromTheBeginning, treeOn } from './dated-values.ts';
import { interpret, type Policy } from './rules.ts';
import { PolicyText } from './schema.ts';
import { locate, type PolicyProblem, pathText, plain, readYaml, type Tree } from './yaml-tree.ts';

/** A numbered version of the city's settings, for every date. */
export interface PolicyBook {
  /** 0 is the sample that rehearsal falls back to. */
  version: number;
  timeZone: string;
  /** The name in the last value of the file; a card of a certain day takes `on(date).organisation`. */
  organisation: string;
  /** What holds on that date. */
  on(date: LocalDate): Policy;
  /** What holds in each period between two changes, in order of time. */
  periods: Policy[];
  /** The YAML text. */
  source: string;
}

/** Reads a policy file and checks it at every date on which something changes. Problems come by line, all of them. */
export function readPolicy(source: string, version: number): { book: PolicyBook } | { problems: PolicyProblem[] } {
  const { tree: written, problems } = readYaml(source);
  if (written.kind !== 'map' && problems.length === 0) {
    return {
      problems: [
        { line: 1, path: '', read: '', expected: '「organisation: 組織の名前」で始まる設定を書いてください。' },
      ],
    };
  }
  problems.push(...datedProblems(written), ...datedTimeZone(written));
  if (problems.length > 0) return { problems: inOrder(problems) };
  const tree = fromTheBeginning(written, 'organisation');
  const periods = breakpointsOf(tree).map((from) => ({ from, ...policyOn(tree, from) }));
  const found = inOrder(periods.flatMap((period) => period.problems));
  const held = periods.flatMap(({ from, policy }) => (policy === null ? [] : [{ from, policy }]));
  const [first] = held;
  if (found.length > 0 || first === undefined) return { problems: found };
  const on = (date: LocalDate) => (held.findLast((period) => period.from <= date) ?? first).policy;
  const { timeZone, organisation } = on('9999-12-31');
  const policies = held.map((period) => period.policy);
  return { book: { version, timeZone, organisation, on, periods: policies, source } };
}

function policyOn(tree: Tree, date: LocalDate): { policy: Policy | null; problems: PolicyProblem[] } {
  const held = treeOn(tree, date) ?? { kind: 'map', line: 1, entries: new Map() };
  // Read a few times in the life of a process: zod's way of writing itself a program for it would take longer.
  const parsed = PolicyText.safeParse(plain(held), { jitless: true });
  if (parsed.success) {
    const { policy, objections } = interpret(parsed.data);
    const raised = objections.filter(({ path, writtenOnly }) => !writtenOnly || locate(held, path).found !== null);
    return { policy, problems: raised.map(({ path, expected }) => problemAt(held, path, expected)) };
  }
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ ...problemAt(held, [...issue.path, key], issue.message), read: '' }))
      : [problemAt(held, issue.path, issue.message)],
  );
  return { policy: null, problems };
}

function problemAt(tree: Tree, path: readonly PropertyKey[], expected: string): PolicyProblem {
  const { line, found } = locate(tree, path);
  const read = found?.kind === 'value' && found.value !== null ? String(found.value) : '';
  return { line, path: pathText(path), read, expected };
}

/** Dates are read in the time zone, so it cannot itself depend on a date. */
function datedTimeZone(tree: Tree): PolicyProblem[] {
  const entry = tree.kind === 'map' ? tree.entries.get('timeZone') : undefined;
  if (entry === undefined || entry.value.kind === 'value') return [];
  return [
    {
      line: entry.line,
      path: 'timeZone',
      read: '',
      expected: '時間帯は期間ごとに変えられません。一つだけ書いてください。',
    },
  ];
}

/** By line, the same sentence once (a value that holds over several periods is looked at in each). */
function inOrder(problems: PolicyProblem[]): PolicyProblem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort((a, b) => a.line - b.line);
}

/** A problem as a sentence: 「12行目 office.end: 「25時」は使えません。…」 */
export function problemSentence({ line, path, read, expected }: PolicyProblem): string {
  const where = path === '' ? `${line}行目` : `${line}行目 ${path}`;
  return `${where}: ${read === '' || expected.includes(read) ? '' : `「${read}」は使えません。`}${expected}`;
}
