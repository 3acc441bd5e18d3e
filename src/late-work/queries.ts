import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../ports/kept-query.ts';
import type {
  LateWorkAnswerTable,
  LateWorkCountTable,
  LateWorkDecisionTable,
  LateWorkNoteTable,
  LateWorkRequestTable,
} from '../ports/tables/late-work.ts';

export function answerOf(db: Db, staff: string, date: LocalDate): Promise<LateWorkAnswerTable | undefined> {
  return answer(db, { staff, date });
}

/** One evening of one person. */
interface Evening {
  staff: string;
  date: LocalDate;
}

const answer = keptOne((db, is: Slots<Evening>) =>
  db.selectFrom('late_work_answer').selectAll().where('staff', '=', is('staff')).where('date', '=', is('date')),
);

export async function noteOf(db: Db, staff: string, date: LocalDate): Promise<string | null> {
  return (await note(db, { staff, date }))?.note ?? null;
}

const note = keptOne((db, is: Slots<Evening>) =>
  db.selectFrom('late_work_note').select('note').where('staff', '=', is('staff')).where('date', '=', is('date')),
);

/** Everything said on that date, or by these people (at most some thousands), by 職員番号. */
export function answersOn(db: Db, date: LocalDate, staff?: readonly string[]): Promise<LateWorkAnswerTable[]> {
  if (!staff) return answers(db, { date });
  return someAnswers(db, { date }, staff).then((rows) => rows.sort((one, other) => (one.staff < other.staff ? -1 : 1)));
}

const answersOfDay = (db: Db, is: Slots<Pick<Evening, 'date'>>) =>
  db.selectFrom('late_work_answer').selectAll().where('date', '=', is('date'));

const answers = kept((db, is: Slots<Pick<Evening, 'date'>>) => answersOfDay(db, is).orderBy('staff'));

const someAnswers = keptOfMany((db, is: Slots<Pick<Evening, 'date'>>, staff) =>
  answersOfDay(db, is).where('staff', 'in', staff),
);

export function notesOn(db: Db, date: LocalDate): Promise<LateWorkNoteTable[]> {
  return notes(db, { date });
}

const notes = kept((db, is: Slots<Pick<Evening, 'date'>>) =>
  db.selectFrom('late_work_note').selectAll().where('date', '=', is('date')),
);

/** Writes what a person says over what was said before; the free text stands apart and goes with an answer that has none. */
export async function putAnswer(db: Db, answer: LateWorkAnswerTable, note: string | null): Promise<void> {
  const { staff, date, ...change } = answer;
  await db
    .insertInto('late_work_answer')
    .values(answer)
    .onConflict((conflict) => conflict.columns(['staff', 'date']).doUpdateSet(change))
    .execute();
  await db.deleteFrom('late_work_note').where('staff', '=', staff).where('date', '=', date).execute();
  if (note === null) return;
  await db.insertInto('late_work_note').values({ staff, date, note, written_at: answer.answered_at }).execute();
}

export function requestOf(db: Db, staff: string, date: LocalDate): Promise<LateWorkRequestTable | undefined> {
  return request(db, { staff, date });
}

const request = keptOne((db, is: Slots<Evening>) =>
  db.selectFrom('late_work_request').selectAll().where('staff', '=', is('staff')).where('date', '=', is('date')),
);

/** Requests of these dates (both included), by date and person. */
export function requestsBetween(db: Db, from: LocalDate, to: LocalDate): Promise<LateWorkRequestTable[]> {
  return requests(db, { from, to });
}

const requests = kept((db, is: Slots<{ from: LocalDate; to: LocalDate }>) =>
  db
    .selectFrom('late_work_request')
    .selectAll()
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to'))
    .orderBy('date')
    .orderBy('staff'),
);

/** What somebody is asked to say on that date. */
export function requestsTo(db: Db, date: LocalDate, asked: string): Promise<LateWorkRequestTable[]> {
  return requestsOf(db, { date, asked });
}

/** What one person is asked on one date. */
interface AskedOf {
  date: LocalDate;
  asked: string;
}

const requestsOf = kept((db, is: Slots<AskedOf>) =>
  db
    .selectFrom('late_work_request')
    .selectAll()
    .where('date', '=', is('date'))
    .where('asked_of', '=', is('asked'))
    .orderBy('staff'),
);

/** How far somebody is with what they were asked on a date: wishes without a word yet, and when the last word was said. */
export interface Progress {
  waiting: number;
  lastWordAt: Instant | null;
}

