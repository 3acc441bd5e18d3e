import { objectionTo } from './directions.ts';
import type { House } from './house.ts';
import { placeOf } from './places.ts';

type Graph = Map<string, Set<string>>;

/**
 * Parts of the house that import one another, and files of one part that do; `import type` counts. Imports that are
 * objected to already are left out, so that one fault has one sentence.
 */
export function cycleObjections(house: House): string[] {
  const parts: Graph = new Map();
  const files: Graph = new Map();
  for (const source of house.sources) {
    for (const imported of source.imports) {
      const { target } = imported;
      if (target === null || !house.byPath.has(target) || objectionTo(house, source, imported) !== null) continue;
      const [from, to] = [placeOf(source.path).name, placeOf(target).name];
      if (from === to) connect(files, source.path, target);
      else connect(parts, from, to);
    }
  }
  return [
    ...cyclesIn(parts).map((cycle) => `${cycle.join(' → ')}: these parts of src/ import one another.`),
    ...cyclesIn(files).map((cycle) => `${cycle.join(' → ')}: these files import one another.`),
  ];
}

function connect(graph: Graph, from: string, to: string): void {
  graph.set(from, (graph.get(from) ?? new Set()).add(to));
}

/** One shortest cycle through the first node (by name) of every group that hangs together in both directions. */
function cyclesIn(graph: Graph): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const node of [...graph.keys()].sort()) {
    const cycle = seen.has(node) ? null : shortestCycle(graph, node);
    if (!cycle) continue;
    found.push(cycle);
    for (const member of cycle) seen.add(member);
  }
  return found;
}

function shortestCycle(graph: Graph, start: string): string[] | null {
  const paths: string[][] = [[start]];
  const reached = new Set<string>();
  for (let path = paths.shift(); path; path = paths.shift()) {
    for (const next of graph.get(path.at(-1) ?? '') ?? []) {
      if (next === start) return [...path, start];
      if (!reached.has(next)) paths.push([...path, next]);
      reached.add(next);
    }
  }
  return null;
}
