import { afterAll, beforeAll } from 'vitest';
import { openPostgres } from '../../../src/adapters/database/postgres.ts';
import { startPostgres, type TestPostgres } from '../../fakes/start-postgres.ts';
import { databaseContract } from './contract.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

databaseContract('PostgreSQL', async () => {
  const url = await server.database();
  return { open: () => openPostgres(url) };
});
