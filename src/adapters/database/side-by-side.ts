import { type Db, StoreUnavailable } from '../../ports/database.ts';
import { type AtEnd, MustBeAlone, type SideBySide, standSideBySide } from '../../ports/side-by-side.ts';

interface UseCase {
  run(db: Db): Promise<() => void>;
}

/** Use-cases that run side by side in one transaction, and what they leave to its end (decision 0020). */
export class Company implements SideBySide {
  readonly #left = new Map<string, { ids: Set<string>; work: AtEnd }>();

  /**
   * What answers each of them once it is committed; null for one that must be alone. Throws, when all have ended, where one has
   * failed: a fault of the store before all others.
   */
  async work(db: Db, all: readonly UseCase[]): Promise<((() => void) | null)[]> {
    standSideBySide(db, this);
    const ended = await Promise.allSettled(all.map((one) => one.run(db)));
    const faults = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])).filter(isFault);
    if (faults.length > 0) throw faults.find((fault) => fault instanceof StoreUnavailable) ?? faults[0];
    await this.#end(db);
    return ended.map((one) => (one.status === 'fulfilled' ? one.value : null));
  }

  leave(what: string, ids: readonly string[], work: AtEnd): void {
    const held = this.#left.get(what)?.ids ?? new Set();
    for (const id of ids) held.add(id);
    this.#left.set(what, { ids: held, work });
  }

  /** Work that is done here may leave more. */
  async #end(db: Db): Promise<void> {
    for (;;) {
      const [what] = [...this.#left.keys()].sort();
      const left = what === undefined ? undefined : this.#left.get(what);
      if (what === undefined || !left) return;
      this.#left.delete(what);
      await left.work(db, [...left.ids].sort());
    }
  }
}

const isFault = (reason: unknown) => !(reason instanceof MustBeAlone);
