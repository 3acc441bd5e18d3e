import { lookUp, NotWritten, reserved, type Sight, whenOf } from './bindings.ts';

/** Gives JSON for a scope; nothing ('') where the part is left out. */
type Write = (scope: Sight) => string;
/** A part of a layout as the value of a key, and as what it is among the entries of a list: none, one or several. */
interface Part {
  value: Write;
  entries: Write;
  /** The same for everybody. */
  same: boolean;
}

const nothing: Sight = { $root: {}, $host: {}, $data: {} };

/** Thrown while a card is written: its place would be left out without a word. */
export class NullGiven extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`${key} is null.`);
    this.key = key;
  }
}

/** No character of anybody's: where cards are expanded by the engine it stands for a dollar. Nobody may bring it along. */
export const DOLLAR = '\ufdd0';

/**
 * A layout as a function that writes the JSON of its card: of what `Template.expand` of adaptivecards-templating gives, without
 * making it first. What is the same for everybody was written when the layout was compiled. Null where the layout says more than
 * paths, `$data` and `$when: ${count(path) > 0}`. The function throws `Unresolved` or `NullGiven` where the data lacks a value.
 */
export function writerOf(layout: object): ((scope: Omit<Sight, '$data'>) => string) | null {
  try {
    const { value } = partOf(layout);
    return (scope) => value({ ...scope, $data: scope.$root });
  } catch (error) {
    if (error instanceof NotWritten) return null;
    throw error;
  }
}

function partOf(node: unknown): Part {
  if (typeof node === 'string') return textOf(node);
  if (Array.isArray(node)) return listOf(node.map(partOf));
  if (typeof node === 'object' && node !== null) return objectOf(node as Record<string, unknown>);
  return constant(node === null ? '' : JSON.stringify(node));
}

function constant(json: string, entries = json): Part {
  return { value: () => json, entries: () => entries, same: true };
}

/** JSON of a value; nothing for what JSON has no word for. `key` names what is refused. */
function jsonOf(value: unknown, key: string): string {
  if (typeof value === 'string') return jsonOfText(value);
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) throw new NullGiven(key);
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${joined(value)}]`;
  return isPlain(value) ? jsonOfObject(value) : jsonOf(JSON.parse(JSON.stringify(value)), key);
}

/** An object whose keys are all there is to it: most are written from words that were written before. */
function isPlain(value: object): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, 'toJSON');
}

function jsonOfObject(value: Record<string, unknown>): string {
  let text = '';
  for (const key in value) {
    const json = jsonOf(value[key], key);
    if (json !== '') text += text === '' ? `${jsonOfText(key)}:${json}` : `,${jsonOfText(key)}:${json}`;
  }
  return `{${text}}`;
}

/** The entries of a list with commas between. */
function joined(list: readonly unknown[]): string {
  let text = '';
  for (let at = 0; at < list.length; at += 1) {
    const json = jsonOf(list[at] ?? null, `${at}`);
    text = text === '' ? json : `${text},${json}`;
  }
  return text;
}

/** Most words come again on every card: how the last ones are written is kept, which costs a tenth of writing them. */
const written = new Map<string, string>();
const mostKept = 1000;
const longestKept = 100;

function jsonOfText(text: string): string {
  if (text.length > longestKept) return quote(text);
  const known = written.get(text);
  if (known !== undefined) return known;
  if (written.size >= mostKept) written.clear();
  const json = quote(text);
  written.set(text, json);
  return json;
}

function quote(text: string): string {
  return JSON.stringify(text.includes(DOLLAR) ? text.replaceAll(DOLLAR, '') : text);
}

function textOf(text: string): Part {
  if (!text.includes('${')) return constant(JSON.stringify(text));
  if (/[`\\\n\r]/.test(text)) throw new NotWritten();
  const pieces = text.split(/(\$\{[^{}]*\})/).filter((piece) => piece !== '');
  const values = pieces.map((piece) => (piece.startsWith('${') ? lookUp(piece) : () => piece));
  const [only] = values;
  if (values.length === 1 && only) return text.startsWith('${$host.') ? fixed(only, text) : bound(only, text);
  const write: Write = (scope) => {
    let whole = '';
    for (const value of values) whole += String(value(scope) ?? refuseNull(text));
    return jsonOfText(whole);
  };
  return { value: write, entries: write, same: false };
}

