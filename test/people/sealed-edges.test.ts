import { expect, test } from 'vitest';
import { peopleRoom, staffMemberOn } from '../../src/people/index.ts';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { everything } from './everything.ts';
import { runImport } from './import-command.ts';

const now = [aStaffRow('100001'), aStaffRow('100002')];
const file = (unit: string) => [
  aStaffRow('100001', { 課: unit }),
  aStaffRow('100002'),
  aStaffRow('100003', { 採用日: '2027-04-01' }),
];
const april = { effective: '2027-04-01' };

async function marchStore(): Promise<TestPorts> {
  const ports = await testPorts({ now: '2027-03-25T10:00:00+09:00' });
  await runImport(ports, 'staff', now);
  return ports;
}

const minute = async (ports: TestPorts, iso: string) => {
  ports.clock.moveTo(iso);
  await peopleRoom.everyMinute?.(ports, ports.clock.now());
};
const unitOn = async (ports: TestPorts, date: string) => (await staffMemberOn(ports.database.db, '100001', date))?.unit;

test('sealing changes one sealed row and one line of the audit, and nothing else', async () => {
  const ports = await marchStore();
  const before = await everything(ports);
  await runImport(ports, 'staff', file('異動先課'), april);
  const { sealed, audit = [], ...rest } = await everything(ports);
  expect({ ...rest, sealed: [], audit: audit.slice(0, -1) }).toEqual(before);
  expect(sealed).toMatchObject([{ kind: 'staff', effective: '2027-04-01', opened_at: null }]);
  expect(audit.at(-1)).toMatchObject({ action: 'import-sealed', subject: 'staff' });
});

test('the very same file sealed again is kept as it is', async () => {
  const ports = await marchStore();
  await runImport(ports, 'staff', file('異動先課'), april);
  const before = await everything(ports);
  await runImport(ports, 'staff', file('異動先課'), april);
  expect(await everything(ports)).toEqual(before);
});

test('files for several days open in the order of their days, each from its own', async () => {
  const ports = await marchStore();
  await runImport(ports, 'staff', file('五月課'), { effective: '2027-05-01' });
  await runImport(ports, 'staff', file('四月課'), april);
  await minute(ports, '2027-05-02T09:00:00+09:00');
  expect(await unitOn(ports, '2027-03-31')).toBe('見本課');
  expect(await unitOn(ports, '2027-04-30')).toBe('四月課');
  expect(await unitOn(ports, '2027-05-01')).toBe('五月課');
});

test('where no service runs, the next import of another kind opens it; a dry run takes that back too', async () => {
  const ports = await marchStore();
  await runImport(ports, 'staff', file('異動先課'), april);
  ports.clock.moveTo('2027-04-01T07:00:00+09:00');
  const before = await everything(ports);
  const leave = '職員番号,日付,種別\n100003,2027-04-02,全日\n';
  expect((await runImport(ports, 'leave', leave, { dryRun: true })).document).toMatchObject({ added: 1 });
  expect(await everything(ports)).toEqual(before);
  expect(ports.logged).toEqual([]);
  expect((await runImport(ports, 'leave', leave)).document).toMatchObject({ added: 1 });
  expect(await unitOn(ports, '2027-04-01')).toBe('異動先課');
});

test('too many leavers are asked about when the file is given, not on its day', async () => {
  const ports = await marchStore();
  const before = await everything(ports);
  const refused = await runImport(ports, 'staff', [aStaffRow('100001')], april);
  expect(refused.failed?.code).toBe('confirm-leavers');
  expect(await everything(ports)).toEqual(before);
  await runImport(ports, 'staff', [aStaffRow('100001')], { ...april, confirmLeavers: true });
  await minute(ports, '2027-04-01T00:00:00+09:00');
  expect(await staffMemberOn(ports.database.db, '100002', '2027-04-01')).toMatchObject({ left_on: '2027-03-31' });
});

test('one that cannot be opened is kept and said in the log; those behind it open', async () => {
  const ports = await marchStore();
  await runImport(ports, 'staff', file('壊れた課'), april);
  const { db } = ports.database;
  await db.updateTable('sealed_file').set({ content: 'x' }).execute();
  await runImport(ports, 'staff', file('五月課'), { effective: '2027-05-01' });
  await minute(ports, '2027-05-01T00:00:00+09:00');
  expect(ports.logged).toMatchObject([
    { level: 'error', data: { kind: 'staff', date: '2027-04-01' } },
    { level: 'info', data: { kind: 'staff', date: '2027-05-01', rows: 3 } },
  ]);
  const left = await db.selectFrom('sealed_file').select('effective').where('opened_at', 'is', null).execute();
  expect(left).toEqual([{ effective: '2027-04-01' }]);
  expect([await unitOn(ports, '2027-04-01'), await unitOn(ports, '2027-05-01')]).toEqual(['見本課', '五月課']);
});
