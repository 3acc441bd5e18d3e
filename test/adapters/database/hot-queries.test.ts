import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openSqlite } from '../../../src/adapters/database/sqlite.ts';
import {
  contactRows,
  heldOf,
  openOnOthers,
  staffWithHeld,
  usedInWeek,
  waitingForHours,
} from '../../../src/delivery/contact/queries.ts';
import { waitingOpenings } from '../../../src/delivery/openings/queries.ts';
import { ownersOfClaims } from '../../../src/delivery/owners/queries.ts';
import { expireWaiting, holdWaiting, hurriedMessages, waitingMessages } from '../../../src/delivery/queries.ts';
import { waitingUpdates } from '../../../src/delivery/updates/queries.ts';
import { summariesToFinish } from '../../../src/no-overtime-day/queries.ts';
import type { Db } from '../../../src/ports/database.ts';
import { takeShortWay } from '../../../src/ports/kept-query.ts';

/** What runs at every step, press or minute: on a store with a year in it none of it may look through a whole table. */
const hot: [string, (db: Db) => Promise<unknown>][] = [
  ['what waits to be sent', (db) => waitingMessages(db, { owner: 'me', after: 0, most: 30 })],
  ['what is about to expire', (db) => hurriedMessages(db, { owner: 'me', after: 0, most: 30, until: 9 })],
  ['what waits past its last minute', (db) => expireWaiting(db, 0)],
  ['what waits for one chat', (db) => holdWaiting(db, 'aad', null)],
  ['what waits to be updated', (db) => waitingUpdates(db, { owner: 'me', most: 30 })],
  ['whose chat waits to be opened', (db) => waitingOpenings(db, { owner: 'me', most: 30 })],
  ['whose claims are under way', (db) => ownersOfClaims(db)],
  ['what counts in a week, of some', (db) => usedInWeek(db, '2026-11-16', ['1'])],
  ['what waits for a ping, of some', (db) => heldOf(db, ['1'], 0)],
  ['for whom something waits for a ping', (db) => staffWithHeld(db, ['1'])],
  ['what waits for working hours', (db) => waitingForHours(db)],
  ['what a person could still press', (db) => openOnOthers(db, { id: 'm', staff: '1' }, '2026-11-16', 0, 6)],
  ['the week of a person', (db) => contactRows(db, '1', '2026-11-16')],
  ['summaries that wait for their last word', (db) => summariesToFinish(db, 0)],
];

test.each(hot)('%s is found by an index that SQLite takes', async (_, query) => {
  const { db, close } = await openSqlite(':memory:');
  const asked: string[] = [];
  const listening = db.withPlugin({
    transformQuery: ({ node }) => {
      asked.push(db.getExecutor().compileQuery(node, { queryId: 'plan' }).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  // A kept statement was built by whoever asked it first in this process.
  const rows = (text: string) => {
    asked.push(text);
    return null;
  };
  takeShortWay(listening, { rows });
  await query(listening);
  expect(asked.length).toBeGreaterThan(0);
  for (const text of asked) {
    const plan = await sql<{ detail: string }>`explain query plan ${sql.raw(text.replaceAll('?', 'null'))}`.execute(db);
    const scanned = plan.rows
      .map((row) => row.detail)
      .filter((detail) =>
        /^SCAN (message|message_update|item|attempt|chat_opening|conversation)\b(?!.*USING)/.test(detail),
      );
    expect(scanned, text).toEqual([]);
  }
  await close();
});
