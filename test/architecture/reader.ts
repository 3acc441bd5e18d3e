import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type AstNode, exportsIn, functionsIn, type Import, importsIn, type Span, usesIn } from './syntax.ts';

/** One file as text; `path` is relative to the repository, with `/`: `src/people/index.ts`. */
export interface TextFile {
  path: string;
  text: string;
}

/** What the rules know of one TypeScript file. */
export interface SourceFile {
  path: string;
  lines: number;
  imports: Import[];
  /** Names it gives out itself. */
  exports: string[];
  /** Names of the outside world it uses as values: `Date`, `process.env`, `fetch` … with the line. */
  uses: Span[];
  /** Its functions with their length in lines. */
  functions: { line: number; lines: number }[];
}

/** Every file below `folder` of the repository at `root`, as text. */
export function filesBelow(root: string, folder: string): TextFile[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(join(root, '/').length).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads imports, uses and sizes out of one file. Throws where it is no TypeScript: tsc says more about that. */
export function readSource({ path, text }: TextFile): SourceFile {
  const { program, errors } = parseSync(path, text);
  const first = errors[0];
  if (first) throw new Error(`${path} cannot be read as TypeScript: ${first.message}`);
  const lineAt = lineCounter(text);
  const root = program as unknown as AstNode;
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: importsIn(root, path, lineAt),
    exports: exportsIn(root),
    uses: usesIn(root, lineAt),
    functions: functionsIn(root, lineAt),
  };
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}
