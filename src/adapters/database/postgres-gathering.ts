import type { Statement } from './postgres-burst.ts';

interface Asked extends Statement {
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
  /** The same question, asked by others at the same time. */
  same: Asked[];
}

/**
 * What is asked at the same turn of the event loop leaves together, in the order in which it was asked. A question that was
 * asked already since nothing was written is answered with the same rows.
 */
export class Gathering {
  readonly #send: (statements: Statement[]) => Promise<unknown[][]>;
  #waiting: Asked[] = [];

  constructor(send: (statements: Statement[]) => Promise<unknown[][]>) {
    this.#send = send;
  }

  ask(statement: Statement): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const asked = { ...statement, resolve, reject, same: [] };
      const known = isRead(statement) ? this.#waiting.find((one) => isSame(one, statement)) : undefined;
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
    this.#send(all).then(
      (rows) => {
        for (const [at, one] of all.entries()) answer(one, rows[at] ?? []);
      },
      (error: unknown) => {
        for (const one of all) for (const each of [one, ...one.same]) each.reject(error);
      },
    );
  }
}

function answer({ resolve, same }: Asked, rows: unknown[]): void {
  resolve(rows);
  for (const one of same) one.resolve([...rows]);
}

const isRead = ({ text }: Statement) => text.startsWith('select');

function isSame(one: Statement, other: Statement): boolean {
  return one.text === other.text && one.values.every((value, at) => value === other.values[at]);
}
