import type { Db } from '../../ports/database.ts';
import type { SectionTable } from '../../ports/tables.ts';

/** Every section ever held, in the order of path and code. */
export function allSections(db: Db): Promise<SectionTable[]> {
  return db.selectFrom('section').selectAll().orderBy('path').orderBy('code').execute();
}
