import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept } from '../../ports/kept-query.ts';
import type { EmergencyModeTable } from '../../ports/tables/pauses.ts';

export async function insertMode(db: Db, mode: EmergencyModeTable): Promise<void> {
  await db.insertInto('emergency_mode').values(mode).execute();
}

export function modeById(db: Db, id: string): Promise<EmergencyModeTable | undefined> {
  return db.selectFrom('emergency_mode').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function setMode(db: Db, id: string, change: Partial<EmergencyModeTable>): Promise<void> {
  await db.updateTable('emergency_mode').set(change).where('id', '=', id).execute();
}

export async function addStopped(db: Db, id: string, stopped: number): Promise<void> {
  await db
    .updateTable('emergency_mode')
    .set((row) => ({ stopped: row('stopped', '+', stopped) }))
    .where('id', '=', id)
    .execute();
}

/** Modes that hold at an instant, by section. */
export function runningModes(db: Db, now: Instant): Promise<EmergencyModeTable[]> {
  return db
    .selectFrom('emergency_mode')
    .selectAll()
    .where('started_at', '<=', now)
    .where('ends_at', '>', now)
    .where('ended_at', 'is', null)
    .orderBy('path')
    .orderBy('started_at')
    .execute();
}

/** Modes whose closing card was not planned yet: those that run, and those that ended. */
export function untoldModes(db: Db): Promise<EmergencyModeTable[]> {
  return untold(db, {});
}

const untold = kept((db) =>
  db.selectFrom('emergency_mode').selectAll().where('told_at', 'is', null).orderBy('started_at'),
);

/** Cards of these rules that wait or are on their way: whom they are for and when they were due. Each state has its index. */
export async function underWay(db: Db, rules: string[]): Promise<{ staff: string; due_at: Instant }[]> {
  return [...(await inState(db, rules, 'pending')), ...(await inState(db, rules, 'sending'))];
}

function inState(db: Db, rules: string[], state: 'pending' | 'sending'): Promise<{ staff: string; due_at: Instant }[]> {
  return db
    .selectFrom('message')
    .innerJoin('message_item', 'message_item.message_id', 'message.id')
    .innerJoin('item', 'item.id', 'message_item.item_id')
    .select(['item.staff', 'item.due_at'])
    .where('message.state', '=', state)
    .where('message_item.until_at', 'is', null)
    .where('item.rule', 'in', rules)
    .execute();
}

/** People of one statement: SQLite takes 32,766 parameters. */
const peopleAtOnce = 400;

/** Says in the ledger why the cards that were just taken back were not sent. */
export async function noteWhyCancelled(db: Db, rules: string[], staff: string[], from: Instant): Promise<void> {
  for (let at = 0; at < staff.length; at += peopleAtOnce) {
    await db
      .updateTable('item')
      .set({ why: 'emergency' })
      .where('state', '=', 'cancelled')
      .where('why', 'is', null)
      .where('rule', 'in', rules)
      .where('staff', 'in', staff.slice(at, at + peopleAtOnce))
      .where('due_at', '>=', from)
      .execute();
  }
}

/** From when to when, with the local dates of both: the occasions of daily rules are dates. */
export interface EmergencyPeriod {
  from: Instant;
  to: Instant;
  firstDate: LocalDate;
  lastDate: LocalDate;
}

/** Of whom a card of these rules due in that time was not sent because of 災害モード, one entry a card; those taken back are not among them. */
export async function skippedForEmergency(db: Db, rules: string[], period: EmergencyPeriod): Promise<string[]> {
  const rows = await db
    .selectFrom('item')
    .select('staff')
    .where('state', '=', 'skipped')
    .where('why', '=', 'emergency')
    .where('rule', 'in', rules)
    .where('occasion', '>=', period.firstDate)
    .where('occasion', '<=', period.lastDate)
    .where('due_at', '>=', period.from)
    .where('due_at', '<', period.to)
    .execute();
  return rows.map((row) => row.staff);
}

/** Keeps, or clears, why the last press on a card did nothing. */
export async function noteProblem(db: Db, item: string, problem: string | null): Promise<void> {
  await db.updateTable('item').set({ note: problem }).where('id', '=', item).execute();
}
