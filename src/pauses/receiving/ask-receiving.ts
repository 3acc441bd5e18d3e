import { localAt } from '../../calendar/index.ts';
import { ownEndOf, ownStartOf, type StaffMember } from '../../people/index.ts';
import { type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { receivingOutsideHours } from '../queries.ts';
import { deferUntil, type ReceivingFacts } from './rules.ts';

/** What the caller knows of a notice beside the person; an event for somebody of whom no more is known where left out. */
export type Notice = Partial<Pick<ReceivingFacts, 'kind' | 'atWork' | 'declaredDuty'>>;

/**
 * When a notice wanted at `at` may reach a person (P24): `at`, or the next working day at 08:45. Reads the settings once for
 * all people of the occasion; leave and 休職 are the rule's own question.
 */
export async function receivingAt(
  db: Db,
  book: PolicyBook,
  at: Instant,
): Promise<(member: StaffMember, notice?: Notice) => Instant> {
  const { date } = localAt(at, book.timeZone);
  const { office, quiet } = book.on(date);
  const calendar = await workingCalendar(db, book, date);
  const outside = await receivingOutsideHours(db);
  return (member, notice = {}) =>
    deferUntil(
      {
        kind: 'event',
        atWork: false,
        declaredDuty: null,
        ...notice,
        outsideHours: outside.has(member.staff),
        startMinute: ownStartOf(member, office),
        endMinute: ownEndOf(member, office),
        office,
        quiet,
        calendar,
        timeZone: book.timeZone,
      },
      at,
    );
}

/** Whether a notice may reach this person at that instant (P24). */
export async function mayReceiveNow(
  db: Db,
  book: PolicyBook,
  member: StaffMember,
  at: Instant,
  notice: Notice = {},
): Promise<boolean> {
  const when = await receivingAt(db, book, at);
  return when(member, notice) === at;
}
