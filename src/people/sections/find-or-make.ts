import type { Db } from '../../ports/database.ts';
import type { SectionTable } from '../../ports/tables.ts';
import { chunks } from '../record-import.ts';
import { allSections, keyOf, pathOf } from './queries.ts';

interface Placed {
  bureau: string;
  division: string;
  unit: string;
  section_code: string | null;
}

/** Finds the sections of a staff file; `made` are those the store does not hold and the file brings. */
export async function findOrMakeSections(
  db: Db,
  importId: string,
): Promise<{ keyFor(place: Placed): string; made: SectionTable[] }> {
  const held = await allSections(db);
  const byCode = new Map(held.flatMap((section) => (section.code === null ? [] : [[section.code, section]])));
  const byPath = new Map(held.map((section) => [section.path, section]));
  const made: SectionTable[] = [];
  const make = (place: Placed): SectionTable => {
    const { bureau, division, unit, section_code: code } = place;
    const path = pathOf(place);
    const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
    const section = { id: code ?? path, code, bureau, division, unit, path, ...open, import_id: importId };
    made.push(section);
    byPath.set(path, section);
    if (code !== null) byCode.set(code, section);
    return section;
  };
  return {
    made,
    keyFor(place) {
      const { section_code: code } = place;
      const found = code === null ? byPath.get(pathOf(place)) : byCode.get(code);
      return keyOf(found ?? make(place));
    },
  };
}

export async function insertSections(db: Db, sections: SectionTable[]): Promise<void> {
  for (const some of chunks(sections)) {
    await db
      .insertInto('section')
      .values(some)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}
