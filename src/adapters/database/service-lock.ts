import { DatabaseSync } from 'node:sqlite';
import { guarded, isBusy } from './node-sqlite.ts';

/**
 * Holds the lock file of a store for this process: an exclusive transaction on a database of its own, which the system lets
 * go when the process ends, however it ends. Null when another process holds it; StoreUnavailable where the file cannot be used.
 */
export function holdLock(file: string): { release(): void } | null {
  const database = guarded(() => new DatabaseSync(file, { timeout: 0 }));
  try {
    guarded(() => database.exec('begin exclusive'));
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => database.close() };
}

/** Whether a service holds the lock of this store now. */
export function isServiceRunning(store: string): boolean {
  const lock = holdLock(lockFileOf(store));
  lock?.release();
  return lock === null;
}

/** The lock file of a store. */
export function lockFileOf(store: string): string {
  return `${store}.lock`;
}
