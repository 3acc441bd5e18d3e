import { CompiledQuery } from 'kysely';
import { type Db, StoreUnavailable } from '../../ports/database.ts';
import { command } from '../../ports/kept-query.ts';

/** So many use-cases share a commit at most. */
const mostTogether = 16;

const keep = CompiledQuery.raw('savepoint use_case');
const takeBack = CompiledQuery.raw('rollback to savepoint use_case');
const done = CompiledQuery.raw('release savepoint use_case');
/** Between two use-cases, for an engine that takes a statement at a time, and for one that takes both in one message. */
export const oneByOne = [done, keep];
export const inOneMessage = [CompiledQuery.raw('release savepoint use_case; savepoint use_case')];

interface Waiting {
  /** Elapsed time at which nobody waits any more. */
  end: number;
  /** Does the work; what it gives answers whoever waits, once it is committed. */
  run(db: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/** One transaction of an engine, given up after so many milliseconds. */
type Transact = (work: (db: Db) => Promise<void>, within: number) => Promise<void>;

/**
 * Use-cases that wait for the store at the same time run one after the other in one transaction and share its commit (decision
 * 0013). Each stands under a savepoint: one that fails is taken back alone. Everybody is answered after the commit; where it
 * fails, everybody has failed.
 */
export class SharedCommits {
  readonly #transact: Transact;
  readonly #between: readonly CompiledQuery[];
  #waiting: Waiting[] = [];
  #going = false;

  constructor(transact: Transact, between: readonly CompiledQuery[]) {
    this.#transact = transact;
    this.#between = between;
  }

  add<T>(work: (db: Db) => Promise<T>, within: number): Promise<T> {
    return new Promise((resolve, fail) => {
      const run = async (db: Db) => {
        const result = await work(db);
        return () => resolve(result);
      };
      this.#waiting.push({ end: performance.now() + within, run, fail });
      if (this.#going) return;
      this.#going = true;
      // What else has come in with the same turn of the event loop goes along.
      setImmediate(() => void this.#go());
    });
  }

  async #go(): Promise<void> {
    while (this.#waiting.length > 0) await this.#together(this.#waiting.splice(0, mostTogether));
    this.#going = false;
  }

  async #together(all: Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    const [first] = all;
    try {
      if (first) await this.#transact((db) => this.#each(db, all, answers), first.end - performance.now());
    } catch (error) {
      for (const { fail } of all) fail(all.length === 1 ? error : blameless(error));
      return;
    }
    for (const answer of answers) answer();
  }

  async #each(db: Db, all: Waiting[], answers: (() => void)[]): Promise<void> {
    const [first, ...others] = all;
    if (first && others.length === 0) return void answers.push(await first.run(db));
    if (first) await this.#guarded(db, first, answers, [keep]);
    for (const one of others) await this.#guarded(db, one, answers, this.#between);
  }

  /**
   * A fault of the store takes everything with it; any other error belongs to the use-case that met it. The last savepoint goes
   * with the commit.
   */
  async #guarded(db: Db, { run, fail }: Waiting, answers: (() => void)[], before: readonly CompiledQuery[]) {
    try {
      const saved = before.map((statement) => command(db, statement));
      const [answer] = await Promise.all([run(db), ...saved]);
      answers.push(answer);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      await command(db, takeBack);
      fail(error);
    }
  }
}

/** Why a use-case was not committed that did nothing wrong itself. */
function blameless(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  return new StoreUnavailable('What was to be committed together was not committed.', { cause: error });
}
