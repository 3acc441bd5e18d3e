import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';
import { openSecrets } from '../../src/adapters/secrets.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function anEmptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-modes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As generous as a machine may be set up. */
function withOpenMask(): void {
  const before = process.umask(0o000);
  onTestFinished(() => void process.umask(before));
}

test.skipIf(process.platform === 'win32')('store, log of the store and key are for their owner alone', async () => {
  withOpenMask();
  const data = join(anEmptyFolder(), 'deep', 'data');
  const database = await openSqlite(join(data, 'kaeru.db'));
  openSecrets({ file: null, dataFolder: data, mode: 'rehearsal' });
  await database.db.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
  const modes = Object.fromEntries(readdirSync(data).map((name) => [name, modeOf(join(data, name))]));
  await database.close();
  expect(modes).toMatchObject({ 'kaeru.db': '600', 'kaeru.db-wal': '600', 'kaeru.db-shm': '600', 'secret.key': '600' });
  expect([modeOf(data), modeOf(join(data, '..'))]).toEqual(['700', '700']);
});

test.skipIf(process.platform === 'win32')('a mode that the operator gave the store stays as it is', async () => {
  const file = join(anEmptyFolder(), 'kaeru.db');
  await (await openSqlite(file)).close();
  chmodSync(file, 0o640);
  await (await openSqlite(file)).close();
  expect(modeOf(file)).toBe('640');
});
