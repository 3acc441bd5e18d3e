import { lookUp, NotWritten, reserved, type Sight, whenOf } from './bindings.ts';
import { page, put, putEntries, putText, refuseNull, signs } from './write-value.ts';

/** Writes JSON for a scope; nothing where the part is left out. */
type Write = (scope: Sight) => void;

/** What writes, and its JSON where that is the same for everybody. */
interface Piece {
  write: Write;
  same: string | null;
}

/** A part of a layout as the value of a key, and as what it is among the entries of a list: none, one or several. */
interface Part {
  value: Piece;
  entries: Piece;
}

const { comma, opens, closes, begins, ends } = signs;
const utf8 = new TextEncoder();

/**
 * A layout as a function that writes the JSON of its card as UTF-8: of what `Template.expand` of adaptivecards-templating gives,
 * without making it first. What is the same for everybody was written when the layout was compiled. Null where the layout says more
 * than paths, `$data` and `$when: ${count(path) > 0}`. The function throws `Unresolved` or `NullGiven` where the data lacks a value.
 */
export function writerOf(layout: object): ((scope: Omit<Sight, '$data'>) => Uint8Array) | null {
  try {
    const { write } = partOf(layout).value;
    return ({ $root, $host }) => {
      page.backTo(0);
      write({ $root, $host, $data: $root });
      return page.copy();
    };
  } catch (error) {
    if (error instanceof NotWritten) return null;
    throw error;
  }
}

function partOf(node: unknown): Part {
  if (typeof node === 'string') return textOf(node);
  if (Array.isArray(node)) return listOf(node.map(partOf));
  if (typeof node === 'object' && node !== null) return objectOf(node as Record<string, unknown>);
  return alike(constant(node === null ? '' : JSON.stringify(node)));
}

const alike = (piece: Piece): Part => ({ value: piece, entries: piece });

function constant(same: string): Piece {
  const bytes = utf8.encode(same);
  return { write: () => page.put(bytes), same };
}

function textOf(text: string): Part {
  if (!text.includes('${')) return alike(constant(JSON.stringify(text)));
  if (/[`\\\n\r]/.test(text)) throw new NotWritten();
  const pieces = text.split(/(\$\{[^{}]*\})/).filter((piece) => piece !== '');
  const values = pieces.map((piece) => (piece.startsWith('${') ? lookUp(piece) : () => piece));
  const [only] = values;
  if (values.length === 1 && only) return text.startsWith('${$host.') ? fixed(only, text) : bound(only, text);
  const write: Write = (scope) => {
    let whole = '';
    for (const value of values) whole += String(value(scope) ?? refuseNull(text));
    putText(whole);
  };
  return alike({ write, same: null });
}

/** A binding alone keeps the type of its value; a list in a list is joined with it. */
function bound(look: (scope: Sight) => unknown, binding: string): Part {
  const entries: Write = (scope) => {
    const found = look(scope);
    if (Array.isArray(found)) putEntries(found);
    else put(found, binding);
  };
  return {
    value: { write: (scope) => put(look(scope), binding), same: null },
    entries: { write: entries, same: null },
  };
}

/** What the house itself holds (`$host`): a few long texts, the same for everybody. */
function fixed(look: (scope: Sight) => unknown, binding: string): Part {
  const known = new Map<unknown, Uint8Array>();
  const write: Write = (scope) => {
    const value = look(scope) ?? refuseNull(binding);
    const bytes = known.get(value) ?? utf8.encode(JSON.stringify(value));
    known.set(value, bytes);
    page.put(bytes);
  };
  return { value: { write, same: null }, entries: bound(look, binding).entries };
}

function listOf(parts: Part[]): Part {
  const entries = inTurn(parts.map((part) => part.entries));
  return { value: between(begins, entries, ends), entries };
}

/** The same between two signs. */
function between(before: number, { write, same }: Piece, after: number): Piece {
  if (same !== null) return constant(`${String.fromCharCode(before)}${same}${String.fromCharCode(after)}`);
  const whole: Write = (scope) => {
    page.sign(before);
    write(scope);
    page.sign(after);
  };
  return { write: whole, same: null };
}

/** What these write, with commas between; neighbours that are the same for everybody are written at once. */
function inTurn(pieces: readonly Piece[]): Piece {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.same === '') continue;
    if (piece.same !== null && last && last.same !== null) joined.splice(-1, 1, constant(`${last.same},${piece.same}`));
    else joined.push(piece);
  }
  const [only] = joined;
  if (!only) return constant('');
  if (joined.length === 1) return only;
  const writes = joined.map(({ write }) => write);
  const write: Write = (scope) => {
    const start = page.at;
    for (const one of writes) next(start, one, scope);
  };
  return { write, same: null };
}

/** Writes what comes next, behind a comma where something stands there since `start`; true where there was anything to write. */
function next(start: number, write: Write, scope: Sight): boolean {
  const before = page.at;
  if (before !== start) page.sign(comma);
  const begin = page.at;
  write(scope);
  if (page.at !== begin) return true;
  page.backTo(before);
  return false;
}

function objectOf(node: Record<string, unknown>): Part {
  const entries = Object.entries(node).filter(([key]) => !reserved.includes(key));
  const fields = entries.map(([key, value]) => fieldOf(key, partOf(value).value));
  const shown = whenOf(node['$when']);
  const wanted = node['$data'];
  const whole = between(opens, inTurn(fields), closes);
  const one: Piece = shown === null ? whole : { write: (scope) => shown(scope) && whole.write(scope), same: null };
  if (wanted === undefined) return alike(one);
  if (typeof wanted !== 'string') throw new NotWritten();
  return once(lookUp(wanted), one.write, wanted);
}

function fieldOf(key: string, { write, same }: Piece): Piece {
  const name = `${JSON.stringify(key)}:`;
  if (same !== null) return constant(same === '' ? '' : name + same);
  const bytes = utf8.encode(name);
  const field: Write = (scope) => {
    const before = page.at;
    page.put(bytes);
    const begin = page.at;
    write(scope);
    if (page.at === begin) page.backTo(before);
  };
  return { write: field, same: null };
}

/** Once for each entry of a list: nothing, the one, or all of them. */
function once(look: (scope: Sight) => unknown, one: Write, binding: string): Part {
  const dataFor = (scope: Sight) => look(scope) ?? refuseNull(binding);
  /** How many of them had anything to write. */
  const each = ({ $root, $host }: Sight, list: readonly unknown[]): number => {
    const start = page.at;
    let count = 0;
    for (const $entry of list) {
      if (next(start, one, { $root, $host, $data: $entry ?? refuseNull(binding) })) count += 1;
    }
    return count;
  };
  const value: Write = (scope) => {
    const $data = dataFor(scope);
    const start = page.at;
    if (!Array.isArray($data)) one({ ...scope, $data });
    else {
      page.sign(begins);
      if (each(scope, $data) > 1) page.sign(ends);
      else page.takeOut(start);
    }
  };
  const entries: Write = (scope) => {
    const $data = dataFor(scope);
    if (Array.isArray($data)) each(scope, $data);
    else one({ ...scope, $data });
  };
  return { value: { write: value, same: null }, entries: { write: entries, same: null } };
}
