import type { Statement } from './postgres-burst.ts';

/** One statement for several; each of them is answered with the rows of its place among them. */
export interface OneForMany {
  statement: Statement;
  rowsOf(rows: unknown[], at: number): unknown[];
}

/** Under what the server keeps a text; undefined where it does not. */
export type NameOf = (text: string) => string | undefined;

interface Insert {
  kind: 'insert';
  table: string;
  /** Before and behind the values. */
  head: string;
  tail: string;
  columns: string[];
}

interface Update {
  kind: 'update';
  head: string;
  /** Place of the id among the values, from 0. */
  id: number;
}

type Shape = { kind: 'select' } | Insert | Update;

const insertion =
  /^(insert into "(\w+)" \(((?:"\w+"(?:, )?)+)\)) values (?:\((?:\$\d+(?:, )?)+\)(?:, )?)+( on conflict .*)?$/;
const updateById = /^(update "\w+" set .* where "id" = )\$(\d+)$/;
/** An order, a number of rows and locks would mean something else for many together. */
const ofOneOnly = /\b(order by|limit|offset|for (no key )?(update|share))\b/;

export const isRead = (text: string): boolean => text.startsWith('select ');

const shapes = new Map<string, Shape | null>();

function shapeOf(text: string): Shape | null {
  const known = shapes.get(text);
  if (known !== undefined) return known;
  const shape = findShape(text);
  shapes.set(text, shape);
  return shape;
}

/** Found in the text alone: statements are compiled, so each is written the same way each time. */
function findShape(text: string): Shape | null {
  if (isRead(text)) return ofOneOnly.test(text) ? null : { kind: 'select' };
  const [, head = '', table = '', columns = '', tail = ''] = insertion.exec(text) ?? [];
  // A value behind the rows belongs to none of them, and nobody could tell whose rows come back.
  if (table !== '' && !tail.includes('$') && !tail.includes('returning'))
    return { kind: 'insert', table, head, tail, columns: columns.split(', ').map((name) => name.slice(1, -1)) };
  const [, before = '', number = ''] = updateById.exec(text) ?? [];
  // What looks at other rows could see those that change with it.
  return before === '' || before.includes('select') ? null : { kind: 'update', head: before, id: Number(number) - 1 };
}

/** What statements have in common that can be asked as one; null for one that cannot. Inserts of any number of rows have the same. */
export function commonOf({ text }: Statement): string | null {
  const shape = shapeOf(text);
  if (shape === null) return null;
  return shape.kind === 'insert' ? `${shape.head}${shape.tail}` : text;
}

/**
 * Several statements that have the same in common, as one; null where their values do not allow it. So many new rows that the server
 * does not keep the text go that way by themselves: it is read once for any number of them.
 */
export function inOne(all: readonly Statement[], nameOf: NameOf): OneForMany | null {
  const [first] = all;
  const shape = first ? shapeOf(first.text) : null;
  if (!first || shape === null) return null;
  if (all.length === 1 && (first.name !== undefined || shape.kind !== 'insert')) return null;
  if (shape.kind === 'insert') return insertMany(shape, all, nameOf);
  if (shape.kind === 'update') return updateMany(shape, first, all, nameOf);
  return selectMany(first.text, all, nameOf);
}

/** The rows go as JSON, which the server reads by the types of the table: the text is the same for any number of them. */
function insertMany(shape: Insert, all: readonly Statement[], nameOf: NameOf): OneForMany | null {
  const { table, head, tail, columns } = shape;
  if (!all.every(({ values }) => values.every(isPlain))) return null;
  const rows = all.flatMap(({ values }) =>
    Array.from({ length: values.length / columns.length }, (_, row) =>
      Object.fromEntries(columns.map((column, at) => [column, wellFormed(values[row * columns.length + at])])),
    ),
  );
  const listed = columns.map((column) => `"${column}"`).join(', ');
  const text = `${head} select ${listed} from json_populate_recordset(null::"${table}", $1)${tail}`;
  return { statement: { name: nameOf(text), text, values: [JSON.stringify(rows)] }, rowsOf: () => [] };
}

/** What JSON says as it is. */
const isPlain = (value: unknown) => value === null || value === undefined || isText(value) || Number.isFinite(value);

/** JSON keeps half a character, which the server does not take; elsewhere the replacement sign stands for it. */
const wellFormed = (value: unknown) => (isText(value) ? value.toWellFormed() : value);

function updateMany(shape: Update, first: Statement, all: readonly Statement[], nameOf: NameOf): OneForMany | null {
  const { head, id } = shape;
  const ids = all.map(({ values }) => values[id]);
  const alike = all.every(({ values }) => values.every((value, at) => at === id || value === first.values[at]));
  if (!alike || !ids.every(isText) || new Set(ids).size < ids.length) return null;
  const text = `${head}any($${id + 1}::text[])`;
  return { statement: { name: nameOf(text), text, values: first.values.with(id, listOf(ids)) }, rowsOf: () => [] };
}

/** Names that no statement of a room has. */
const asked = 'kaeru_asked';
const found = 'kaeru_found';
const place = 'kaeru_place';

function selectMany(text: string, all: readonly Statement[], nameOf: NameOf): OneForMany | null {
  const columns = (all[0]?.values ?? []).map((_, at) => all.map(({ values }) => values[at]));
  const types = columns.map(typeOf);
  if (columns.length === 0 || types.includes(null)) return null;
  const lists = types.map((type, at) => `$${at + 1}::${type}[]`).join(', ');
  const names = columns.map((_, at) => `"${at + 1}"`).join(', ');
  const one = text.replace(/\$(\d+)/g, `${asked}."$1"`);
  const many = `select ${asked}.${place}, ${found}.* from unnest(${lists}) with ordinality as ${asked}(${names}, ${place}) cross join lateral (${one}) as ${found}`;
  let byPlace: Map<number, unknown[]> | null = null;
  return {
    statement: { name: nameOf(many), text: many, values: columns.map(listOf) },
    rowsOf(rows, at) {
      byPlace ??= rowsByPlace(rows as PlacedRow[]);
      return byPlace.get(at + 1) ?? [];
    },
  };
}

type PlacedRow = { [place]: number } & Record<string, unknown>;

function rowsByPlace(all: PlacedRow[]): Map<number, unknown[]> {
  const rows = new Map<number, unknown[]>();
  for (const { [place]: at, ...row } of all) {
    const known = rows.get(at);
    if (known) known.push(row);
    else rows.set(at, [row]);
  }
  return rows;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function typeOf(values: readonly unknown[]): 'text' | 'bigint' | null {
  if (values.every(isText)) return 'text';
  return values.every((value) => Number.isInteger(value)) ? 'bigint' : null;
}

/** As PostgreSQL writes an array. */
const listOf = (values: readonly unknown[]) =>
  `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join()}}`;
