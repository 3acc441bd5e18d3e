import { expect, test } from 'vitest';
import { createLog } from '../../src/adapters/log.ts';

function logged(level: 'info' | 'warn', use: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  use(createLog(level, (line) => lines.push(line)));
  return lines.map((line) => JSON.parse(line));
}

test('a line is its fixed message with the allowed fields beside it', () => {
  const [line] = logged('info', (log) => log.info('Sent', { rule: 'no-overtime-day', attempts: 2, unknown: null }));
  expect(line).toMatchObject({ level: 30, msg: 'Sent', rule: 'no-overtime-day', attempts: 2, unknown: null });
});
test('fields that are not on the list never appear, only their number', () => {
  const [line] = logged('info', (log) =>
    log.info('Sent', { name: 'canary', answer: 'canary', token: 'canary', rule: 'a' }),
  );
  expect(JSON.stringify(line)).not.toContain('canary');
  expect(line).toMatchObject({ rule: 'a', dropped: 3 });
});
test.each(['見本 太郎', 'mihon taro', 'taro@example.jp', 'a\nb', 'x'.repeat(101)])(
  '%j never appears under an allowed field',
  (text) => {
    const [line] = logged('info', (log) => log.error('Failed', { why: text }));
    expect(line).toMatchObject({ why: '[text]' });
  },
);
test('lines below the level are not written', () => {
  expect(logged('warn', (log) => log.info('x'))).toEqual([]);
});
