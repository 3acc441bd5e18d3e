import { expect, test } from 'vitest';
import { attendanceOn, attendanceRoom, stillAtWork } from '../../src/attendance/index.ts';
import { instantAt } from '../../src/calendar/index.ts';
import { registryOf } from '../../src/delivery/index.ts';
import { membersOn } from '../../src/people/index.ts';
import type { OccasionRule, Ports } from '../../src/ports/room.ts';
import { startTestService } from '../build/service.ts';
import { toyRoom } from '../delivery/toy-room.ts';
import { DAY } from './take.ts';

const card = 19 * 60 + 30;
let asked = 0;

/** As C02 is: everybody is named at 19:30 of the day, with the reason of those who are not at work. */
const eveningRule: OccasionRule = {
  name: 'toy',
  card: 'toy',
  priority: 1,
  urgency: 'ping',
  contact: 'time-bound',
  pages: 'people',
  async minutes(_ports, _db, date) {
    asked += 1;
    const at = instantAt(date, card, 'Asia/Tokyo');
    return date === DAY ? [{ at, usefulUntil: at + 9_000_000 }] : [];
  },
  async decide(_ports, db, date) {
    const at = instantAt(date, card, 'Asia/Tokyo');
    return async (page) => {
      asked += 1;
      const facts = await attendanceOn(db, date);
      return (await membersOn(db, date, page)).map(({ staff }) => {
        const found = stillAtWork(facts(staff), card);
        return { staff, at, lastUsefulAt: at + 9_000_000, ...(found.atWork ? {} : { why: found.why }) };
      });
    };
  },
};

const feed = (ports: Ports, lines: string) =>
  attendanceRoom.feeds
    ?.find((one) => one.name === 'clock')
    ?.take(ports, Buffer.from(`職員番号,日付,出勤,退勤\n${lines}`), 'test');

test('a feed makes no plan anew, and the evening is decided at its minute from what the last feed said', async () => {
  const service = await startTestService({
    registry: { ...registryOf([toyRoom]), rules: [eveningRule] },
    now: `${DAY}T19:00:00+09:00`,
    staff: ['100001', '100002', '100003'].map((staff) => ({ staff })),
  });
  await service.runTo(`${DAY}T19:05:00+09:00`);
  const planned = asked;
  await feed(service.ports, `100001,${DAY},08:30,\n100002,${DAY},08:30,\n`);
  await service.runTo(`${DAY}T19:20:00+09:00`);
  await feed(service.ports, `100002,${DAY},08:30,19:22\n`);
  await service.runTo(`${DAY}T19:25:00+09:00`);
  expect(asked).toBe(planned);
  await service.runTo(`${DAY}T19:30:00+09:00`);
  expect(asked).toBe(planned + 1);
  const items = await service.db.selectFrom('item').select(['staff', 'state', 'why']).orderBy('staff').execute();
  expect(items).toEqual([
    { staff: '100001', state: 'open', why: null },
    { staff: '100002', state: 'skipped', why: 'left' },
    { staff: '100003', state: 'skipped', why: 'not-at-work' },
  ]);
});
