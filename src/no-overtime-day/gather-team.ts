import { directReports, type StaffMember, staffMemberOn } from '../people/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { ItemTable } from '../ports/tables.ts';
import { type Asked, askedOn } from './queries.ts';
import type { About } from './send-reminders.ts';

/** The staff a head's card covers on its day, and what they were asked and said. */
export interface Team {
  day: LocalDate;
  heads: string[];
  members: Map<string, StaffMember>;
  asked: Asked[];
}

/** The team behind a head's item: those it was planned for; for a card the head asked for, the own direct reports of its date. */
export async function teamOfItem(db: Db, item: ItemTable): Promise<Team> {
  const { day, heads } = readAbout(item);
  const members = new Map<string, StaffMember>();
  for (const head of heads) for (const member of await directReports(db, head, day)) members.set(member.staff, member);
  const asked = members.size === 0 ? [] : await askedOn(db, day, [...members.keys()]);
  return { day, heads, members, asked };
}

function readAbout(item: ItemTable): About {
  if (item.about === null) return { day: item.date, heads: [item.staff] };
  return JSON.parse(item.about) as About;
}

/** What stands for a person in the head's list: the item and its revision, so that a word on an answer that has changed since is noticed. */
export function choiceOf(asked: Asked): string {
  return `${asked.item}.${asked.revision}`;
}

/** 端末 `共用`: such a person gets counts only, never a name (P11). */
export async function hasSharedTerminal(db: Db, item: ItemTable): Promise<boolean> {
  return (await staffMemberOn(db, item.staff, item.date))?.terminal === '共用';
}
