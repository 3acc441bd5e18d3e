import { describe, expect, test } from 'vitest';
import { mayReceiveNow, pausesOn } from '../../src/pauses/index.ts';
import { staffMemberOn } from '../../src/people/index.ts';
import { currentPolicy } from '../../src/policy/index.ts';
import type { TestService } from '../build/service.ts';
import { press, read, runTo, startWednesday, storedCard, WEDNESDAY } from '../build/wednesday.ts';
import { newest, say, statesOf } from './evening.ts';

const CLERK = '100001';
const evening = Date.parse(`${WEDNESDAY}T20:00:00+09:00`);

async function askedOf(service: TestService, staff: string) {
  const book = await currentPolicy(service.db, service.ports.settings);
  const member = await staffMemberOn(service.db, staff, WEDNESDAY);
  if (!member) throw new Error(`${staff} is not in the roster of this test.`);
  const pauses = await pausesOn(service.db, book, WEDNESDAY, 1170);
  return {
    interval: pauses(member, 'C12'),
    card: pauses(member, 'C02'),
    evening: await mayReceiveNow(service.db, book, member, evening),
  };
}

async function tap(service: TestService, staff: string, answer: string) {
  const item = await newest(service, staff, 'pauses.notices');
  return read(await press(service, staff, 'pauses.notices', { i: item.id, r: item.revision, answer }));
}

describe('停止・再開', () => {
  test('says plainly what can be stopped, what cannot and why; a stop holds for that person alone until 再開', async () => {
    const service = await startWednesday();
    await say(service, CLERK, '停止');
    const card = storedCard(service, await newest(service, CLERK, 'pauses.notices'));
    expect(card).toContain('勤務間インターバルの案内\n受け取っています');
    expect(card).toContain('午後8時の案内\n停止できません。健康を守り、');
    expect(card).toContain('定時退庁日の案内\n停止できません。');
    expect(await tap(service, CLERK, 'stop-C12')).toContain('■ 停止中　勤務間インターバルの案内');
    expect(await askedOf(service, CLERK)).toMatchObject({ interval: 'opted-out', card: null });
    expect(await askedOf(service, '100002')).toMatchObject({ interval: null });
    await tap(service, CLERK, 'stop-C12');
    expect(await service.db.selectFrom('programme_stop').selectAll().execute()).toHaveLength(1);
    expect(await tap(service, CLERK, 'resume-C12')).not.toContain('■ 停止中');
    expect(await askedOf(service, CLERK)).toMatchObject({ interval: null });
  });

  test('takes the name behind the word; what cannot be stopped is not, whatever is typed', async () => {
    const service = await startWednesday();
    await say(service, CLERK, '停止 インターバル');
    expect(await askedOf(service, CLERK)).toMatchObject({ interval: 'opted-out' });
    await say(service, CLERK, 'resume C12');
    expect(await askedOf(service, CLERK)).toMatchObject({ interval: null });
    for (const word of ['停止 午後8時', '停止 定時退庁日', 'pause c02', '停止 toString', '停止 C13'])
      await say(service, CLERK, word);
    expect(await service.db.selectFrom('programme_stop').selectAll().execute()).toEqual([]);
    await runTo(service, '16:20');
    expect((await statesOf(service))[CLERK]).toBe('open');
  });
});

test('「勤務時間外は受け取らない」 is on until the person says otherwise, and again when they say so', async () => {
  const service = await startWednesday();
  expect(await askedOf(service, CLERK)).toMatchObject({ evening: false });
  await say(service, CLERK, '設定');
  expect(await tap(service, CLERK, 'outside-on')).toContain('勤務時間外のお知らせ\n受け取ります');
  expect(await askedOf(service, CLERK)).toMatchObject({ evening: true });
  expect(await askedOf(service, '100002')).toMatchObject({ evening: false });
  await tap(service, CLERK, 'outside-off');
  expect(await askedOf(service, CLERK)).toMatchObject({ evening: false });
  expect(await tap(service, CLERK, 'anything')).toContain('入力が足りない');
});