function refuseNull(key: string): never {
  throw new NullGiven(key);
}

/** A binding alone keeps the type of its value; a list in a list is joined with it. */
function bound(look: (scope: Sight) => unknown, binding: string): Part {
  return {
    value: (scope) => jsonOf(look(scope), binding),
    entries: (scope) => {
      const found = look(scope);
      return Array.isArray(found) ? joined(found) : jsonOf(found, binding);
    },
    same: false,
  };
}

/** What the house itself holds (`$host`): a few long texts, the same for everybody. */
function fixed(look: (scope: Sight) => unknown, binding: string): Part {
  const known = new Map<unknown, string>();
  const write: Write = (scope) => {
    const value = look(scope);
    const json = known.get(value) ?? jsonOf(value, binding);
    known.set(value, json);
    return json;
  };
  return { value: write, entries: bound(look, binding).entries, same: false };
}

function listOf(parts: Part[]): Part {
  const write = inTurn(parts.map(({ entries, same }) => ({ write: entries, same })));
  if (parts.every(({ same }) => same)) return constant(`[${write(nothing)}]`, write(nothing));
  return { value: (scope) => `[${write(scope)}]`, entries: write, same: false };
}

/** What these write, with commas between; neighbours that are the same for everybody are written once. */
function inTurn(parts: { write: Write; same: boolean }[]): Write {
  const pieces: (string | Write)[] = [];
  for (const { write, same } of parts) {
    const text = same ? write(nothing) : null;
    const last = pieces.at(-1);
    if (text === '') continue;
    if (text !== null && typeof last === 'string') pieces.splice(-1, 1, `${last},${text}`);
    else pieces.push(text ?? write);
  }
  return (scope) => {
    let text = '';
    for (const piece of pieces) {
      const json = typeof piece === 'string' ? piece : piece(scope);
      if (json !== '') text = text === '' ? json : `${text},${json}`;
    }
    return text;
  };
}

function objectOf(node: Record<string, unknown>): Part {
  const entries = Object.entries(node).filter(([key]) => !reserved.includes(key));
  const fields = entries.map(([key, value]) => fieldOf(key, partOf(value)));
  const shown = whenOf(node['$when']);
  const wanted = node['$data'];
  const write = inTurn(fields);
  if (wanted === undefined && shown === null && fields.every(({ same }) => same))
    return constant(`{${write(nothing)}}`);
  const one: Write = (scope) => (shown === null || shown(scope) ? `{${write(scope)}}` : '');
  if (wanted === undefined) return { value: one, entries: one, same: false };
  if (typeof wanted !== 'string') throw new NotWritten();
  return once(lookUp(wanted), one, wanted);
}

function fieldOf(key: string, { value, same }: Part): { write: Write; same: boolean } {
  const name = `${JSON.stringify(key)}:`;
  const write: Write = (scope) => {
    const json = value(scope);
    return json === '' ? '' : name + json;
  };
  return { write, same };
}

/** Once for each entry of a list: nothing, the one, or all of them. */
function once(look: (scope: Sight) => unknown, one: Write, binding: string): Part {
  const write = ({ $root, $host, $data }: Sight, join: (json: string, several: boolean) => string): string => {
    const data = look({ $root, $host, $data }) ?? refuseNull(binding);
    if (!Array.isArray(data)) return one({ $root, $host, $data: data });
    let [json, count] = ['', 0];
    for (const $entry of data) {
      const next = one({ $root, $host, $data: $entry ?? refuseNull(binding) });
      if (next === '') continue;
      json = count === 0 ? next : `${json},${next}`;
      count += 1;
    }
    return join(json, count > 1);
  };
  return {
    value: (scope) => write(scope, (json, several) => (several ? `[${json}]` : json)),
    entries: (scope) => write(scope, (json) => json),
    same: false,
  };
}
