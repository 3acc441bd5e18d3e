import { addDays, dayKind, type WorkingCalendar } from '../../calendar/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Pace } from '../projection.ts';

/** What decides which days of a month a person works. */
export interface WorkedDays {
  first: LocalDate;
  last: LocalDate;
  /** The last day on record; days after it are still to come. */
  through: LocalDate;
  /** Days off as a whole. */
  off: ReadonlySet<LocalDate>;
  calendar: WorkingCalendar;
  peaks: Policy['peaks'];
  staff: string;
  /** Path of the own section. */
  section: string;
}

/** Whether a day lies in a declared peak of the person or of the section (P7). */
export function isPeakDay(
  date: LocalDate,
  { peaks, staff, section }: Pick<WorkedDays, 'peaks' | 'staff' | 'section'>,
): boolean {
  return peaks.some(
    (peak) =>
      peak.from <= date &&
      date <= peak.to &&
      (peak.staff.includes(staff) ||
        peak.sections.some((one) => section === one || section.startsWith(`${one}/`) || section.endsWith(`/${one}`))),
  );
}

/** Working days of a month so far and to come, apart for ordinary and peak days; a day of leave is none. */
export function daysOf(days: WorkedDays): Pick<Pace, 'daysWorked' | 'daysLeft'> {
  const counts = { daysWorked: { ordinary: 0, peak: 0 }, daysLeft: { ordinary: 0, peak: 0 } };
  for (let date = days.first; date <= days.last; date = addDays(date, 1)) {
    const peak = isPeakDay(date, days);
    if (days.off.has(date) || (dayKind(date, days.calendar) !== 'working' && !peak)) continue;
    counts[date <= days.through ? 'daysWorked' : 'daysLeft'][peak ? 'peak' : 'ordinary'] += 1;
  }
  return counts;
}
