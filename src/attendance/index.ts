import type { CliCommand, Feed, Room } from '../ports/room.ts';
import { importClock } from './import-clock.ts';
import { importOrders } from './import-orders.ts';
import { type Take, takeFeed, takeNamedFile } from './take-named-file.ts';

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

/** 勤怠: what the city's own systems say of who is at work. Files and feeds in; other rooms ask by the functions above. */
export const attendanceRoom: Room = {
  name: 'attendance',
  cli: [
    importOf('clock', '出退勤の記録を取り込みます', importClock),
    importOf('orders', '時間外勤務の申請・命令を取り込みます', importOrders),
  ],
  feeds: [feedOf('clock', importClock), feedOf('orders', importOrders)],
};

function importOf(kind: string, description: string, take: Take): CliCommand {
  return {
    name: `import ${kind}`,
    description,
    arguments: '<file>',
    options: [{ flags: '--dry-run', description: '確認だけを行い、保存しません' }],
    run: (ports, args, options) => takeNamedFile(ports, take, args[0] ?? '', options.dryRun === true),
  };
}

function feedOf(name: string, take: Take): Feed {
  return { name, take: (ports, content, sender) => takeFeed(ports, take, name, content, sender) };
}
