import type { Db } from './database.ts';

/** What is done once, at the end of a commit, for all who left it: `ids` are theirs together, each once, in order. */
export type AtEnd = (db: Db, ids: string[]) => Promise<void>;

/** Use-cases that a store takes side by side in one transaction (`Patience.beside`, decision 0020). */
export interface SideBySide {
  leave(what: string, ids: readonly string[], work: AtEnd): void;
}

const companies = new WeakMap<Db, SideBySide>();

/** From now on use-cases on this `db` stand side by side. For the adapter that made it. */
export function standSideBySide(db: Db, company: SideBySide): void {
  companies.set(db, company);
}

/**
 * Changes what belongs to others. Where use-cases stand side by side it is done at the end of their commit, once for all that
 * left the same kind of work (`what`), kinds and ids in order, so that no two services wait for each other; else at once.
 */
export async function atEnd(db: Db, what: string, ids: readonly string[], work: AtEnd): Promise<void> {
  const company = companies.get(db);
  if (!company) return work(db, [...ids]);
  company.leave(what, ids, work);
}

/**
 * Throws where the use-case stands side by side with others; the store then takes it again, alone. To be asked before anything
 * is written.
 */
export function mustBeAlone(db: Db): void {
  if (companies.has(db)) throw new MustBeAlone();
}

/** The use-case has found that it depends on what others change. */
export class MustBeAlone extends Error {
  override readonly name = 'MustBeAlone';
}
