import type { Compilable, CompiledQuery, Expression, ValueNode } from 'kysely';
import type { Db } from './database.ts';

/** Where the value of that name stands in a kept statement. */
export type Slots<V> = <K extends keyof V>(name: K) => Expression<V[K]>;

/** A compiled statement; `slots` says of each parameter whose value it takes, `null` where it is part of the statement. */
interface Made<V, R> {
  compiled: CompiledQuery<R>;
  slots: (keyof V | null)[];
}

/**
 * A statement that is built once for each engine and runs with other values each time: building one costs as much as running
 * it, which tells where one press makes ten of them. What `build` makes must not depend on a value. Gives the rows.
 */
export function kept<V extends object, R>(build: (db: Db, value: Slots<V>) => Compilable<R>) {
  const ask = asked(build);
  return async (db: Db, values: V): Promise<R[]> => ask(db, values);
}

/** Asks for the rows of a kept statement. They come at once where the engine has them at once: a promise less for each statement. */
function asked<V extends object, R>(build: (db: Db, value: Slots<V>) => Compilable<R>) {
  const made = keptFor((db) => make(build, db));
  return (db: Db, values: V): R[] | Promise<R[]> => {
    const { compiled, slots } = made(db);
    const parameters = compiled.parameters.map((own, at) => {
      const slot = slots[at];
      return slot === null || slot === undefined ? own : values[slot];
    });
    return rowsFrom(db, compiled, parameters);
  };
}

/** The rows of a built statement: by the short way where there is one. */
function rowsFrom<R>(db: Db, compiled: CompiledQuery<R>, parameters: readonly unknown[]): R[] | Promise<R[]> {
  const rows = ways.get(db)?.rows(compiled.sql, parameters) as R[] | Promise<R[]> | null | undefined;
  return rows ?? db.executeQuery<R>({ ...compiled, parameters }).then((result) => result.rows);
}

/**
 * How a store takes a statement that is built already, past what builds and guards one: `null` where it takes none that way at
 * this moment. It means the same as `db.executeQuery`.
 */
export interface ShortWay {
  rows(sql: string, parameters: readonly unknown[]): unknown[] | Promise<unknown[]> | null;
}

const ways = new WeakMap<Db, ShortWay>();

/** Kept statements asked of this `db` take that way from now on. For the adapter that made it. */
export function takeShortWay(db: Db, way: ShortWay): void {
  ways.set(db, way);
}

/** One statement without parameters and rows, by the short way where there is one. */
export async function command(db: Db, statement: CompiledQuery): Promise<void> {
  const rows = ways.get(db)?.rows(statement.sql, statement.parameters);
  if (!Array.isArray(rows)) await (rows ?? db.executeQuery(statement));
}

/** The same for statements that give one row at most. */
export function keptOne<V extends object, R>(build: (db: Db, value: Slots<V>) => Compilable<R>) {
  const ask = asked(build);
  return async (db: Db, values: V): Promise<R | undefined> => {
    const rows = ask(db, values);
    return (Array.isArray(rows) ? rows : await rows)[0];
  };
}

/** Values of one list in one statement: a short list asks no long statement, a team of a dozen none for a hundred. */
const listSizes = [8, 24, 100] as const;
const many = 100;

/**
 * A kept statement with a condition on a list (`staff in …`), however long the list is: it is asked for a fixed number of values at
 * a time, the last time filled up with its last one. Gives the rows of all, in no order; `build` must not count or sum them.
 */
export function keptOfMany<V extends object, R>(
  build: (db: Db, value: Slots<V>, list: Expression<string>[]) => Compilable<R>,
) {
  const sized = (size: number) =>
    keptFor((db) => {
      const { compiled, slots } = make<Record<string, unknown>, R>((on, value) => {
        const list = Array.from({ length: size }, (_, at) => value(`${at}`) as Expression<string>);
        return build(on, value as unknown as Slots<V>, list);
      }, db);
      return {
        compiled,
        slots: slots.map((slot) => (/^\d+$/.test(slot ?? '') ? Number(slot) : (slot as keyof V | null))),
      };
    });
  const long = sized(many);
  const all = listSizes.map((size) => ({ size, query: size === many ? long : sized(size) }));
  return async (db: Db, values: V, list: readonly string[]): Promise<R[]> => {
    let found: R[] = [];
    for (let from = 0; from < list.length; from += many) {
      const { compiled, slots } = (all.find(({ size }) => list.length - from <= size)?.query ?? long)(db);
      const parameters = compiled.parameters.map((own, at) => {
        const slot = slots[at];
        if (slot === null || slot === undefined) return own;
        return typeof slot === 'number' ? list[Math.min(from + slot, list.length - 1)] : values[slot];
      });
      const rows = await rowsFrom(db, compiled, parameters);
      found = found.length === 0 ? rows : found.concat(rows);
    }
    return found;
  };
}

