import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';
import { check } from '../../src/check.ts';
import { applyPolicyText, putStaff } from '../build/service.ts';

test('check names the sections of a peak that the roster does not know, and not those of a peak that is over', async () => {
  const data = mkdtempSync(join(tmpdir(), 'kaeru-check-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const store = await openSqlite(join(data, 'kaeru.db'));
  const peak = (name: string, to: string) =>
    `  - { name: ${name}, 事由: 選挙, from: 2020-04-01, to: ${to}, sections: [ ${name}課 ] }`;
  await applyPolicyText(
    store.db,
    `organisation: 見本市\npeaks:\n${peak('昔の', '2020-04-02')}\n${peak('架空', '2099-04-02')}\n`,
    1,
  );
  const lines = async () => (await check({ command: 'check', data })).lines.join('\n');
  expect(await lines()).not.toContain('課');
  await putStaff(store.db, [{ staff: '100001' }], 0);
  await store.close();
  expect(await lines()).toContain(
    'sections: 方針（policy.yaml）の所属を直してください。所属「架空課」は見つかりません。',
  );
  expect(await lines()).not.toContain('昔の');
});
