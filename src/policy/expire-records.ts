import { addDays, instantAt, localAt } from '../calendar/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { RetentionTable } from '../ports/tables.ts';
import { currentPolicy } from './current-policy.ts';
import { deleteOlder, lastExpiry, noteExpiry, retentionRows } from './queries.ts';

/** 03:15: after the counts of the day before are taken, before anybody begins. */
const expiryMinute = 3 * 60 + 15;

/**
 * Once a day, at the first minute from 03:15 on, deletes what is older than its retention class allows (P27): the policy's
 * `retention` days, else the class's own. A row of N days is kept through its Nth day.
 */
export async function expireRecords(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const local = localAt(minute, book.timeZone);
  if (local.minute < expiryMinute || (await lastExpiry(db)) === local.date) return;
  const days = book.on(local.date).retention;
  await ports.database.transaction(async (trx) => {
    for (const table of await retentionRows(trx)) {
      const kept = days[table.class] ?? table.days;
      if (kept !== null) await expire(trx, table, addDays(local.date, -kept), book.timeZone);
    }
    await noteExpiry(trx, local.date);
  });
}

/** `oldest` is the first local date still kept. Table and column names come from our own migrations. */
async function expire(db: Db, table: RetentionTable, oldest: LocalDate, timeZone: string): Promise<void> {
  if (table.aged_by === null) return;
  const before = table.aged_in === 'date' ? oldest : instantAt(oldest, 0, timeZone);
  await deleteOlder(db, table.table_name, table.aged_by, before);
}
