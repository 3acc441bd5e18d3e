import type { Room } from '../ports/room.ts';
import { expireRecords } from './expire-records.ts';

export { currentPolicy, oneMoment } from './current-policy.ts';
export type { PolicyBook } from './read-policy.ts';
export type { Policy } from './rules.ts';
export { type WlbDay, wlbDaysOf, workingCalendar } from './working-calendar.ts';

const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);

/** The city's settings: applied from a file, shown, and the holidays that differ from the built-in ones. What only a command needs is loaded by it. */
export const policyRoom: Room = {
  name: 'policy',
  everyMinute: expireRecords,
  cli: [
    {
      name: 'policy apply',
      description: '方針（policy.yaml）を確かめて、新しい版として適用します',
      arguments: '<file>',
      run: async (ports, args) => (await import('./apply-policy.ts')).applyPolicy(ports, args[0] ?? ''),
    },
    {
      name: 'policy show',
      description: '適用中の方針、又は指定した版を表示します',
      options: [{ flags: '--version <n>', description: '版の番号' }],
      run: async (ports, _args, options) => (await import('./show-policy.ts')).showPolicy(ports, text(options.version)),
    },
    {
      name: 'import holidays',
      description: '国民の祝日・休日の一覧を取り込みます',
      arguments: '<file>',
      options: [{ flags: '--dry-run', description: '確認だけを行い、保存しません' }],
      run: async (ports, args, options) =>
        (await import('./import-holidays.ts')).importHolidays(ports, args[0] ?? '', options.dryRun === true),
    },
  ],
};
