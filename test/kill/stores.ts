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
    close: async () => remove(),
  };
}

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
    async close() {
      await server.stop();
      remove();
    },
  };
}
