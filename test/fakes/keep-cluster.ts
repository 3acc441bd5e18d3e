import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterFolder, keepCluster } from './start-postgres.ts';

/** Before the tests that need PostgreSQL: one cluster is made while the first of them start, and copied for each server. */
export function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-cluster-'));
  process.env[clusterFolder] = folder;
  const made = keepCluster(folder);
  made.catch((error: unknown) => console.error(error));
  return async () => {
    await made.catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
}
