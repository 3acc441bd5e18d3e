/**
 * Every circle of 所属長, once, as the numbers along it with the first one repeated at the end: `100001 → 100002 → 100001`.
 * `headOf` gives the 所属長 of each number; a person who is the own head is a circle of one.
 */
export function findCircles(headOf: ReadonlyMap<string, string | null>): string[][] {
  const settled = new Set<string>();
  const circles: string[][] = [];
  for (const start of headOf.keys()) {
    const path = new Map<string, number>();
    let at: string | null = start;
    while (at !== null && !settled.has(at) && !path.has(at)) {
      path.set(at, path.size);
      at = headOf.get(at) ?? null;
    }
    const begin = at === null ? undefined : path.get(at);
    if (begin !== undefined && at !== null) circles.push([...[...path.keys()].slice(begin), at]);
    for (const passed of path.keys()) settled.add(passed);
  }
  return circles;
}
