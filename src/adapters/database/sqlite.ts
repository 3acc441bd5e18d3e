import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import type { Database, Db } from '../../ports/database.ts';
import { Refusal } from '../../ports/room.ts';
import type { Tables } from '../../ports/tables.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { NodeSqlite, NodeSqliteDialect } from './node-sqlite.ts';
import { holdLock, lockFileOf } from './service-lock.ts';

/**
 * Opens the store, makes it when it is missing and brings it forward. Refuses (Refusal) a newer store, and to bring an
 * older one forward while a service runs on it. `:memory:` is a store of this process alone.
 */
export async function openSqlite(file: string): Promise<Database> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db: Db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(new NodeSqlite(file)) });
  try {
    await bringForward(db, file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    transaction: (work) => db.transaction().execute(work),
    lockService: async () => lockOf(file),
    close: () => db.destroy(),
  };
}

async function bringForward(db: Db, file: string): Promise<void> {
  if ((await pendingMigrations(db)).length === 0) return;
  const lock = lockOf(file);
  if (!lock) {
    throw new Refusal(
      'service-running',
      'サービスの稼働中はデータベースを更新できません。サービスを止めてから実行してください。',
      file,
    );
  }
  try {
    await migrate(db);
  } finally {
    await lock.release();
  }
}

function lockOf(file: string): { owner: string; release(): Promise<void> } | null {
  const owner = `${process.pid}-${process.hrtime.bigint().toString(36)}`;
  if (file === ':memory:') return { owner, release: async () => {} };
  const lock = holdLock(lockFileOf(file));
  return lock && { owner, release: async () => lock.release() };
}