/** What is made once for each engine. */
function keptFor<T>(build: (db: Db) => T): (db: Db) => T {
  const made = new WeakMap<object, { of: T }>();
  return (db) => {
    const engine = db.getExecutor().adapter.constructor;
    const known = made.get(engine);
    if (known) return known.of;
    const of = build(db);
    made.set(engine, { of });
    return of;
  };
}

/** A row whose values are filled in later. */
export type RowOf<Row> = { [K in keyof Row]: Expression<Row[K]> };

const mostRows = 50;
/** Rows of one statement: what is left over of many goes in statements of fewer. */
const rowsAtOnce = [mostRows, 8, 4, 2, 1] as const;
/** So many statements are on their way at once: on a server that is one way there and back, however many they are. */
const statementsAtOnce = 20;

/** A kept statement that writes rows with these columns, however many there are. */
export function keptRows<Row extends object>(
  columns: readonly (keyof Row & string)[],
  build: (db: Db, rows: RowOf<Row>[]) => Compilable<unknown>,
) {
  const made = keptFor((db) => rowsAtOnce.map((size) => writtenBy(size, columns, build, db)));
  return async (db: Db, rows: readonly Row[]): Promise<void> => {
    let from = 0;
    let onTheirWay: unknown[] = [];
    for (const { size, compiled, places } of made(db)) {
      for (; rows.length - from >= size; from += size) {
        const parameters = compiled.parameters.map((own, at) => {
          const place = places[at];
          return place === null || place === undefined ? own : rows[from + place.row]?.[place.column as keyof Row];
        });
        onTheirWay.push(rowsFrom(db, compiled, parameters));
        if (onTheirWay.length < statementsAtOnce) continue;
        await Promise.all(onTheirWay);
        onTheirWay = [];
      }
    }
    await Promise.all(onTheirWay);
  };
}

/** A statement for so many rows; `places` says of each parameter which column of which row it takes. */
interface Written {
  size: number;
  compiled: CompiledQuery<unknown>;
  places: ({ row: number; column: string } | null)[];
}

function writtenBy<Row extends object>(
  size: number,
  columns: readonly (keyof Row & string)[],
  build: (db: Db, rows: RowOf<Row>[]) => Compilable<unknown>,
  db: Db,
): Written {
  const { compiled, slots } = make<Record<string, unknown>, unknown>((on, value) => {
    const row = (at: number) => columns.map((column) => [column, value(`${at} ${column}`)]);
    return build(
      on,
      Array.from({ length: size }, (_, at) => Object.fromEntries(row(at)) as RowOf<Row>),
    );
  }, db);
  const places = slots.map((slot) => {
    const [row = '', column = ''] = slot?.split(' ') ?? [];
    return slot === null ? null : { row: Number(row), column };
  });
  return { size, compiled, places };
}

function make<V extends object, R>(build: (db: Db, value: Slots<V>) => Compilable<R>, db: Db): Made<V, R> {
  const names = new Map<unknown, keyof V>();
  const compiled = build(db, <K extends keyof V>(name: K) => {
    const slot = new Slot<V[K]>();
    names.set(slot, name);
    return slot;
  }).compile();
  return { compiled, slots: compiled.parameters.map((parameter) => names.get(parameter) ?? null) };
}

/** A value that is its own mark: it comes out again among the parameters of the compiled statement. */
class Slot<T> implements Expression<T> {
  get expressionType(): T | undefined {
    return undefined;
  }

  toOperationNode(): ValueNode {
    return { kind: 'ValueNode', value: this };
  }
}
