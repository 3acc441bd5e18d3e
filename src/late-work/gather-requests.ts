import { daysBetween, nextWorkingDay } from '../calendar/index.ts';
import { ownStartOf, type StaffMember, staffMemberOn } from '../people/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { LateWorkAnswerTable, LateWorkDecisionTable, LateWorkRequestTable } from '../ports/tables/late-work.ts';
import { answersOn, decisionsBetween, notesOn, requestsTo } from './queries.ts';
import { isShortRest } from './rules.ts';

/** One person somebody is asked about: the wish, what was said, the word on it. */
export interface Requested {
  request: LateWorkRequestTable;
  member: StaffMember | null;
  answer: LateWorkAnswerTable | null;
  note: string | null;
  decision: LateWorkDecisionTable | null;
}

/** Everything one person is asked to say of an evening, by 職員番号. */
export async function requestsFor(db: Db, date: LocalDate, asked: string): Promise<Requested[]> {
  const requests = await requestsTo(db, date, asked);
  if (requests.length === 0) return [];
  const answers = new Map((await answersOn(db, date)).map((row) => [row.staff, row]));
  const notes = new Map((await notesOn(db, date)).map((row) => [row.staff, row.note]));
  const decided = new Map((await decisionsBetween(db, date, date)).map((row) => [`${row.staff} ${row.asked_at}`, row]));
  return Promise.all(
    requests.map(async (request) => ({
      request,
      member: await staffMemberOn(db, request.staff, date),
      answer: answers.get(request.staff) ?? null,
      note: notes.get(request.staff) ?? null,
      decision: decided.get(`${request.staff} ${request.asked_at}`) ?? null,
    })),
  );
}

/** What stands for a wish in the head's list, so that a word on one that has changed since is noticed. */
export function choiceOf({ staff, asked_at }: Pick<LateWorkRequestTable, 'staff' | 'asked_at'>): string {
  return `${staff}-${asked_at}`;
}

/** Whose 了承 leaves less than `interval.minutes` before the own start of the next working day (P22), of those of a date. */
export async function shortRestsOn(
  ports: Ports,
  db: Db,
  date: LocalDate,
): Promise<(staff: string, untilMinute: number) => Promise<boolean>> {
  const book = await currentPolicy(db, ports.settings);
  const next = nextWorkingDay(date, await workingCalendar(db, book, date));
  const policy = book.on(next);
  return async (staff, untilMinute) => {
    const member = await staffMemberOn(db, staff, next);
    const start = ownStartOf(member ?? { start_minute: null }, policy.office);
    return isShortRest(untilMinute, start, daysBetween(date, next), policy.interval.minutes);
  };
}
