import type { CliCommand, Feed, Room } from '../ports/room.ts';
import type { Take } from './take-named-file.ts';

export { attendanceOn, type ClockDay, clockOn, type OrderDay, ordersOn } from './read-attendance.ts';
export {
  type AtWork,
  type ClockEntry,
  type DayFacts,
  type Evidence,
  type Gap,
  gapOf,
  isAfterTheFact,
  lastLeft,
  type Order,
  type Presence,
  restMinutes,
  stillAtWork,
} from './rules.ts';

const takeClock: Take = async (ports, file) => (await import('./import-clock.ts')).importClock(ports, file);
const takeOrders: Take = async (ports, file) => (await import('./import-orders.ts')).importOrders(ports, file);

/** 勤怠: what the city's own systems say of who is at work. Files and feeds in; other rooms ask by the functions above. What only a file needs is loaded by the first one. */
export const attendanceRoom: Room = {
  name: 'attendance',
  cli: [
    importOf('clock', '出退勤の記録を取り込みます', takeClock),
    importOf('orders', '時間外勤務の申請・命令を取り込みます', takeOrders),
  ],
  feeds: [feedOf('clock', takeClock), feedOf('orders', takeOrders)],
};

function importOf(kind: string, description: string, take: Take): CliCommand {
  return {
    name: `import ${kind}`,
    description,
    arguments: '<file>',
    options: [{ flags: '--dry-run', description: '確認だけを行い、保存しません' }],
    run: async (ports, args, options) =>
      (await import('./take-named-file.ts')).takeNamedFile(ports, take, args[0] ?? '', options.dryRun === true),
  };
}

function feedOf(name: string, take: Take): Feed {
  return {
    name,
    take: async (ports, content, sender) =>
      (await import('./take-named-file.ts')).takeFeed(ports, take, name, content, sender),
  };
}
