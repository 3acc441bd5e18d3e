import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { findSection, type ResolvedSection } from './find-section.ts';
import { allSections } from './queries.ts';

/**
 * The section a text means on that date: its code, its path `局区/部/課`, or a bare name where that is unique. Otherwise a
 * sentence, with the candidates listed.
 */
export async function resolveSection(db: Db, text: string, date: LocalDate): Promise<ResolvedSection> {
  return findSection(await allSections(db), text, date);
}
