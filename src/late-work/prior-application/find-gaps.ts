import { gapOf } from '../../attendance/index.ts';
import { addDays, dayKind } from '../../calendar/index.ts';
import { leavesOn, ownEndOf, ownStartOf, type Planned, whyAway } from '../../people/index.ts';
import { type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { LeaveDayTable } from '../../ports/tables.ts';
import { isAgreed } from '../agreement.ts';
import { type DayRecords, recordsOn, rosterFor } from '../day-records.ts';
import type { GapDay } from './rules.ts';

/** One gap of one person. */
export interface FoundGap {
  staff: string;
  day: GapDay;
}

/** The gaps of these people (at most some thousands) on these dates (both included), by date. What a gap is says `gapsOf`. */
export async function gapsBetween(
  db: Db,
  book: PolicyBook,
  from: LocalDate,
  to: LocalDate,
  staff: string[],
  breath: () => Promise<void> = async () => {},
): Promise<FoundGap[]> {
  const found: FoundGap[] = [];
  if (staff.length === 0 || !isCovered(book, from, to)) return found;
  const roster = await rosterFor(db, to, staff);
  for (let date = from; date <= to; date = addDays(date, 1)) {
    found.push(...(await gapsOf(db, book, await recordsOn(db, date, roster, staff))));
    await breath();
  }
  return found;
}

const isCovered = (book: PolicyBook, from: LocalDate, to: LocalDate) =>
  [from, to].some((date) => book.on(date).agreements.some((one) => one.programme === 'clock-gaps'));

/**
 * Whose clock of a date goes beyond own hours and everything applied for by more than `gapMinutes` (1-1-7b). Only where an
 * agreement covers the clock (P12); shift staff, 管理職 and 休職 are not looked at. It is a question, never a finding.
 */
export async function gapsOf(db: Db, book: PolicyBook, records: DayRecords): Promise<FoundGap[]> {
  const { date, clocks, orders, members } = records;
  const policy = book.on(date);
  if (clocks.size === 0) return [];
  const leaves = await leavesOn(db, date, [...clocks.keys()]);
  const working = dayKind(date, await workingCalendar(db, book, date)) === 'working';
  return [...clocks].flatMap(([staff, clock]) => {
    const member = members.get(staff);
    if (!member || !isLookedAt(member) || !isAgreed(policy, 'clock-gaps', member)) return [];
    const own = working ? ownHours(member, leaves.get(staff) ?? [], date, policy.office) : null;
    const gap = gapOf({ clock, orders: orders.get(staff) ?? [] }, own);
    if (!gap || gap.after <= policy.priorApplication.gapMinutes) return [];
    return [{ staff, day: { date, left: gap.lastLeft, appliedUntil: gap.appliedUntil, minutes: gap.after } }];
  });
}

/** 管理職 apply for no overtime, and own hours of a shift are not known. */
const isLookedAt = (member: Planned) =>
  member.manager === 0 && member.work_type !== '交替' && member.work_type !== '休職';

/** Own hours of a working day; null on a day of leave or trip from end to end. */
function ownHours(
  member: Planned,
  leaves: LeaveDayTable[],
  date: LocalDate,
  office: { startMinute: number; endMinute: number },
): { start: number; end: number } | null {
  const own = { start: ownStartOf(member, office), end: ownEndOf(member, office) };
  const whole = leaves.filter((leave) => leave.kind === '全日');
  return whyAway(member, whole, date, own.start) === null ? own : null;
}
