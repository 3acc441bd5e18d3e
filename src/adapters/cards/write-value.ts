import { Page } from './page.ts';

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

/** One card at a time is written, without a pause. */
export const page = new Page();
const sign = (text: string) => text.charCodeAt(0);
/** The signs of JSON, as `page` takes them. */
export const signs = {
  comma: sign(','),
  colon: sign(':'),
  opens: sign('{'),
  closes: sign('}'),
  begins: sign('['),
  ends: sign(']'),
};
const { comma, colon, opens, closes, begins, ends } = signs;
const utf8 = new TextEncoder();

/** JSON of a value; throws `NullGiven` with `key` where it is null. */
export function put(value: unknown, key: string): void {
  if (typeof value === 'string') putText(value);
  else if (value === null || (typeof value === 'number' && !Number.isFinite(value))) refuseNull(key);
  else if (typeof value !== 'object') putPlain(value, key);
  else if (Array.isArray(value)) putList(value);
  else if (isPlain(value)) putObject(value);
  else put(JSON.parse(JSON.stringify(value)), key);
}

/** A number or a yes or no. */
function putPlain(value: unknown, key: string): void {
  page.text(JSON.stringify(value) ?? refuseNull(key));
}

/** An object whose keys are all there is to it: most are written from words that were written before. */
function isPlain(value: object): value is Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, 'toJSON');
}

function putObject(value: Record<string, unknown>): void {
  page.sign(opens);
  let isFirst = true;
  for (const key in value) {
    if (value[key] === undefined) continue;
    if (!isFirst) page.sign(comma);
    isFirst = false;
    putText(key);
    page.sign(colon);
    put(value[key], key);
  }
  page.sign(closes);
}

function putList(list: readonly unknown[]): void {
  page.sign(begins);
  putEntries(list);
  page.sign(ends);
}

/** The entries of a list with commas between. */
export function putEntries(list: readonly unknown[]): void {
  for (let at = 0; at < list.length; at += 1) {
    if (at > 0) page.sign(comma);
    put(list[at] ?? null, `${at}`);
  }
}

/** Most words come again on every card: how the last ones are written is kept, which costs a tenth of writing them. */
const written = new Map<string, Uint8Array>();
const mostKept = 1000;
const longestKept = 400;

/** A text in quotes, as JSON escapes it. */
export function putText(text: string): void {
  page.put(written.get(text) ?? quoted(text));
}

function quoted(text: string): Uint8Array {
  const bytes = utf8.encode(JSON.stringify(text.includes(DOLLAR) ? text.replaceAll(DOLLAR, '') : text));
  if (written.size >= mostKept) written.clear();
  if (text.length <= longestKept) written.set(text, bytes);
  return bytes;
}

/** Throws `NullGiven`. */
export function refuseNull(key: string): never {
  throw new NullGiven(key);
}
