import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from '../../ports/database.ts';
import { Refusal } from '../../ports/room.ts';
import * as m0001 from './migrations/0001.ts';
import * as m0002 from './migrations/0002.ts';
import * as m0003 from './migrations/0003.ts';
import * as m0004 from './migrations/0004.ts';
import * as m0005 from './migrations/0005.ts';
import * as m0006 from './migrations/0006.ts';
import * as m0007 from './migrations/0007.ts';
import * as m0008 from './migrations/0008.ts';
import * as m0009 from './migrations/0009.ts';
import * as m0010 from './migrations/0010.ts';
import * as m0011 from './migrations/0011.ts';
import * as m0012 from './migrations/0012.ts';
import * as m0013 from './migrations/0013.ts';
import * as m0014 from './migrations/0014.ts';
import * as m0015 from './migrations/0015.ts';

const migrations: Record<string, Migration> = {
  '0001': m0001,
  '0002': m0002,
  '0003': m0003,
  '0004': m0004,
  '0005': m0005,
  '0006': m0006,
  '0007': m0007,
  '0008': m0008,
  '0009': m0009,
  '0010': m0010,
  '0011': m0011,
  '0012': m0012,
  '0013': m0013,
  '0014': m0014,
  '0015': m0015,
};

/** Steps this program knows and the store has not taken. Refuses a store that a newer Kaeru has written. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const taken = await takenMigrations(db);
  const unknown = taken.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new Refusal(
      'newer-database',
      `この版の Kaeru より新しいデータベースです（手順 ${unknown.join(', ')}）。新しい版の Kaeru で開いてください。`,
      'database',
    );
  }
  return Object.keys(migrations).filter((name) => !taken.includes(name));
}

/** Brings the store forward, one transaction a step. `finish` is what an engine adds to every step, inside its transaction. */
export async function migrate(db: Db, finish: Migration['up'] = async () => {}): Promise<void> {
  const stepOf = (step: Migration): Migration => ({
    up: async (inside) => {
      await step.up(inside);
      await finish(inside);
    },
  });
  const steps = Object.fromEntries(Object.entries(migrations).map(([name, step]) => [name, stepOf(step)]));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => steps } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

async function takenMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}
