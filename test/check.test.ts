import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { check } from '../src/check.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'kaeru-check-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const names = (document: object) => ('items' in document ? (document.items as { name: string; ok: boolean }[]) : []);

test('an empty data folder passes, one line each, and says that the sample’s policy is in use', async () => {
  const result = await check({ command: 'check', data: folder() });
  expect(result.failed).toBeUndefined();
  expect(names(result.document).map((item) => item.name)).toEqual([
    'configuration',
    'clock',
    'database',
    'policy',
    'holidays',
    'agreements',
    'manifest',
  ]);
  expect(result.lines.join('\n')).toContain('policy apply');
});

test('a store that is no database is named, with what to do, and the exit code is 1', async () => {
  const data = folder();
  writeFileSync(join(data, 'kaeru.db'), 'これはデータベースではありません。'.repeat(200));
  const result = await check({ command: 'check', data });
  expect(result.failed).toMatchObject({ code: 'check', where: 'database' });
  expect(result.lines.join('\n')).toMatch(/× database: .+/);
  expect(result.lines.join('\n')).not.toMatch(/at .*\.ts:\d+/);
});

test('a wrong setting is named with what is expected, and nothing is opened', async () => {
  const result = await check({ command: 'check', data: folder(), port: 'abc' });
  expect(result.failed).toMatchObject({ where: 'configuration' });
  expect(result.lines[0]).toContain('--port');
  expect(names(result.document).some((item) => item.name === 'database')).toBe(false);
});
