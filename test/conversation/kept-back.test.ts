import { expect, test } from 'vitest';
import { incomingOf } from '../../src/conversation/index.ts';
import { ledger } from '../../src/delivery/index.ts';
import type { LeaveDayTable } from '../../src/ports/tables.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { clock, itemOf, press, read, runTo, startWednesday, WEDNESDAY, wordsOn } from '../build/wednesday.ts';
import { putSections } from '../pauses/evening.ts';

const CLERK = '100001';
const policy = `organisation: 見本市
contactBudget: { pingsPerWeek: 0 }
priorApplication: { sections: [ 見本局/見本部/見本課 ] }
`;

/** The card that comes back to a word. */
async function write(service: TestService, text: string): Promise<string> {
  const { message } = incomingOf(service.ports, registry, service.delivery);
  await message({ sender: senderOf(CLERK), text, activityId: null });
  await service.settle();
  return wordsOn(service.ports.chat.calls.at(-1)?.message.card);
}

async function morning(): Promise<TestService> {
  const service = await startWednesday({ policy, now: `${WEDNESDAY}T15:29:45+09:00` });
  await putSections(service, ['見本局/見本部/見本課']);
  return service;
}

const callsTo = (service: TestService) =>
  service.ports.chat.calls.filter((call) => call.conversation === `chat-${CLERK}`);

test('a notice beyond the budget waits for C01 and stands on it as a line; 今日 and 停止 say so, in every language', async () => {
  const service = await morning();
  await runTo(service, '15:30');
  expect(callsTo(service)).toEqual([]);
  expect(await write(service, '今日')).toContain('週0回を超えたため、次のお知らせに添えます');
  expect(await write(service, '停止')).toContain('週0回を超えたため、次のお知らせに添えます');
  await runTo(service, '16:15');
  const card = wordsOn(
    service.ports.chat.sends().filter((call) => call.conversation === `chat-${CLERK}`)[2]?.message.card,
  );
  expect(card).toContain('本日は定時退庁日です');
  expect(card).toContain('ほかのお知らせ（1件）');
  expect(await write(service, '今日')).toContain('未回答（週0回を超えたため、ほかのお知らせに添えました）');
  expect(await write(service, '停止')).toContain('週0回までのうち0回');
  for (const [language, said] of [
    ['en', 'Sent with another notice: more than 0 this week'],
    ['easy', 'いっしょに とどけました'],
  ] as const) {
    await service.db.deleteFrom('language_choice').execute();
    await service.db.insertInto('language_choice').values({ staff: CLERK, language, chosen_at: 0 }).execute();
    expect(await write(service, '今日')).toContain(said);
    expect(await write(service, '停止')).toContain(said);
  }
});

test('it is answered on that card, and its answer stands there', async () => {
  const service = await morning();
  await runTo(service, '16:15');
  const item = await itemOf(service, CLERK, 'prior-application');
  const opened = await press(service, CLERK, 'delivery.open', { i: item.id, r: item.revision, show: 'item' });
  expect(read(opened)).toContain('本日は定時退庁日です');
  const buttons = [...JSON.stringify(opened).matchAll(/"verb":"(prior-application[^"]*|late-work[^"]*)"/g)].map(
    (found) => found[1],
  );
  const answered = await press(service, CLERK, buttons[0] ?? '', { i: item.id, r: item.revision, answer: 'none' });
  expect(read(answered)).toContain('✓');
  const stored = wordsOn(service.ports.chat.updates().at(-1)?.message.card);
  expect(stored).toMatch(/本日は定時退庁日です[\s\S]*✓/);
});

test('what no card took along is left out with its reason, which the ledger and 今日 say', async () => {
  const service = await morning();
  const leave: LeaveDayTable = {
    staff: CLERK,
    date: WEDNESDAY,
    kind: '午後',
    minutes: null,
    start_minute: null,
    category: '年次',
    import_id: 't',
  };
  await runTo(service, '15:30');
  await service.db.insertInto('leave_day').values(leave).execute();
  await runTo(service, '17:20');
  expect(
    (await ledger(service.db)).items.filter((one) => one.staff === CLERK && one.rule === 'prior-application'),
  ).toMatchObject([{ state: 'skipped', why: 'budget' }]);
  clock(service, '17:21');
  expect(await write(service, '今日')).toContain('週0回を超えたため、届けませんでした');
});
