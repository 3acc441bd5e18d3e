import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, type Slots } from '../../ports/kept-query.ts';
import { staffMemberOn } from '../queries.ts';
import type { StaffMember } from '../rules.ts';
import { keyOf } from '../sections/find-section.ts';
import { deputiesOf, postsOf } from './acting.ts';

const mostLevels = 5;

/**
 * Who may be asked in place of a head on that date, whether they are there or not (P3): stand-ins in order (代理, then
 * 事務取扱 and the like, then the 代決者), and the 所属長 above the head, nearest first.
 */
export async function standInsFor(
  db: Db,
  head: string,
  date: LocalDate,
): Promise<{ deputies: string[]; above: string[] }> {
  const person = await staffMemberOn(db, head, date);
  const deputies = (await deputiesOf(db, person, head, date)).filter((staff) => staff !== head);
  const above: string[] = [];
  for (let next = person?.head ?? null; next !== null && above.length < mostLevels; ) {
    if (next === head || above.includes(next)) break;
    above.push(next);
    next = (await staffMemberOn(db, next, date))?.head ?? null;
  }
  return { deputies, above };
}

/** Who stands in for the 所属長 of a section whose post is vacant on that date: 代理, then 事務取扱 and the like by posts. */
export async function standInsOfSection(db: Db, section: string, date: LocalDate): Promise<string[]> {
  const held = await postsOf(db, [section], date);
  const of = (role: string) => held.flatMap((post) => (post.role === role && post.staff !== null ? [post.staff] : []));
  return [...new Set([...of('代理'), ...of('所属長')])];
}

/** 庶務担当 of a person's section on that date; where there is none, of the 部, else of the 局区 (P1, P3). */
export async function officeOf(
  db: Db,
  member: Pick<StaffMember, 'section_id' | 'bureau' | 'division'>,
  date: LocalDate,
): Promise<string[]> {
  const sections = await sectionsOf(db, member);
  const ids = (fits: (division: string) => boolean) => sections.filter((one) => fits(one.division)).map(keyOf);
  const inDivision = ids((division) => division === member.division);
  for (const among of [[member.section_id], inDivision, ids(() => true)]) {
    const held = await postsOf(db, among, date);
    const staff = held.flatMap((post) => (post.role === '庶務担当' && post.staff !== null ? [post.staff] : []));
    if (staff.length > 0) return [...new Set(staff)];
  }
  return [];
}

const sectionsOf = kept((db, is: Slots<Pick<StaffMember, 'bureau'>>) =>
  db.selectFrom('section').select(['code', 'path', 'division']).where('bureau', '=', is('bureau')),
);
