import { CompiledQuery } from 'kysely';
import { type Db, type Patience, StoreUnavailable } from '../../ports/database.ts';
import { command } from '../../ports/kept-query.ts';
import { Company } from './side-by-side.ts';

/** So many use-cases share a commit at most, one after the other. */
const mostInTurn = 16;

const keep = CompiledQuery.raw('savepoint use_case');
const takeBack = CompiledQuery.raw('rollback to savepoint use_case');
const done = CompiledQuery.raw('release savepoint use_case');
/** Between two use-cases, for an engine that takes a statement at a time, and for one that takes both in one message. */
export const oneByOne = [done, keep];
export const inOneMessage = [CompiledQuery.raw('release savepoint use_case; savepoint use_case')];

/** How an engine takes use-cases together. */
export interface Engine {
  /** One transaction, given up after so many milliseconds; with `names`, beside those of others that have other names. */
  transact<T>(work: (db: Db) => Promise<T>, within: number, names?: readonly string[]): Promise<T>;
  /** So many use-cases share a commit at most, side by side. */
  mostBeside: number;
  /** Between two use-cases that follow each other. */
  between: readonly CompiledQuery[];
  /** Whether a transaction was taken back that may be taken in smaller parts, one after the other. */
  isConflict(error: unknown): boolean;
}

interface Waiting {
  /** Elapsed time at which nobody waits any more. */
  end: number;
  /** What it changes, where it may go beside others. */
  names: readonly string[] | null;
  /** Does the work; what it gives answers whoever waits, once it is committed. */
  run(db: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/**
 * Use-cases that wait for the store at the same time share one transaction and its commit (decision 0013). They run one after the
 * other, each under a savepoint: one that fails is taken back alone. Those that change nothing in common run side by side (0020);
 * where that fails, they run once more, one after the other. Everybody is answered after the commit; where it fails, everybody has
 * failed.
 */
export class SharedCommits {
  readonly #engine: Engine;
  #waiting: Waiting[] = [];
  #going = false;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  add<T>(work: (db: Db) => Promise<T>, { within, beside }: Patience): Promise<T> {
    return new Promise((resolve, fail) => {
      const run = async (db: Db) => {
        const result = await work(db);
        return () => resolve(result);
      };
      this.#waiting.push({ end: performance.now() + within, names: beside ?? null, run, fail });
      if (this.#going) return;
      this.#going = true;
      // What else has come in with the same turn of the event loop goes along.
      setImmediate(() => void this.#go());
    });
  }

  async #go(): Promise<void> {
    while (this.#waiting.length > 0) {
      const company = companyAmong(this.#waiting, this.#engine.mostBeside);
      if (company > 0) await this.#sideBySide(this.#waiting.splice(0, company));
      else await this.#inTurn(this.#waiting.splice(0, aloneAmong(this.#waiting)));
    }
    this.#going = false;
  }

  async #inTurn(all: Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    const [first] = all;
    try {
      if (first) await this.#engine.transact((db) => this.#each(db, all, answers), first.end - performance.now());
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
    for (const one of others) await this.#guarded(db, one, answers, this.#engine.between);
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

  /** Where one fails or meets a conflict, nothing was kept, and all go once more, in turn: who is to blame is told there. */
  async #sideBySide(all: Waiting[]): Promise<void> {
    const names = all.flatMap((one) => one.names ?? []);
    const within = (all[0]?.end ?? 0) - performance.now();
    try {
      const answers = await this.#engine.transact((db) => new Company().work(db, all), within, names);
      for (const answer of answers) answer?.();
      const alone = all.filter((_, at) => answers[at] === null);
      if (alone.length > 0) await this.#inTurn(alone);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || this.#engine.isConflict(error)) return this.#inTurn(all);
      for (const { fail } of all) fail(error);
    }
  }
}

/** How many of the first may go side by side: no two of them change the same. 0 where the first goes alone. */
function companyAmong(waiting: readonly Waiting[], most: number): number {
  const taken = new Set<string>();
  return lengthOf(waiting, most, ({ names }) => {
    if (names === null || names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

/** How many of the first go one after the other. */
function aloneAmong(waiting: readonly Waiting[]): number {
  return lengthOf(waiting, mostInTurn, ({ names }) => names === null);
}

function lengthOf(waiting: readonly Waiting[], most: number, belongs: (one: Waiting) => boolean): number {
  const end = waiting.slice(0, most).findIndex((one) => !belongs(one));
  return end === -1 ? Math.min(most, waiting.length) : end;
}

/** Why a use-case was not committed that did nothing wrong itself. */
function blameless(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  return new StoreUnavailable('What was to be committed together was not committed.', { cause: error });
}
