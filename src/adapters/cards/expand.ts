// Not the package's main file: its types import the TypeScript sources of `adaptivecards`, which our compiler settings refuse.
import { createRequire } from 'node:module';
import { type Scope, Unresolved } from './fill.ts';

/** Stands for the dollar of a `${` in data while a template is expanded, so that what is left afterwards is the template's own. */
export const DOLLAR = '\ufdd0';

/** The template engine takes a fifth of a second to load: at the first layout that needs it. */
function engine(): typeof import('adaptivecards-templating/lib/template-engine.js') {
  return createRequire(import.meta.url)('adaptivecards-templating/lib/template-engine.js');
}

/**
 * A layout as a function of its data, by Microsoft's template engine: the whole language, slowly. Throws `Unresolved` where
 * the data lacks a value. The data is never parsed as a template.
 */
export function expansionOf(layout: object): (scope: Omit<Scope, '$data'>) => unknown {
  const template = new (engine().Template)(layout);
  return ({ $root, $host, written }) => {
    const guarded = JSON.parse(JSON.stringify($root).replaceAll('${', `${DOLLAR}{`)) as object;
    const json = JSON.stringify(template.expand({ $root: guarded, $host }));
    written.most += json.length * 2;
    const at = json.indexOf('${');
    if (at >= 0) throw new Unresolved(/^\$\{[^}]*\}?/.exec(json.slice(at, at + 60))?.[0] ?? '${');
    return withoutNull(JSON.parse(json.replaceAll(`${DOLLAR}{`, '${')));
  };
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
