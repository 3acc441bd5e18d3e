/** What a layout looks into: `${path}` into `$data`, `${$root.path}` and `${$host.path}` into the others. */
export interface Sight {
  $root: object;
  $host: object;
  $data: unknown;
}

/** What a layout is filled with. */
export interface Scope extends Sight {
  /** Counts what is written: at least the characters of the card's JSON, whatever has to be escaped. */
  written: { most: number };
}

/** Gives the part of a card for a scope; `null` or `undefined` where it is left out. */
type Fill = (scope: Scope) => unknown;
/** A part of a layout: the same for everybody, or filled. */
type Part = { same: unknown } | { fill: Fill };

/** A character may need six in JSON (such as \u001f). */
const escaped = 6;
const lengthOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

/** Thrown while a layout is compiled: it says more than is filled here. */
export class NotFilled extends Error {}
/** Thrown while a card is filled: the data has no such value. */
export class Unresolved extends Error {
  readonly binding: string;
  constructor(binding: string) {
    super(`The binding ${binding} finds nothing.`);
    this.binding = binding;
  }
}

export const reserved: readonly string[] = ['$data', '$when', '$root', '$index', '$host', '$_acTemplateVersion'];
const name = '[A-Za-z_][A-Za-z0-9_]*';
const path = new RegExp(`^(?:(\\$root|\\$host)\\.)?(${name}(?:\\.${name})*)(?:\\[(${name}(?:\\.${name})*)\\])?$`);
const counted = /^\$\{count\(([A-Za-z0-9_.]+)\) > 0\}$/;

/**
 * A layout as a function of its data: what `Template.expand` of adaptivecards-templating gives, some fifty times faster. Null
 * where the layout says more than paths, `$data` and `$when: ${count(path) > 0}`. The function throws `Unresolved` where the
 * data lacks a value. Parts that are the same for everybody are shared between cards and frozen.
 */
export function fillOf(layout: object): ((scope: Omit<Scope, '$data'>) => unknown) | null {
  try {
    const fill = fillFrom(partOf(layout));
    return (scope) => fill({ ...scope, $data: scope.$root });
  } catch (error) {
    if (error instanceof NotFilled) return null;
    throw error;
  }
}

function fillFrom(part: Part): Fill {
  if ('fill' in part) return part.fill;
  const { same } = part;
  const most = lengthOf(same) + 1;
  return ({ written }) => {
    written.most += most;
    return same;
  };
}

function partOf(node: unknown): Part {
  if (typeof node === 'string') return textOf(node);
  if (Array.isArray(node)) return listOf(node.map(partOf));
  return typeof node === 'object' && node !== null ? objectOf(node as Record<string, unknown>) : { same: node };
}

