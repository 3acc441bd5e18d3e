import { dayKind, localAt } from '../../calendar/index.ts';
import { leavesOn, membersNamed, ownEndOf, ownStartOf, receivingWindow, whyAway } from '../../people/index.ts';
import { currentPolicy, workingCalendar } from '../../policy/index.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { MessageTable } from '../../ports/tables.ts';
import { holdForHours, letGo, waitingForHours } from './queries.ts';

const oneMinute = 60_000;

/**
 * Which of the messages about to be claimed may ring now. One that counts against the contact budget and comes later than it
 * was due (by more than `quiet.graceMinutes`: the app was gone, Teams was down) rings only in its person's own hours of a
 * working day, neither on leave nor in 休職 (D14, P24); the others wait for that from now on.
 */
export async function withinHours(ports: Ports, db: Db, messages: MessageTable[]): Promise<(id: string) => boolean> {
  const now = ports.clock.now();
  const counting = messages.filter((message) => message.counts === 1 && message.due_at < now);
  if (counting.length === 0) return () => true;
  const book = await currentPolicy(db, ports.settings);
  const { graceMinutes } = book.on(localAt(now, book.timeZone).date).quiet;
  const late = counting.filter((message) => message.due_at < now - graceMinutes * oneMinute);
  if (late.length === 0) return () => true;
  const there = await atWorkNow(ports, db, [...new Set(late.map((message) => message.staff))]);
  const held = new Set(late.filter((message) => !there.has(message.staff)).map((message) => message.id));
  await holdForHours(db, [...held]);
  return (id) => !held.has(id);
}

/** Lets go what waited for its person's hours and is in them now. */
export async function letGoInHours(ports: Ports): Promise<void> {
  const { db } = ports.database;
  const waiting = await waitingForHours(db);
  if (waiting.length === 0) return;
  const there = await atWorkNow(ports, db, [...new Set(waiting.map((message) => message.staff))]);
  await letGo(
    db,
    waiting.filter((message) => there.has(message.staff)).map((message) => message.id),
  );
}

/** Those of these people who are in their own hours of a working day, and not away, by roster, leave and calendar alone. */
async function atWorkNow(ports: Ports, db: Db, staff: string[]): Promise<Set<string>> {
  const book = await currentPolicy(db, ports.settings);
  const { date, minute } = localAt(ports.clock.now(), book.timeZone);
  if (dayKind(date, await workingCalendar(db, book, date)) !== 'working') return new Set();
  const { office, quiet } = book.on(date);
  const leaves = await leavesOn(db, date, staff);
  const there = (await membersNamed(db, date, staff)).filter((member) => {
    const [startMinute, endMinute] = [ownStartOf(member, office), ownEndOf(member, office)];
    const { from, to } = receivingWindow({ startMinute, endMinute, office, quiet });
    return from <= minute && minute < to && whyAway(member, leaves.get(member.staff) ?? [], date, minute) === null;
  });
  return new Set(there.map((member) => member.staff));
}
