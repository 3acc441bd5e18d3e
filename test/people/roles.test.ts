import { expect, test } from 'vitest';
import { rolesOf, rolesOn } from '../../src/people/index.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { runImport } from './import-command.ts';

const today = '2026-11-18';

function policyWith(roles: string) {
  const read = readPolicy(`organisation: 見本市\nroles: { ${roles} }\n`, 1);
  if ('book' in read) return read.book.on(today);
  throw new Error(JSON.stringify(read.problems));
}

async function city(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(ports, 'staff', [
    aStaffRow('100001', { 部: '人事部', 課: '労務課', 所属コード: '0101' }),
    aStaffRow('100002', { 部: '人事部', 課: '' }),
    aStaffRow('100003', { 部: '人事部', 課: '労務課', 所属コード: '0101', 退職日: '2026-11-17' }),
    aStaffRow('100004', { 部: '人事部', 課: '労務課', 所属コード: '0101', 採用日: '2027-04-01' }),
    aStaffRow('100005', { 局区: '人事部研究局', 課: '人事部課' }),
  ]);
  return ports;
}

test.each([
  ['a code', '"0101"', ['100001']],
  ['a path', '見本局/人事部', ['100001', '100002']],
  ['a bare name', '労務課', ['100001']],
  ['a 局区 that has no row of its own', '見本局', ['100001', '100002']],
  ['a name nobody has', '宇宙課', []],
])(
  'a section given as %s gives the role to those in service there, and to nobody beside',
  async (_, section, holders) => {
    const { database } = await city();
    const roles = await rolesOn(database.db, policyWith(`hr: [ { section: ${section} } ]`), today);
    expect([...roles.keys()].sort()).toEqual(holders);
  },
);

test('a number, a section and a grant in the store add up; who is not in service holds none', async () => {
  const { database } = await city();
  const grant = { section_id: null, granted_by: '100001', granted_at: 0 };
  await database.db
    .insertInto('role_grant')
    .values([
      { ...grant, staff: '100001', role: 'audit', valid_from: '2026-04-01', valid_to: today },
      { ...grant, staff: '100001', role: 'ict', valid_from: '2026-04-01', valid_to: '2026-11-17' },
      { ...grant, staff: '100001', role: 'health', valid_from: '2026-11-19', valid_to: null },
      { ...grant, staff: '100003', role: 'audit', valid_from: '2026-04-01', valid_to: null },
    ])
    .execute();
  const policy = policyWith('hr: [ "100001", "100003", "100004", "999999" ], labour: [ { section: 労務課 } ]');
  expect([...(await rolesOn(database.db, policy, today))]).toEqual([['100001', ['audit', 'hr', 'labour']]]);
  expect(await rolesOf(database.db, policy, '100003', today)).toEqual([]);
  expect(await rolesOf(database.db, policy, '100004', '2027-04-01')).toEqual(['hr', 'labour']);
});
