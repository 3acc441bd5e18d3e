import { describe, expect, test } from 'vitest';
import { decisionsOn } from '../../src/occasions/index.ts';
import { pausesRoom } from '../../src/pauses/index.ts';
import { registry } from '../../src/rooms.ts';
import { clock, press, read, runTo, startWednesday, storedCard } from '../build/wednesday.ts';
import { newest, putSections, statesOf } from './evening.ts';

const SECTION_PATH = '見本局/見本部/見本課';
const peak = (more: string) => `organisation: 見本市
peaks:
  - { name: 議会（架空）, 事由: 議会, from: 2026-11-16, to: 2026-11-20, ${more} }
`;
/** Voting on Sunday 15 November, counted on Monday: the next working day is Tuesday. */
const ELECTION = `organisation: 見本市
peaks:
  - { name: 市長選挙（架空）, 事由: 選挙, from: 2026-11-02, to: 2026-11-16, sections: [ 見本局/見本部/見本課 ] }
`;

describe('a peak of the policy', () => {
  test('keeps the Wednesday card from those it lists where it says so, with the reason in the ledger', async () => {
    const service = await startWednesday({ policy: peak('staff: ["100001", 100002], pause: [C01]') });
    await runTo(service, '16:20');
    expect(await statesOf(service)).toMatchObject({
      '100001': 'skipped(peak)',
      '100002': 'skipped(peak)',
      '100003': 'open',
    });
  });

  test('leaves the Wednesday card alone where it lists another', async () => {
    const service = await startWednesday({ policy: peak('staff: ["100001"], pause: [C02]') });
    await runTo(service, '16:20');
    expect(await statesOf(service)).toMatchObject({ '100001': 'open' });
  });

  test('of a section that the roster does not know keeps nothing back', async () => {
    const service = await startWednesday({ policy: peak('sections: [ ない課 ], pause: [C01]') });
    await runTo(service, '16:20');
    expect(Object.values(await statesOf(service))).toEqual(Array(6).fill('open'));
  });
});

describe('after an election', () => {
  const rule = pausesRoom(() => registry).rules?.[0];

  test('everybody listed gets the card of rest on the next working day, who is away when they are back, nobody twice', async () => {
    const leave = [{ staff: '100002', date: '2026-11-17', kind: '全日' as const }];
    const service = await startWednesday({ policy: ELECTION, leave, now: '2026-11-16T09:00:00+09:00' });
    await putSections(service, [SECTION_PATH]);
    const decide = async (date: string) => {
      const decided = rule ? await decisionsOn(service.ports, rule, date) : [];
      return Object.fromEntries(decided.map((one) => [one.staff, one.why ?? 'due']));
    };
    expect(await decide('2026-11-16')).toEqual({});
    const team = { '100001': 'due', '100003': 'due', '100004': 'due', '200001': 'due' };
    expect(await decide('2026-11-17')).toEqual({ ...team, '100002': 'leave' });
    expect(await decide('2026-11-18')).toEqual({ '100002': 'due' });
    expect(await decide('2026-11-19')).toEqual({});
    clock(service, '08:40', '2026-11-17');
    await runTo(service, '08:50', '2026-11-17');
    expect(storedCard(service, await newest(service, '100001', 'rest-plan'))).toContain('市長選挙（架空）');
  });

  test('the answer is the person’s own, may be changed, and is no application', async () => {
    const service = await startWednesday({ policy: ELECTION, now: '2026-11-17T08:40:00+09:00' });
    await putSections(service, [SECTION_PATH]);
    await runTo(service, '08:50', '2026-11-17');
    const answer = async (said: string) => {
      const item = await newest(service, '100001', 'rest-plan');
      return read(await press(service, '100001', 'pauses.rest-plan', { i: item.id, r: item.revision, answer: said }));
    };
    expect(await answer('not-yet')).toContain('？ まだ決めていません（08:50）');
    expect(await answer('change')).toContain('予定を決めました');
    expect(await answer('planned')).toContain('手続がまだのときは、職員情報システムで行ってください');
    expect(await answer('nonsense')).toContain('入力が足りない');
    const rows = await service.db.selectFrom('rest_plan_answer').selectAll().execute();
    expect(rows).toMatchObject([{ staff: '100001', answer: 'planned' }]);
    clock(service, '17:15', '2026-11-24');
    expect(await answer('off')).toContain('受付は終了しています');
  });
});