export async function progressOf(db: Db, date: LocalDate, asked: string): Promise<Progress> {
  const rows = await words(db, { date, asked });
  const last = await lastWord(db, { date, asked });
  const waiting = rows.filter((row) => row.decided_at === null).length;
  return { waiting, lastWordAt: last?.at == null ? null : Number(last.at) };
}

const words = kept((db, is: Slots<AskedOf>) =>
  db
    .selectFrom('late_work_request as request')
    .leftJoin('late_work_decision as word', (join) =>
      join
        .onRef('word.staff', '=', 'request.staff')
        .onRef('word.date', '=', 'request.date')
        .onRef('word.asked_at', '=', 'request.asked_at'),
    )
    .select('word.decided_at')
    .where('request.date', '=', is('date'))
    .where('request.asked_of', '=', is('asked')),
);

const lastWord = keptOne((db, is: Slots<AskedOf>) =>
  db
    .selectFrom('late_work_decision')
    .select((row) => row.fn.max('decided_at').as('at'))
    .where('date', '=', is('date'))
    .where('head', '=', is('asked')),
);

/** The present request of a person on a date; an earlier one is gone with it, the word on it stays. */
export async function putRequest(db: Db, request: LateWorkRequestTable): Promise<void> {
  const { staff, date, ...change } = request;
  await db
    .insertInto('late_work_request')
    .values(request)
    .onConflict((conflict) => conflict.columns(['staff', 'date']).doUpdateSet(change))
    .execute();
}

export async function dropRequest(db: Db, staff: string, date: LocalDate): Promise<void> {
  await db.deleteFrom('late_work_request').where('staff', '=', staff).where('date', '=', date).execute();
}

/** Every word of heads on these dates (both included), in the order in which they were said. */
export function decisionsBetween(db: Db, from: LocalDate, to: LocalDate): Promise<LateWorkDecisionTable[]> {
  return decided(db, { from, to });
}

const decided = kept((db, is: Slots<{ from: LocalDate; to: LocalDate }>) =>
  db
    .selectFrom('late_work_decision')
    .selectAll()
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to'))
    .orderBy('date')
    .orderBy('decided_at')
    .orderBy('staff'),
);

/** The word on that request of a person. */
export function decisionOf(
  db: Db,
  staff: string,
  date: LocalDate,
  askedAt: Instant,
): Promise<LateWorkDecisionTable | undefined> {
  return decision(db, { staff, date, askedAt });
}

const decision = keptOne((db, is: Slots<Evening & { askedAt: Instant }>) =>
  db
    .selectFrom('late_work_decision')
    .selectAll()
    .where('staff', '=', is('staff'))
    .where('date', '=', is('date'))
    .where('asked_at', '=', is('askedAt')),
);

export async function putDecision(db: Db, decision: LateWorkDecisionTable): Promise<void> {
  const { staff, date, asked_at, ...change } = decision;
  await db
    .insertInto('late_work_decision')
    .values({ staff, date, asked_at, ...change })
    .onConflict((conflict) => conflict.columns(['staff', 'date', 'asked_at']).doUpdateSet(change))
    .execute();
}

export async function noteLaterStart(db: Db, row: LateWorkDecisionTable, at: Instant): Promise<void> {
  await db
    .updateTable('late_work_decision')
    .set({ later_start_at: at })
    .where('staff', '=', row.staff)
    .where('date', '=', row.date)
    .where('asked_at', '=', row.asked_at)
    .execute();
}

/** A mark of the room's own position, kept beside the other positions of the service. */
export async function positionOf(db: Db, key: string): Promise<string | null> {
  return (await position(db, { key }))?.value ?? null;
}

const position = keptOne((db, is: Slots<{ key: string }>) =>
  db.selectFrom('meta').select('value').where('key', '=', is('key')),
);

export async function setPosition(db: Db, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Dates with C02 (both ends included) whose counts are not kept yet. */
export async function datesToCount(db: Db, from: LocalDate, until: LocalDate): Promise<LocalDate[]> {
  const rows = await db
    .selectFrom('item')
    .leftJoin('late_work_count as counted', 'counted.date', 'item.date')
    .select('item.date')
    .distinct()
    .where('item.rule', '=', 'late-work')
    .where('item.occasion', '>=', from)
    .where('item.occasion', '<=', until)
    .where('counted.date', 'is', null)
    .execute();
  return rows.map((row) => row.date);
}

export async function putCounts(db: Db, counts: LateWorkCountTable[]): Promise<void> {
  for (const count of counts) {
    const insert = db.insertInto('late_work_count').values(count);
    await insert.onConflict((held) => held.columns(['date', 'section_id', 'kind']).doNothing()).execute();
  }
}
