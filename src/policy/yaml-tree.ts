import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml';

/** One thing that is wrong in a policy file: where, what was read, what is expected. */
export interface PolicyProblem {
  line: number;
  /** `overtime.profiles[0].month`; empty where the file as a whole is meant. */
  path: string;
  read: string;
  expected: string;
}

/** A YAML value that remembers its line. */
export type Tree =
  | { kind: 'value'; line: number; value: unknown }
  | { kind: 'list'; line: number; items: Tree[] }
  | { kind: 'map'; line: number; entries: Map<string, { line: number; value: Tree }> };

/** Reads YAML 1.2 with the line of every value. Anchors and several documents in a file are refused. */
export function readYaml(text: string): { tree: Tree; problems: PolicyProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const lineOf = (node: unknown) => lines.linePos(offsetOf(node)).line || 1;
  const problems = document.errors.map((error) => syntaxProblem(error, lines.linePos(error.pos[0]).line));
  const grow = (node: unknown, line: number): Tree => {
    if (isMap(node)) {
      const pairs = node.items.map((pair): [string, { line: number; value: Tree }] => {
        const keyLine = lineOf(pair.key);
        return [keyText(pair.key), { line: keyLine, value: grow(pair.value, keyLine) }];
      });
      return { kind: 'map', line: lineOf(node), entries: new Map(pairs) };
    }
    if (isSeq(node)) {
      return { kind: 'list', line: lineOf(node), items: node.items.map((item) => grow(item, lineOf(item))) };
    }
    if (isAlias(node)) {
      problems.push({
        line: lineOf(node),
        path: '',
        read: `*${node.source}`,
        expected: '別名（*）は使わず、値を書いてください。',
      });
    }
    return { kind: 'value', line: isScalar(node) ? lineOf(node) : line, value: isScalar(node) ? scalar(node) : null };
  };
  return { tree: grow(document.contents, 1), problems };
}

function offsetOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(scalar(key)) : '?';
}

/** 職員番号 such as 012345 keep their leading zeros: a number is only what is written as YAML would print it. */
function scalar(node: { value: unknown; source?: string }): unknown {
  const { value, source } = node;
  return typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
}

function syntaxProblem(error: YAMLError, line: number): PolicyProblem {
  const expected =
    error.code === 'DUPLICATE_KEY'
      ? '同じ項目が2回あります。一つにしてください。'
      : error.code === 'MULTIPLE_DOCS'
        ? '「---」で区切らず、一つの文書にしてください。'
        : `YAML として読めません（${error.message.split('\n')[0]}）。字下げと引用符を確かめてください。`;
  return { line, path: '', read: '', expected };
}

/** The value without lines, as zod reads it. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'value') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** The value at a path and its line; of the nearest part that is written where the path is not. */
export function locate(tree: Tree, path: readonly PropertyKey[]): { line: number; found: Tree | null } {
  const [head, ...rest] = path;
  if (head === undefined) return { line: tree.line, found: tree };
  if (tree.kind === 'map') {
    const entry = tree.entries.get(String(head));
    if (entry === undefined) return { line: tree.line, found: null };
    return rest.length === 0 ? { line: entry.line, found: entry.value } : locate(entry.value, rest);
  }
  const item = tree.kind === 'list' ? tree.items[Number(head)] : undefined;
  return item === undefined ? { line: tree.line, found: null } : locate(item, rest);
}

/** `overtime.profiles[0].month` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
