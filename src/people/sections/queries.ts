import type { Db } from '../../ports/database.ts';
import { kept } from '../../ports/kept-query.ts';
import type { SectionTable } from '../../ports/tables.ts';

/** Every section ever held, in the order of path and code. */
export function allSections(db: Db): Promise<SectionTable[]> {
  return sections(db, {});
}

const sections = kept((db) => db.selectFrom('section').selectAll().orderBy('path').orderBy('code'));
