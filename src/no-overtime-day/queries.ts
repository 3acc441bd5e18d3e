import { sql } from 'kysely';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../ports/kept-query.ts';
import type {
  ItemTable,
  MessageState,
  NoOvertimeAnswerTable,
  NoOvertimeCountTable,
  NoOvertimeDecisionTable,
} from '../ports/tables.ts';

/** One person of a team on a day: the item, whether its card arrived, the answer and the head's word. */
export interface Asked {
  item: string;
  staff: string;
  revision: number;
  item_state: ItemTable['state'];
  message_state: MessageState | null;
  answer: NoOvertimeAnswerTable['answer'] | null;
  reason: string | null;
  until_minute: number | null;
  answered_at: number | null;
  note: string | null;
  decision: NoOvertimeDecisionTable['decision'] | null;
  decided_until: number | null;
  decided_at: number | null;
}

/** Everything about C01 of these people on that date, in the order of their numbers. */
export async function askedOn(db: Db, date: LocalDate, staff: string[]): Promise<Asked[]> {
  const rows = await asked(db, { date }, staff);
  return rows.sort((one, other) => (one.staff < other.staff ? -1 : one.staff > other.staff ? 1 : 0));
}

const asked = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  db
    .selectFrom('item')
    .leftJoin('message_item', (join) =>
      join.onRef('message_item.item_id', '=', 'item.id').on('message_item.until_at', 'is', null),
    )
    .leftJoin('message', 'message.id', 'message_item.message_id')
    .leftJoin('no_overtime_answer as given', 'given.item_id', 'item.id')
    .leftJoin('no_overtime_note as written', 'written.item_id', 'item.id')
    .leftJoin('no_overtime_decision as decided', 'decided.item_id', 'item.id')
    .select([
      'item.id as item',
      'item.staff',
      'item.revision',
      'item.state as item_state',
      'message.state as message_state',
    ])
    .select(['given.answer', 'given.reason', 'given.until_minute', 'given.answered_at', 'written.note'])
    .select(['decided.decision', 'decided.until_minute as decided_until', 'decided.decided_at'])
    .where('item.rule', '=', 'no-overtime-day')
    .where('item.occasion', '=', is('date'))
    .where('item.staff', 'in', staff),
);

/** What stands of one person's C01: the answer with its free text, and the head's word on it. */
export interface Said {
  answer: Pick<NoOvertimeAnswerTable, 'answer' | 'reason' | 'until_minute' | 'answered_at'> | null;
  note: string | null;
  decision: Pick<NoOvertimeDecisionTable, 'decision' | 'until_minute' | 'decided_at'> | null;
}

export const nothingSaid: Said = { answer: null, note: null, decision: null };

const said = keptOne((db, is: Slots<{ item: string }>) =>
  db
    .selectFrom(sql<{ id: string }>`(select ${is('item')} as id)`.as('asked'))
    .leftJoin('no_overtime_answer as given', 'given.item_id', 'asked.id')
    .leftJoin('no_overtime_note as written', 'written.item_id', 'asked.id')
    .leftJoin('no_overtime_decision as decided', 'decided.item_id', 'asked.id')
    .select(['given.answer', 'given.reason', 'given.until_minute', 'given.answered_at', 'written.note'])
    .select(['decided.decision', 'decided.until_minute as decided_until', 'decided.decided_at']),
);

export async function saidOf(db: Db, item: string): Promise<Said> {
  const row = await said(db, { item });
  if (!row) return nothingSaid;
  const { answer, reason, until_minute, answered_at, decision, decided_until, decided_at } = row;
  return {
    answer: answer !== null && answered_at !== null ? { answer, reason, until_minute, answered_at } : null,
    note: row.note,
    decision: decision !== null && decided_at !== null ? { decision, until_minute: decided_until, decided_at } : null,
  };
}

/** An item stays with its person and date: what has an index is not written a second time. */
const put = kept((db, is: Slots<NoOvertimeAnswerTable>) =>
  db
    .insertInto('no_overtime_answer')
    .values({
      item_id: is('item_id'),
      staff: is('staff'),
      date: is('date'),
      answer: is('answer'),
      reason: is('reason'),
      until_minute: is('until_minute'),
      answered_at: is('answered_at'),
    })
    .onConflict((conflict) =>
      conflict.column('item_id').doUpdateSet(({ ref }) => ({
        answer: ref('excluded.answer'),
        reason: ref('excluded.reason'),
        until_minute: ref('excluded.until_minute'),
        answered_at: ref('excluded.answered_at'),
      })),
    ),
);

