import { type Db, StoreUnavailable } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import { isAccepted } from './gate/count-answer.ts';
import { type Answer, recordAnswers } from './record-result.ts';

const againAfter = 1000;
/** Accepted calls wait so long for others, in elapsed milliseconds, to be recorded in one transaction; what was not accepted waits for nobody. */
const linger = 160;
const atOnce = 8;

interface Waiting {
  answer: Answer;
  done(moreWaits: boolean): void;
  failed(error: unknown): void;
}

/**
 * Writes down what came of calls, those that came close together in one transaction; where calls go out steadily that is the one of
 * the next claim.
 */
export class Recorder {
  readonly #ports: Ports;
  readonly #stopping: AbortSignal;
  readonly #underWay: () => number;
  #waiting: Waiting[] = [];
  #lingering: AbortController | null = null;
  #writing: Promise<void> = Promise.resolve();

  /** `underWay`: calls that are not recorded yet; where nothing more is to come, nobody waits. */
  constructor(ports: Ports, stopping: AbortSignal, underWay: () => number) {
    this.#ports = ports;
    this.#stopping = stopping;
    this.#underWay = underWay;
  }

  /** Resolves when it is written; true where something may wait for it that did not wait before. */
  record(answer: Answer): Promise<boolean> {
    return new Promise((done, failed) => {
      this.#waiting.push({ answer, done, failed });
      const enough = this.#waiting.length >= Math.min(atOnce, this.#underWay());
      if (enough || !isAccepted(answer.result) || this.#stopping.aborted) this.#write();
      else void this.#linger();
    });
  }

  /** Nobody waits for others any more: the service stops. */
  hurry(): void {
    this.#lingering?.abort('stopping');
  }

  /** What lingers now is written by `before` in the transaction of that work, and by itself where that does not come about. */
  async along<T>(work: (before?: (db: Db) => Promise<void>) => Promise<T>): Promise<T> {
    if (this.#lingering === null) return work();
    const batch = this.#take();
    let moreWaits = false;
    try {
      const result = await work(async (db) => {
        moreWaits = await recordAnswers(this.#ports, db, answersOf(batch));
      });
      for (const { done } of batch) done(moreWaits);
      return result;
    } catch (error) {
      this.#waiting.unshift(...batch);
      this.#write();
      throw error;
    }
  }

  /** All that waits; nobody lingers for it any more. */
  #take(): Waiting[] {
    this.#endLingering();
    return this.#waiting.splice(0);
  }

  #endLingering(): void {
    const lingering = this.#lingering;
    this.#lingering = null;
    lingering?.abort('written');
  }

  async #linger(): Promise<void> {
    if (this.#lingering) return;
    const over = new AbortController();
    this.#lingering = over;
    await this.#ports.clock.wait(linger, over.signal);
    if (this.#lingering === over) this.#write();
  }

  #write(): void {
    this.#endLingering();
    this.#writing = this.#writing.then(() => this.#writeWaiting());
  }

  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting.splice(0);
    if (batch.length === 0) return;
    try {
      const moreWaits = await this.#commit(batch);
      for (const { done } of batch) done(moreWaits);
    } catch (error) {
      if (batch.length === 1 || error instanceof StoreUnavailable) for (const { failed } of batch) failed(error);
      else for (const one of batch) await this.#commit([one]).then(one.done, one.failed);
    }
  }

  #commit(batch: Waiting[]): Promise<boolean> {
    return persisted(this.#ports, this.#stopping, () =>
      this.#ports.database.transaction((db) => recordAnswers(this.#ports, db, answersOf(batch))),
    );
  }
}

const answersOf = (batch: Waiting[]) => batch.map(({ answer }) => answer);

/** What happened must be written down: while the store does not answer, this waits and tries again until the service stops. */
export async function persisted<T>(ports: Ports, stopping: AbortSignal, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || stopping.aborted) throw error;
      ports.log.error('The store does not answer; a result waits to be recorded');
      await ports.clock.wait(againAfter, stopping);
    }
  }
}
