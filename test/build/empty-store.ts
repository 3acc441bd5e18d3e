import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';

let template: Promise<string> | null = null;

/** Lays an empty store, brought forward to the present, at that path: made once for all tests of a file, then copied. */
export async function layEmptyStore(file: string): Promise<void> {
  template ??= makeTemplate();
  copyFileSync(await template, file);
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-empty-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'kaeru.db');
  const store = await openSqlite(file);
  await store.close();
  return file;
}
