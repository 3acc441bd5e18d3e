import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, type Slots } from '../../ports/kept-query.ts';
import { leaveOf, staffMemberOn } from '../queries.ts';
import { type StaffMember, whyAway } from '../rules.ts';

export interface Acting {
  staff: string;
  as: 'head' | 'deputy' | 'division-head';
}

/** A 部長 away asks the next one up; above this nobody is asked. */
const mostLevels = 5;

/**
 * Who is asked for a head at that minute of a date (P3): the head; who stands in by `posts` (代理, then 事務取扱 and the like
 * of the head's section), or by the head's 代決者; else the head's own 所属長, upward. Somebody on leave, on a trip, 休職
 * or no longer in service is passed over. Null when nobody is there.
 */
export async function actingFor(db: Db, head: string, date: LocalDate, minute: MinuteOfDay): Promise<Acting | null> {
  const person = await staffMemberOn(db, head, date);
  if (person && (await isThere(db, person, date, minute))) return { staff: head, as: 'head' };
  for (const deputy of await deputiesOf(db, person, head, date)) {
    const member = deputy === head ? null : await staffMemberOn(db, deputy, date);
    if (member && (await isThere(db, member, date, minute))) return { staff: deputy, as: 'deputy' };
  }
  return person?.head ? divisionHead(db, person.head, date, minute, mostLevels) : null;
}

async function divisionHead(
  db: Db,
  head: string,
  date: LocalDate,
  minute: MinuteOfDay,
  levels: number,
): Promise<Acting | null> {
  const person = await staffMemberOn(db, head, date);
  if (person && (await isThere(db, person, date, minute))) return { staff: head, as: 'division-head' };
  return person?.head && levels > 1 ? divisionHead(db, person.head, date, minute, levels - 1) : null;
}

async function isThere(db: Db, member: StaffMember, date: LocalDate, minute: MinuteOfDay): Promise<boolean> {
  return whyAway(member, await leaveOf(db, member.staff, date), date, minute) === null;
}

/** 代理 by posts, then others who hold the duty of 所属長 of the section, then 代決者 of the roster. */
export async function deputiesOf(db: Db, person: StaffMember | null, head: string, date: LocalDate): Promise<string[]> {
  const sections = await sectionsHeadedBy(db, person, head, date);
  const posts = await postsOf(db, sections, date);
  const holding = (role: string) =>
    posts.flatMap((post) => (post.role === role && post.staff !== null ? [post.staff] : []));
  return [...new Set([...holding('代理'), ...holding('所属長'), ...(person?.deputy ? [person.deputy] : [])])];
}

const postsHeld = keptOfMany((db, is: Slots<{ date: LocalDate }>, sections) =>
  db
    .selectFrom('post')
    .select(['role', 'staff', 'valid_from'])
    .where('section_id', 'in', sections)
    .where('valid_from', '<=', is('date'))
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', is('date'))])),
);

/** Who holds a duty of these sections on a date, by the day from which they hold it and 職員番号; vacant posts come first. */
export async function postsOf(db: Db, sections: string[], date: LocalDate) {
  const rows = await postsHeld(db, { date }, sections);
  return rows.sort(
    (one, other) => compare(one.valid_from, other.valid_from) || compare(one.staff ?? '', other.staff ?? ''),
  );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Sections whose 所属長 by posts is this person; without posts, the section in which the person stands. */
export async function sectionsHeadedBy(
  db: Db,
  person: StaffMember | null,
  head: string,
  date: LocalDate,
): Promise<string[]> {
  const posts = await headedBy(db, { head, date });
  const own = person ? [person.section_id] : [];
  return [...new Set([...posts.map((post) => post.section_id), ...own])];
}

const headedBy = kept((db, is: Slots<{ head: string; date: LocalDate }>) =>
  db
    .selectFrom('post')
    .select('section_id')
    .where('role', '=', '所属長')
    .where('staff', '=', is('head'))
    .where('valid_from', '<=', is('date'))
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', is('date'))])),
);
