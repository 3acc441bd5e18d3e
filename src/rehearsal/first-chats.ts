import type { RehearsalPerson } from './control.ts';

/**
 * Whose chats a first look shows: a clerk, a 時差 clerk who works a little longer and the head of both, all at work
 * today. Of several such teams the one where the 時差 clerk's card comes soonest. Falls back to whoever has Teams;
 * empty when nobody has.
 */
export function firstChats(people: RehearsalPerson[]): string[] {
  const present = people.filter((person) => person.aadObjectId !== null && person.away === null);
  const teams = present.flatMap((head) => teamOf(head, present)).sort((one, other) => one.lastEnd - other.lastEnd);
  return teams[0]?.staff ?? present.slice(0, 3).map((person) => person.staff);
}

function teamOf(head: RehearsalPerson, present: RehearsalPerson[]): { staff: string[]; lastEnd: number }[] {
  if (head.role !== 'head') return [];
  const own = present.filter((person) => person.head === head.staff && person.role === 'staff');
  const clerk = own.find((person) => person.workType === '日勤');
  if (clerk === undefined) return [];
  const shifted = own
    .filter((person) => person.workType === '時差' && person.ownEnd > clerk.ownEnd)
    .sort((one, other) => one.ownEnd - other.ownEnd)[0];
  if (shifted === undefined) return [];
  return [{ staff: [clerk.staff, shifted.staff, head.staff], lastEnd: shifted.ownEnd }];
}