/** Writes the answer over an earlier one; the free text stands apart and goes with an answer that has none. */
export async function putAnswer(
  db: Db,
  answer: NoOvertimeAnswerTable,
  note: string | null,
  held: Pick<Said, 'note'>,
): Promise<void> {
  const { item_id } = answer;
  await put(db, answer);
  if (held.note !== null) await db.deleteFrom('no_overtime_note').where('item_id', '=', item_id).execute();
  if (note !== null) {
    await db.insertInto('no_overtime_note').values({ item_id, note, written_at: answer.answered_at }).execute();
  }
}

/** What the head said of an answer that has changed since does not hold any more. */
export async function dropDecision(db: Db, item: string): Promise<void> {
  await db.deleteFrom('no_overtime_decision').where('item_id', '=', item).execute();
}

export async function putDecision(db: Db, decision: NoOvertimeDecisionTable): Promise<void> {
  const { item_id, ...change } = decision;
  await db
    .insertInto('no_overtime_decision')
    .values({ item_id, ...change })
    .onConflict((conflict) => conflict.column('item_id').doUpdateSet(change))
    .execute();
}

/** SQLite plans a statement anew at every run where a pattern or the state of a partial index is bound as it stands. */
const covering = kept((db, is: Slots<{ date: LocalDate; head: string }>) =>
  db
    .selectFrom('item')
    .select('id')
    .where('rule', '=', 'no-overtime-day.summary')
    .where('occasion', '=', is('date'))
    .where('state', '=', sql.lit('open'))
    .where('about', 'like', sql<string>`'%' || ${is('head')} || '%'`),
);

/** Summary items of that day which cover this head's team. */
export async function summariesCovering(db: Db, date: LocalDate, head: string): Promise<string[]> {
  const named = JSON.stringify(head).replace(/[%_]/g, '');
  return (await covering(db, { date, head: named })).map((row) => row.id);
}

/** Summaries whose last answer has become impossible and which have not been drawn as final. */
export async function summariesToFinish(db: Db, now: number): Promise<string[]> {
  return (await unfinished(db, { now })).map((row) => row.id);
}

const unfinished = kept((db, is: Slots<{ now: number }>) =>
  db
    .selectFrom('item')
    .select('id')
    .where('rule', '=', 'no-overtime-day.summary')
    .where('state', '=', sql.lit('open'))
    .where('note', 'is', null)
    .where('last_useful_at', '<=', is('now')),
);

export async function noteItem(db: Db, item: string, note: string): Promise<void> {
  await db.updateTable('item').set({ note }).where('id', '=', item).execute();
}

/** Past dates with answers that have not been counted yet. */
export async function datesToCount(db: Db, until: LocalDate): Promise<LocalDate[]> {
  const rows = await db
    .selectFrom('no_overtime_answer as given')
    .leftJoin('no_overtime_count as counted', 'counted.date', 'given.date')
    .select('given.date')
    .distinct()
    .where('given.date', '<=', until)
    .where('counted.date', 'is', null)
    .execute();
  return rows.map((row) => row.date);
}

export function answersOn(db: Db, date: LocalDate): Promise<Pick<NoOvertimeAnswerTable, 'staff' | 'answer'>[]> {
  return db.selectFrom('no_overtime_answer').select(['staff', 'answer']).where('date', '=', date).execute();
}

/** What another service counted first stands: it counted the same. */
export async function putCounts(db: Db, counts: NoOvertimeCountTable[]): Promise<void> {
  for (const count of counts) {
    const insert = db.insertInto('no_overtime_count').values(count);
    await insert.onConflict((held) => held.columns(['date', 'section_id', 'answer']).doNothing()).execute();
  }
}

/** Answers 「残る予定です」 of a date, of these people (at most some thousands) where they are named. */
export function staysOn(
  db: Db,
  date: LocalDate,
  staff?: readonly string[],
): Promise<Pick<NoOvertimeAnswerTable, 'staff' | 'until_minute'>[]> {
  return staff ? someStays(db, { date }, staff) : stays(db, { date });
}

const staysOfDay = (db: Db, is: Slots<{ date: LocalDate }>) =>
  db
    .selectFrom('no_overtime_answer')
    .select(['staff', 'until_minute'])
    .where('date', '=', is('date'))
    .where('answer', '=', 'stay');

const stays = kept(staysOfDay);

const someStays = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  staysOfDay(db, is).where('staff', 'in', staff),
);

/** 了承 of these dates (both included). */
export function acknowledgementsOn(db: Db, from: LocalDate, to: LocalDate): Promise<NoOvertimeDecisionTable[]> {
  return acknowledged(db, { from, to });
}

const acknowledged = kept((db, is: Slots<{ from: LocalDate; to: LocalDate }>) =>
  db
    .selectFrom('no_overtime_decision')
    .selectAll()
    .where('date', '>=', is('from'))
    .where('date', '<=', is('to'))
    .where('decision', '=', 'acknowledged')
    .orderBy('date')
    .orderBy('staff'),
);
