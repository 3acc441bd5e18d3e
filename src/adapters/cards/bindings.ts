/** What a layout looks into: `${path}` into `$data`, `${$root.path}` and `${$host.path}` into the others. */
export interface Sight {
  $root: object;
  $host: object;
  $data: unknown;
}

/** Thrown while a layout is compiled: it says more than is written here. */
export class NotWritten extends Error {}
/** Thrown while a card is written: the data has no such value. */
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

/** The value of `${a.b}`, `${$root.a}`, `${$host.a[b]}`; throws `NotWritten` for any other binding, and then `Unresolved` without a value. */
export function lookUp(binding: string): (scope: Sight) => unknown {
  const found = path.exec(/^\$\{(.*)\}$/.exec(binding)?.[1] ?? '');
  if (!found?.[2]) throw new NotWritten();
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
    const value = held($data, key);
    if (value === undefined) throw new Unresolved(binding);
    return value;
  };
}

function valueAt(start: unknown, keys: string[]): unknown {
  let value = start;
  for (const key of keys) value = held(value, key);
  return value;
}

function held(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** Whether a part is shown; null where it always is. */
export function whenOf(when: unknown): ((scope: Sight) => boolean) | null {
  if (when === undefined) return null;
  const keys = typeof when === 'string' ? counted.exec(when)?.[1]?.split('.') : undefined;
  if (!keys) throw new NotWritten();
  return (scope) => {
    const list = valueAt(scope.$data, keys);
    return Array.isArray(list) && list.length > 0;
  };
}
