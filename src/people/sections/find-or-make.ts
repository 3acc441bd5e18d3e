import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { SectionTable } from '../../ports/tables.ts';
import { chunks } from '../record-import.ts';
import { isHeld, keyOf, pathOf, plainName } from './find-section.ts';
import { giveWay } from './give-way.ts';
import { allSections } from './queries.ts';

interface Placed {
  bureau: string;
  division: string;
  unit: string;
  section_code: string | null;
}

export interface Sections {
  /** The key of the section in which a row stands; a code says it, else the path. */
  keyFor(place: Placed): string;
  /** Those the store does not hold and the file brings. */
  made: SectionTable[];
}

/**
 * Finds the sections of the rows of a staff file as they are on the day from which it holds. A row without a code stands in
 * the section of that path, also where only another row of the file gives its code. Nothing is written.
 */
export async function findOrMakeSections(
  db: Db,
  importId: string,
  date: LocalDate,
  places: readonly Placed[],
): Promise<Sections> {
  const held = await allSections(db);
  const codes = new Set(held.flatMap((section) => section.code ?? []));
  const byPath = new Map<string, SectionTable>();
  const note = (section: SectionTable) => {
    const known = byPath.get(plainName(section.path));
    if (known === undefined || (known.code === null && section.code !== null))
      byPath.set(plainName(section.path), section);
  };
  for (const section of held) if (isHeld(section, date)) note(section);
  const made: SectionTable[] = [];
  const make = (place: Placed): SectionTable => {
    const section = newSection(place, importId);
    made.push(section);
    note(section);
    return section;
  };
  for (const place of places) {
    const { section_code: code } = place;
    if (code === null || codes.has(code)) continue;
    codes.add(code);
    make(place);
  }
  const keyFor = (place: Placed): string =>
    place.section_code ?? keyOf(byPath.get(plainName(pathOf(place))) ?? make(place));
  return { made, keyFor };
}

function newSection(place: Placed, importId: string): SectionTable {
  const { bureau, division, unit, section_code: code } = place;
  const path = pathOf(place);
  const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
  return { id: code ?? path, code, bureau, division, unit, path, ...open, import_id: importId };
}

/** Writes the sections that a staff file brings. One held without a code gives way to the one that has it now. */
export async function insertSections(db: Db, sections: SectionTable[]): Promise<void> {
  for (const some of chunks(sections)) {
    await db
      .insertInto('section')
      .values(some)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
  for (const { code, path, import_id } of sections) if (code !== null) await giveWay(db, { code, path, import_id });
}
