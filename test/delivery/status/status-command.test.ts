import { expect, test } from 'vitest';
import { statusCommand } from '../../../src/delivery/status/show-status.ts';
import { noteUnknownSender } from '../../../src/people/index.ts';
import { aadOf } from '../../build/staff-member.ts';
import { at, brokenCity, say, startList, TODAY } from './list-service.ts';

const iso = (time: string) => `${TODAY}T${time}:00+09:00`;

test('delivery status gives messages by state, the breaker and the list, without a name, and writes down that it was seen', async () => {
  const service = await brokenCity();
  await noteUnknownSender(service.db, aadOf('777777'), at('12:00'));
  await say(service, '900001', '今日');
  const { document, lines } = await statusCommand.run(service.ports, [], {});
  const section = '見本局/見本部/見本課';
  expect(document).toEqual({
    totals: { sent: 1 },
    updatesWaiting: 0,
    breaker: { open: false, since: null, refusedInARow: 0, closedAt: null, undone: 0 },
    unreachable: [
      { staff: '100002', class: 'no-id', why: 'no-id', since: '2026-04-01T00:00:00+09:00', section },
      {
        staff: '100003',
        class: 'no-chat',
        why: 'not-opened',
        since: '2020-04-01T00:00:00+09:00',
        section: '例示局/例示課',
      },
      { staff: '100006', class: 'no-chat', why: 'opening-refused', since: iso('11:00'), section },
      { staff: '100007', class: 'no-chat', why: 'opening-unknown', since: iso('12:00'), section },
      { staff: '100004', class: 'unreachable', why: 'uninstalled', since: iso('09:00'), section },
      { staff: '100005', class: 'unreachable', why: 'blocked', since: iso('10:00'), section },
    ],
    unknownSenders: [{ aad: aadOf('777777'), first: iso('12:00'), last: iso('12:00'), times: 1 }],
  });
  expect(JSON.stringify([document, lines])).not.toMatch(/架空|例示 |仮名|試作|素案|原案/);
  expect(lines).toContain('届かない職員: 6人（IDが名簿にない 1、チャットがない 3、受信できなくなった 2）');
  const audited = await service.db.selectFrom('audit').select(['action', 'subject', 'detail']).execute();
  const detail = JSON.stringify({ people: 6, senders: 1 });
  expect(audited).toEqual([{ action: 'view-list', subject: 'delivery.unreachable', detail }]);
});

test('an empty store has nothing to tell', async () => {
  const service = await startList({ staff: [] });
  const { document } = await statusCommand.run(service.ports, [], {});
  expect(document).toMatchObject({ totals: {}, updatesWaiting: 0, unreachable: [], unknownSenders: [] });
});
