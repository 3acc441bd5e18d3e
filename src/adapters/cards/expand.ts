// Not the package's main file: its types import the TypeScript sources of `adaptivecards`, which our compiler settings refuse.
import { createRequire } from 'node:module';
import { type Sight, Unresolved } from './bindings.ts';
import { DOLLAR, NullGiven } from './write-value.ts';

/** The template engine takes a fifth of a second to load: at the first layout that needs it. */
function engine(): typeof import('adaptivecards-templating/lib/template-engine.js') {
  return createRequire(import.meta.url)('adaptivecards-templating/lib/template-engine.js');
}

/**
 * A layout as a function of its data that writes the JSON of its card as UTF-8, by Microsoft's template engine: the whole language, slowly.
 * Throws `Unresolved` or `NullGiven` where the data lacks a value. The data is never parsed as a template.
 */
export function expansionOf(layout: object): (scope: Omit<Sight, '$data'>) => Uint8Array {
  const template = new (engine().Template)(layout);
  return ({ $root, $host }) => {
    refuseNulls($root, 'the data');
    const guarded = JSON.stringify($root).replaceAll(DOLLAR, '').replaceAll('${', `${DOLLAR}{`);
    const json = JSON.stringify(template.expand({ $root: JSON.parse(guarded) as object, $host }));
    const at = json.indexOf('${');
    if (at >= 0) throw new Unresolved(/^\$\{[^}]*\}?/.exec(json.slice(at, at + 60))?.[0] ?? '${');
    return Buffer.from(JSON.stringify(withoutNull(JSON.parse(json.replaceAll(`${DOLLAR}{`, '${')))));
  };
}

function refuseNulls(value: unknown, key: string): void {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) throw new NullGiven(key);
  if (typeof value !== 'object') return;
  const isList = Array.isArray(value);
  for (const [name, one] of Object.entries(value)) refuseNulls(isList ? (one ?? null) : one, name);
}

/** Drops the `null` that the engine leaves where a part of the layout was not wanted. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, withoutNull(entry)]),
  );
}
