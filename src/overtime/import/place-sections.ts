import { type ProblemList, problemAt } from '../../intake/index.ts';
import { allSections, findSection } from '../../people/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { type HoursFile, valueAt } from './read-hours.ts';

/** The key of the section a row names, null where it names none. */
export type SectionOf = (row: number) => string | null;

/** Finds every 所属 of a file as it was on the row's day (code, 局区/部/課, or a bare name where it is unique). */
export async function placeSections(db: Db, file: HoursFile, problems: ProblemList): Promise<SectionOf> {
  if (file.section.distinct.values.every((text) => text === '')) return () => null;
  const sections = await allSections(db);
  const changes = [
    ...new Set(sections.flatMap(({ valid_from, valid_to }) => [valid_from ?? '', valid_to ?? ''])),
  ].sort();
  const found = new Map<string, ReturnType<typeof findSection>>();
  const foundFor = (text: string, date: LocalDate) => {
    const key = `${changes.findLastIndex((change) => change < date)} ${changes.includes(date)} ${text}`;
    const known = found.get(key) ?? findSection(sections, text, date);
    found.set(key, known);
    return known;
  };
  const keys: (string | null)[] = [];
  for (let row = 0; row < file.length; row += 1) {
    const text = valueAt(file.section, row);
    const section = text === '' ? null : foundFor(text, valueAt(file.date, row));
    if (section !== null && 'problem' in section)
      problems.add(problemAt(file.line.at(row), '所属', text, section.problem));
    keys.push(section === null || 'problem' in section ? null : section.key);
  }
  return (row) => keys[row] ?? null;
}
