import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { dataFolder } from '../end-to-end/product.ts';
import { query, startPostgres } from '../fakes/start-postgres.ts';

export type StoreName = 'sqlite' | 'postgres';

/** A store of the run's own, and a way to look into it that is not the product's. */
export interface OwnStore {
  name: StoreName;
  /** `--data` of the product; null where `env` names the store. */
  data: string | null;
  env: Record<string, string>;
  file(name: string): string;
  rows(statement: string): Promise<Record<string, unknown>[]>;
  /** Resolves when nothing a killed process has asked for is still being done. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export async function openStore(name: StoreName): Promise<OwnStore> {
  return name === 'sqlite' ? ownSqlite() : ownPostgres();
}

function ownSqlite(): OwnStore {
  const { data, file, remove } = dataFolder();
  return {
    ...{ name: 'sqlite', data, env: {}, file },
    async rows(statement) {
      const database = new DatabaseSync(join(data, 'kaeru.db'), { readOnly: true, timeout: 5_000 });
      try {
        return database.prepare(statement).all();
      } finally {
        database.close();
      }
    },
    quiet: async () => {},
    close: async () => remove(),
  };
}

/** What was under way at a kill, a commit maybe, a server goes on doing; it takes no longer than this, in milliseconds. */
const longestNoise = 10_000;
const sessions = `select count(*) as left from pg_stat_activity
  where datname = current_database() and application_name = 'kaeru'`;

async function ownPostgres(): Promise<OwnStore> {
  const { data, file, remove } = dataFolder();
  const server = await startPostgres().catch((error: unknown) => {
    remove();
    throw error;
  });
  const url = await server.database();
  return {
    ...{ name: 'postgres', data: null, env: { DATABASE_URL: url, KAERU_DATA: data, KAERU_MODE: 'rehearsal' }, file },
    rows: (statement) => query(url, statement),
    async quiet() {
      for (const until = performance.now() + longestNoise; performance.now() < until; ) {
        if (Number((await query(url, sessions))[0]?.['left']) === 0) return;
      }
      throw new Error('The server does not end the sessions of a process that is gone.');
    },
    async close() {
      await server.stop();
      remove();
    },
  };
}
