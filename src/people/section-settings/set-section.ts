import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { sectionsHeadedBy } from '../duties/acting.ts';
import { staffMemberOn } from '../queries.ts';
import { isHeld, keyOf } from '../sections/find-section.ts';
import { allSections } from '../sections/queries.ts';
import { putSetting, type SettingName, settingsOn } from './queries.ts';
import type { HeadSetting } from './rules.ts';

/** A section as its key (code, or path where it has none) and its path on the date asked about. */
export interface OwnSection {
  key: string;
  path: string;
}

/** Sections whose 所属長 this person is on a date: those of `posts`, and the one the person stands in. In order of their paths. */
export async function ownSections(db: Db, head: string, date: LocalDate): Promise<OwnSection[]> {
  const keys = await sectionsHeadedBy(db, await staffMemberOn(db, head, date), head, date);
  const paths = await pathsOn(db, date);
  return keys
    .map((key) => ({ key, path: paths.get(key) ?? key }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** What heads have set under a name as it holds on a date, by the path of the section. A section that is gone says nothing. */
export async function headSettings(db: Db, name: SettingName, date: LocalDate): Promise<HeadSetting[]> {
  const rows = await settingsOn(db, name, date);
  if (rows.length === 0) return [];
  const paths = await pathsOn(db, date);
  const known = new Set((await allSections(db)).map(keyOf));
  return rows.flatMap((row) => {
    const path = paths.get(row.section_id) ?? (known.has(row.section_id) ? undefined : row.section_id);
    return path === undefined ? [] : [{ path, value: row.value }];
  });
}

/** Keeps what a head decided for a section, from a day on. The caller has made sure that it is the head's own, and audits it. */
export async function setSection(
  db: Db,
  setting: { section: string; name: SettingName; value: string; from: LocalDate; head: string; at: Instant },
): Promise<void> {
  const { section, name, value, from, head, at } = setting;
  await putSetting(db, { section_id: section, name, value, valid_from: from, set_by: head, set_at: at });
}

/** Paths of the sections held on a date by their keys; a 局区 or 部 without a row of its own has its path as key. */
async function pathsOn(db: Db, date: LocalDate): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const section of (await allSections(db)).filter((one) => isHeld(one, date))) {
    const levels = section.path.split('/');
    for (let length = 1; length < levels.length; length += 1) {
      const above = levels.slice(0, length).join('/');
      paths.set(above, above);
    }
    paths.set(keyOf(section), section.path);
  }
  return paths;
}
