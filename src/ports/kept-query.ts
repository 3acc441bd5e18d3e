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
  const made = new WeakMap<object, Made<V, R>>();
  return async (db: Db, values: V): Promise<R[]> => {
    const engine = db.getExecutor().adapter.constructor;
    const { compiled, slots } = made.get(engine) ?? make(build, db);
    if (!made.has(engine)) made.set(engine, { compiled, slots });
    const parameters = compiled.parameters.map((own, at) => {
      const slot = slots[at];
      return slot === null || slot === undefined ? own : values[slot];
    });
    return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
  };
}

/** The same for statements that give one row at most. */
export function keptOne<V extends object, R>(build: (db: Db, value: Slots<V>) => Compilable<R>) {
  const rows = kept(build);
  return async (db: Db, values: V): Promise<R | undefined> => (await rows(db, values))[0];
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
