import type { LocalDate } from '../../ports/clock.ts';
import type { SectionTable } from '../../ports/tables.ts';

/** `局区/部/課`; empty levels are left out: `局区/課`. */
export function pathOf(levels: { bureau: string; division: string; unit: string }): string {
  return [levels.bureau, levels.division, levels.unit].filter((level) => level !== '').join('/');
}

/** What stands for a section in posts and staff rows: its code, or its path where it has none. */
export function keyOf(section: Pick<SectionTable, 'code' | 'path'>): string {
  return section.code ?? section.path;
}

/** Whether a section is there on that date; 開始 and 終了 are days on which it is. */
export function isHeld(section: SectionTable, date: LocalDate): boolean {
  const begun = section.valid_from === null || section.valid_from <= date;
  return begun && (section.valid_to === null || section.valid_to >= date);
}

/** One writing for full and half width, so that `ＩＣＴ` and `ICT` are one name. */
export function plainName(name: string): string {
  return name.normalize('NFKC').trim();
}

export type ResolvedSection = { path: string; key: string } | { problem: string; candidates: string[] };

/**
 * The section a text means on that date: its code, its path, or a bare name where that is unique. A 局区 or 部 above a
 * section is one as well, even where it has no row of its own. Otherwise a sentence, with the candidates listed.
 */
export function findSection(sections: readonly SectionTable[], text: string, date: LocalDate): ResolvedSection {
  const wanted = plainName(text);
  const held = sections.filter((section) => isHeld(section, date));
  const coded = held.find((section) => section.code === wanted);
  if (coded) return { path: coded.path, key: keyOf(coded) };
  const places = placesOf(held);
  const exact = places.filter((place) => plainName(place.path) === wanted);
  const found = exact.length > 0 ? exact : places.filter((place) => plainName(lastLevel(place.path)) === wanted);
  const [only, ...others] = found;
  if (only === undefined) return { problem: `所属「${text}」は見つかりません。`, candidates: [] };
  if (others.length === 0) return only;
  const candidates = found.map((place) => written(place, found));
  return { problem: `所属「${text}」は一つに決まりません。候補: ${candidates.join('、')}`, candidates };
}

interface Place {
  path: string;
  key: string;
}

/** The sections, and the levels above them that have no row. */
function placesOf(held: readonly SectionTable[]): Place[] {
  const places = new Map(held.map((section) => [keyOf(section), { path: section.path, key: keyOf(section) }]));
  const paths = new Set(held.map((section) => section.path));
  for (const path of paths) {
    const levels = path.split('/');
    for (let depth = 1; depth < levels.length; depth += 1) {
      const above = levels.slice(0, depth).join('/');
      if (!paths.has(above)) places.set(above, { path: above, key: above });
    }
  }
  return [...places.values()].toSorted((a, b) => (`${a.path} ${a.key}` < `${b.path} ${b.key}` ? -1 : 1));
}

function lastLevel(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where the path is that of several, the code tells them apart. */
function written(place: Place, among: Place[]): string {
  const same = among.filter((other) => other.path === place.path).length;
  return same > 1 && place.key !== place.path ? `${place.path}（${place.key}）` : place.path;
}
