import type { Statement } from './postgres-burst.ts';
import { isNoStatement } from './postgres-faults.ts';
import { isRead, type NameOf } from './postgres-many-in-one.ts';
import { askOneByOne, inSets } from './postgres-sets.ts';

interface Asked extends Statement {
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
  /** The same question, asked by others at the same time. */
  same: Asked[];
}

/** How statements go to the server. */
interface Way {
  send(statements: Statement[]): Promise<unknown[][]>;
  nameOf: NameOf;
}

/**
 * What is asked at the same turn of the event loop leaves together, in the order in which it was asked. A question that was
 * asked already since nothing was written is answered with the same rows; what differs in its values alone goes as one statement.
 */
export class Gathering {
  readonly #way: Way;
  #waiting: Asked[] = [];

  constructor(way: Way) {
    this.#way = way;
  }

  ask(statement: Statement): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const asked = { ...statement, resolve, reject, same: [] };
      const known = isRead(statement.text) ? this.#waiting.find((one) => isSame(one, statement)) : undefined;
      if (known) return void known.same.push(asked);
      if (this.#waiting.length === 0) setImmediate(() => this.leave());
      this.#waiting.push(asked);
    });
  }

  /** What waits goes now. */
  leave(): void {
    const all = this.#waiting;
    if (all.length === 0) return;
    this.#waiting = [];
    const going = inSets(all, this.#way.nameOf);
    this.#way.send(going.map(({ statement }) => statement)).then(
      (rows) => {
        for (const [at, { asked, rowsOf }] of going.entries())
          for (const [place, one] of asked.entries()) answer(one, rowsOf(rows[at] ?? [], place));
      },
      (error: unknown) => {
        if (isNoStatement(error)) askOneByOne(going);
        for (const one of all) for (const each of [one, ...one.same]) each.reject(error);
      },
    );
  }
}

function answer({ resolve, same }: Asked, rows: unknown[]): void {
  resolve(rows);
  for (const one of same) one.resolve([...rows]);
}

function isSame(one: Statement, other: Statement): boolean {
  return one.text === other.text && one.values.every((value, at) => value === other.values[at]);
}