/** A text that is one binding alone keeps the type of its value; any other becomes a text. */
function textOf(text: string): Part {
  if (!text.includes('${')) return { same: text };
  if (/[`\\\n\r]/.test(text)) throw new NotFilled();
  const pieces = text.split(/(\$\{[^{}]*\})/).filter((piece) => piece !== '');
  const fills = pieces.map((piece) => (piece.startsWith('${') ? bindingOf(piece) : () => piece));
  const [only] = fills;
  if (fills.length === 1 && only) return { fill: only };
  return {
    fill: (scope) => {
      const text = fills.map((fill) => String(fill(scope))).join('');
      scope.written.most += text.length * escaped + 3;
      return text;
    },
  };
}

/** The value of a binding, counted as what it needs in the card. */
function bindingOf(binding: string): Fill {
  const value = lookUp(binding);
  return (scope) => {
    const found = value(scope);
    scope.written.most += typeof found === 'string' ? found.length * escaped + 3 : lengthOf(found) + 1;
    return found;
  };
}

/** The value of `${a.b}`, `${$root.a}`, `${$host.a[b]}`; throws `NotFilled` for any other binding, and then `Unresolved` without a value. */
export function lookUp(binding: string): (scope: Sight) => unknown {
  const found = path.exec(/^\$\{(.*)\}$/.exec(binding)?.[1] ?? '');
  if (!found?.[2]) throw new NotFilled();
  const [, start = '$data', names, index] = found;
  const keys = names.split('.');
  const indexKeys = index?.split('.');
  if (start === '$data' && keys.length === 1 && !indexKeys) return ownKey(names, binding);
  return (scope) => {
    let value = valueAt(scope[start as keyof Sight], keys);
    if (indexKeys) value = valueAt(value, [String(valueAt(scope.$data, indexKeys))]);
    if (value === undefined) throw new Unresolved(binding);
    return value;
  };
}

/** The shortest and by far the most frequent path: one key of the part itself. */
function ownKey(key: string, binding: string): (scope: Sight) => unknown {
  return ({ $data }) => {
    const held = typeof $data === 'object' && $data !== null && Object.hasOwn($data, key);
    const value = held ? ($data as Record<string, unknown>)[key] : undefined;
    if (value === undefined) throw new Unresolved(binding);
    return value;
  };
}

function valueAt(start: unknown, keys: string[]): unknown {
  let value = start;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Parts that are left out leave no gap, and lists in a list are joined with it. */
function listOf(parts: Part[]): Part {
  if (parts.every((part) => 'same' in part)) {
    const list: unknown[] = [];
    for (const { same } of parts) append(list, same);
    return { same: Object.freeze(list) };
  }
  const fills = parts.map(fillFrom);
  return {
    fill: (scope) => {
      scope.written.most += 3;
      const list: unknown[] = [];
      for (const fill of fills) append(list, fill(scope));
      return list;
    },
  };
}

function append(list: unknown[], value: unknown): void {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  for (const one of values) if (one !== null && one !== undefined) list.push(one);
}

function objectOf(node: Record<string, unknown>): Part {
  const entries = Object.entries(node).filter(([key]) => !reserved.includes(key));
  const parts = entries.map(([key, value]) => [key, partOf(value)] as const);
  const shown = whenOf(node['$when']);
  const wanted = node['$data'];
  if (wanted === undefined && shown === null && parts.every(([, part]) => 'same' in part)) {
    return { same: sameObject(parts) };
  }
  const fills = parts.map(([key, part]) => [key, fillFrom(part)] as const);
  const one = (scope: Scope) => (shown === null || shown(scope) ? objectFrom(fills, scope) : null);
  if (wanted === undefined) return { fill: one };
  if (typeof wanted !== 'string') throw new NotFilled();
  const data = lookUp(wanted);
  return { fill: (scope) => each(data(scope), ($data) => one({ ...scope, $data })) };
}

function objectFrom(fills: (readonly [string, Fill])[], scope: Scope): object {
  const made: Record<string, unknown> = {};
  for (const [key, fill] of fills) {
    const value = fill(scope);
    if (value !== undefined && value !== null) made[key] = value;
    scope.written.most += key.length + 6;
  }
  return made;
}

function sameObject(parts: (readonly [string, Part])[]): object {
  const shown = parts.flatMap(([key, part]) =>
    'same' in part && part.same !== null ? [[key, part.same] as const] : [],
  );
  return Object.freeze(Object.fromEntries(shown));
}

/** Once for each entry of a list: nothing, the one, or all of them. */
function each(data: unknown, one: (data: unknown) => unknown): unknown {
  if (!Array.isArray(data)) return one(data);
  const made = data.map(one).filter((part) => part !== null);
  return made.length > 1 ? made : (made[0] ?? null);
}

/** Whether a part is shown; null where it always is. */
export function whenOf(when: unknown): ((scope: Sight) => boolean) | null {
  if (when === undefined) return null;
  const keys = typeof when === 'string' ? counted.exec(when)?.[1]?.split('.') : undefined;
  if (!keys) throw new NotFilled();
  return (scope) => {
    const list = valueAt(scope.$data, keys);
    return Array.isArray(list) && list.length > 0;
  };
}
