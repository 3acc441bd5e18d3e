import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsRevision, peopleRoom, staffMemberOn, staffOn } from '../../src/people/index.ts';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { runImport } from './import-command.ts';

const april = [
  aStaffRow('100001'),
  aStaffRow('100002'),
  aStaffRow('100003', { 職位: '課長' }),
  aStaffRow('100009', { 氏名: '封印 九郎' }),
];
const march = [aStaffRow('100001'), aStaffRow('100002'), aStaffRow('100003')];

async function sealedForApril(now: string): Promise<TestPorts> {
  const ports = await testPorts({ now });
  await runImport(ports, 'staff', march);
  const sealed = await runImport(ports, 'staff', april, { effective: '2027-04-01' });
  expect(sealed.failed).toBeUndefined();
  expect(sealed.document).toMatchObject({ rows: 4, added: 1, changed: 1, unchanged: 2 });
  expect(sealed.lines.join('')).toContain('2027-04-01');
  return ports;
}

const minute = (ports: TestPorts, iso: string) => {
  ports.clock.moveTo(iso);
  return peopleRoom.everyMinute?.(ports, Date.parse(iso));
};

test('a file for a day to come is in no query, no count and no byte of the store before 00:00 of that day', async () => {
  const ports = await sealedForApril('2027-03-25T10:00:00+09:00');
  const { db } = ports.database;
  const revision = await importsRevision(db);
  await minute(ports, '2027-03-31T23:59:00+09:00');
  expect((await staffOn(db, '2027-04-01')).map((member) => member.staff)).toEqual(['100001', '100002', '100003']);
  expect((await staffMemberOn(db, '100003', '2027-04-01'))?.post).toBe('職員');
  expect(await importsRevision(db)).toBe(revision);
  const stored = ['kaeru.db', 'kaeru.db-wal'].map((name) => readFileSync(join(ports.settings.dataFolder, name)));
  for (const bytes of stored) {
    for (const secret of ['封印 九郎', '100009', Buffer.from('封印 九郎').toString('base64').slice(0, -2)]) {
      expect(bytes.includes(secret)).toBe(false);
    }
  }
});

test('at 00:00 of its day it is opened as if it had been imported then, once', async () => {
  const ports = await sealedForApril('2027-03-25T10:00:00+09:00');
  const { db } = ports.database;
  await minute(ports, '2027-04-01T00:00:00+09:00');
  expect((await staffMemberOn(db, '100003', '2027-03-31'))?.post).toBe('職員');
  expect((await staffMemberOn(db, '100003', '2027-04-01'))?.post).toBe('課長');
  expect((await staffMemberOn(db, '100009', '2027-04-01'))?.name).toBe('封印 九郎');
  const imports = () => db.selectFrom('import_file').select(['kind', 'effective', 'added']).execute();
  const after = await imports();
  expect(after).toContainEqual({ kind: 'staff', effective: '2027-04-01', added: 1 });
  await minute(ports, '2027-04-01T00:01:00+09:00');
  expect(await imports()).toEqual(after);
  const [kept] = await db.selectFrom('sealed_file').selectAll().execute();
  expect(kept).toMatchObject({ opened_at: Date.parse('2027-04-01T00:00:00+09:00'), content: '' });
});

test('a service that was down at midnight opens it at its first minute, and so does the next import', async () => {
  const late = await sealedForApril('2027-03-25T10:00:00+09:00');
  await minute(late, '2027-04-03T08:12:00+09:00');
  expect((await staffMemberOn(late.database.db, '100003', '2027-04-01'))?.post).toBe('課長');
  const imported = await sealedForApril('2027-03-25T10:00:00+09:00');
  imported.clock.moveTo('2027-04-02T09:00:00+09:00');
  expect((await runImport(imported, 'staff', april)).document).toMatchObject({ unchanged: 4, added: 0, changed: 0 });
});

test('a corrected file for the same day takes the place of the sealed one', async () => {
  const ports = await sealedForApril('2027-03-25T10:00:00+09:00');
  const corrected = [...april.slice(0, 3), aStaffRow('100010')];
  await runImport(ports, 'staff', corrected, { effective: '令和9年4月1日' });
  expect(await ports.database.db.selectFrom('sealed_file').selectAll().execute()).toHaveLength(1);
  await minute(ports, '2027-04-01T00:00:00+09:00');
  const numbers = (await staffOn(ports.database.db, '2027-04-01')).map((member) => member.staff);
  expect(numbers).toEqual(['100001', '100002', '100003', '100010']);
});

test('a file with problems is not sealed, and a dry run seals nothing', async () => {
  const ports = await testPorts({ now: '2027-03-25T10:00:00+09:00' });
  const wrong = await runImport(ports, 'staff', [aStaffRow('100001', { 言語: 'fr' })], { effective: '2027-04-01' });
  expect(wrong.failed?.code).toBe('import-problems');
  await runImport(ports, 'staff', april, { effective: '2027-04-01', dryRun: true });
  expect(await ports.database.db.selectFrom('sealed_file').selectAll().execute()).toEqual([]);
});
