import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { WhyNot } from '../ports/room.ts';
import type { LeaveDayTable, StaffRowTable } from '../ports/tables.ts';

/** A person as held on some date; `notHired` when the store holds the person only from a later date. */
export type StaffMember = StaffRowTable & { notHired?: boolean };

/** What planning looks at: who somebody is to the rules, without the name. */
export type Planned = Pick<
  StaffRowTable,
  | ('staff' | 'valid_from' | 'aad_id' | 'bureau' | 'division' | 'unit' | 'section_id' | 'manager' | 'head')
  | ('work_type' | 'start_minute' | 'end_minute' | 'hired_on' | 'left_on' | 'appointer' | 'terminal')
> & { notHired?: boolean };

type Served = Pick<StaffMember, 'hired_on' | 'left_on' | 'notHired'>;

/** Own end of work: the person's 終業, else the office's (D13). Minutes after midnight of the working day. */
export function ownEndOf(member: Pick<StaffRowTable, 'end_minute'>, office: { endMinute: MinuteOfDay }): MinuteOfDay {
  return member.end_minute ?? office.endMinute;
}

/** Own start of work: the person's 始業, else the office's (D13). Minutes after midnight of the working day. */
export function ownStartOf(
  member: Pick<StaffRowTable, 'start_minute'>,
  office: { startMinute: MinuteOfDay },
): MinuteOfDay {
  return member.start_minute ?? office.startMinute;
}

/** After own end a notice may still come this long, in minutes (D14). */
const afterEnd = 45;

/** The minutes of a working day in which event notices may come: own start to own end + 45; for office hours those of `quiet` (D14). */
export function receivingWindow(facts: {
  startMinute: MinuteOfDay;
  endMinute: MinuteOfDay;
  office: { startMinute: MinuteOfDay; endMinute: MinuteOfDay };
  quiet: { eventFromMinute: MinuteOfDay; eventToMinute: MinuteOfDay };
}): { from: MinuteOfDay; to: MinuteOfDay } {
  const { startMinute, endMinute, office, quiet } = facts;
  if (startMinute === office.startMinute && endMinute === office.endMinute)
    return { from: quiet.eventFromMinute, to: quiet.eventToMinute };
  return { from: startMinute, to: endMinute + afterEnd };
}

/** Hired on that date and not yet gone; 退職日 is the last day in service. */
export function isInService(member: Served, date: LocalDate): boolean {
  return !isNotHired(member, date) && !isRetired(member, date);
}

/**
 * Why nothing is asked of a person at that minute of that date, from service, 休職 and leave alone (D14); null where the
 * person is there. Working days, shifts and sections are the rule's own questions.
 */
export function whyAway(
  member: Served & Pick<StaffMember, 'work_type'>,
  leaves: readonly LeaveDayTable[],
  date: LocalDate,
  minute: MinuteOfDay,
): WhyNot | null {
  if (isNotHired(member, date)) return 'not-hired';
  if (isRetired(member, date)) return 'retired';
  if (member.work_type === '休職') return 'muted';
  const covering = leaves.filter((leave) => covers(leave, minute));
  if (covering.some((leave) => leave.category === '出張')) return 'trip';
  const wholeDay = covering.filter((leave) => leave.kind === '全日');
  if (wholeDay.some((leave) => leave.category === '年次')) return 'leave';
  if (wholeDay.length > 0) return 'absent';
  return covering.length > 0 ? 'half-day' : null;
}

function isNotHired(member: Served, date: LocalDate): boolean {
  return member.notHired === true || member.hired_on > date;
}

function isRetired(member: Served, date: LocalDate): boolean {
  return member.left_on !== null && member.left_on < date;
}

const NOON: MinuteOfDay = 12 * 60;

/** Hours without 開始 cover no minute: nobody knows which. */
function covers(leave: LeaveDayTable, minute: MinuteOfDay): boolean {
  switch (leave.kind) {
    case '全日':
      return true;
    case '午前':
      return minute < NOON;
    case '午後':
      return minute >= NOON;
    case '時間':
      return (
        leave.start_minute !== null &&
        leave.start_minute <= minute &&
        minute < leave.start_minute + (leave.minutes ?? 0)
      );
  }
}
