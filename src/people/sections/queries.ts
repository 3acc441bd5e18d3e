import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { SectionTable } from '../../ports/tables.ts';

/** `局区/部/課`; empty levels are left out: `局区/課`. */
export function pathOf(levels: { bureau: string; division: string; unit: string }): string {
  return [levels.bureau, levels.division, levels.unit].filter((level) => level !== '').join('/');
}

/** What stands for a section in posts and staff rows: its code, or its path where it has none. */
export function keyOf(section: Pick<SectionTable, 'code' | 'path'>): string {
  return section.code ?? section.path;
}

export function allSections(db: Db): Promise<SectionTable[]> {
  return db.selectFrom('section').selectAll().orderBy('path').execute();
}

function isHeld(section: SectionTable, date: LocalDate): boolean {
  const begun = section.valid_from === null || section.valid_from <= date;
  return begun && (section.valid_to === null || section.valid_to >= date);
}

export type ResolvedSection = { path: string; key: string } | { problem: string; candidates: string[] };

/**
 * The section a text means on that date: its code, its path `局区/部/課`, or a bare name where that is unique. Otherwise a
 * sentence, with the candidates listed.
 */
export async function resolveSection(db: Db, text: string, date: LocalDate): Promise<ResolvedSection> {
  const wanted = text.normalize('NFKC').trim();
  const held = (await allSections(db)).filter((section) => isHeld(section, date));
  const exact = held.find((section) => section.code === wanted || section.path.normalize('NFKC') === wanted);
  if (exact) return { path: exact.path, key: keyOf(exact) };
  const named = held.filter((section) => section.path.normalize('NFKC').split('/').at(-1) === wanted);
  const paths = [...new Set(named.map((section) => section.path))];
  const [only] = named;
  if (only && paths.length === 1) return { path: only.path, key: keyOf(only) };
  if (isLevel(held, wanted)) return { path: wanted, key: wanted };
  if (paths.length === 0) return { problem: `所属「${text}」は見つかりません。`, candidates: [] };
  return { problem: `所属「${text}」は一つに決まりません。候補: ${paths.join('、')}`, candidates: paths };
}

/** A bureau or division above sections that are held, even where it has no row of its own. */
function isLevel(held: SectionTable[], wanted: string): boolean {
  return held.some((section) => section.path.normalize('NFKC').startsWith(`${wanted}/`));
}
