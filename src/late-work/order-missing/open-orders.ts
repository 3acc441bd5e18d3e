import { addDays } from '../../calendar/index.ts';
import { type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { MissingLine } from '../card-views.ts';
import { ordersOf, rosterBy, workingDaysBefore } from './find-missing.ts';
import { officeAfter } from './send-missing.ts';

/** 労務 looks back so many days; what is older is a matter of the monthly papers. */
const daysBack = 31;

/** What is open on a date, by section: 了承 and unanswered wishes of the days before it without a 命令 (P1). No names. */
export async function openOrders(
  db: Db,
  book: PolicyBook,
  date: LocalDate,
): Promise<{ from: LocalDate; to: LocalDate; lines: MissingLine[] }> {
  const [from, to] = [addDays(date, -daysBack), addDays(date, -1)];
  const withOffice = workingDaysBefore(date, officeAfter, await workingCalendar(db, book, date));
  const roster = rosterBy(db);
  const lines = new Map<string, MissingLine>();
  for (const one of (await ordersOf(db, book, from, to)).missing) {
    const member = (await roster(one.date)).get(one.staff);
    const levels = member ? [member.bureau, member.division, member.unit].filter((level) => level !== '') : [];
    const section = levels.join('/');
    const line = lines.get(section) ?? { section, acknowledged: 0, unanswered: 0, withOffice: 0 };
    line[one.kind] += 1;
    if (one.date <= withOffice) line.withOffice += 1;
    lines.set(section, line);
  }
  return { from, to, lines: [...lines.values()].sort((a, b) => (a.section < b.section ? -1 : 1)) };
}
