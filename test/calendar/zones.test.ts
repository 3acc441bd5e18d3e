import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('print-days.ts', import.meta.url));

function daysUnder(zone: string): { processZone: string; lines: unknown[][] } {
  const env = { ...process.env, TZ: zone, NODE_OPTIONS: '' };
  const printed = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    env,
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(printed.toString('utf8'));
}

test('weekdays, holidays, instants and 和暦 of nine years are the same wherever the machine stands', () => {
  const tokyo = daysUnder('Asia/Tokyo');
  const utc = daysUnder('UTC');
  const newYork = daysUnder('America/New_York');
  expect([tokyo, utc, newYork].map((one) => one.processZone)).toEqual(['Asia/Tokyo', 'UTC', 'America/New_York']);
  expect(utc.lines).toEqual(tokyo.lines);
  expect(newYork.lines).toEqual(tokyo.lines);
  const closed = tokyo.lines.find(([day]) => day === '2026-09-22');
  const iso = '2026-09-22T16:15:00+09:00';
  expect(closed).toEqual(['2026-09-22', 'tue', 'holiday', '休日', iso, '2026-09-22', { date: '2026-09-22' }]);
});
