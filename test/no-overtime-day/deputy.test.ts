import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import type { TestService } from '../build/service.ts';
import {
  answer,
  clock,
  itemOf,
  press,
  read,
  runTo,
  SECTION,
  startWednesday,
  storedCard,
  WEDNESDAY,
} from '../build/wednesday.ts';

const SUMMARY = 'no-overtime-day.summary';
const leave = [{ staff: '200001', date: WEDNESDAY, kind: '全日' as const }];

/** The section with 100004 as the head's 代理 by posts. */
async function withDeputy(more: Parameters<typeof startWednesday>[0] = {}): Promise<TestService> {
  const service = await startWednesday(more);
  const post = { section_id: '見本局/見本部/見本課', valid_to: null, ground: null, import_id: 'test' };
  await service.db
    .insertInto('post')
    .values([
      { ...post, role: '所属長', staff: '200001', kind: '本務', valid_from: '2026-04-01' },
      { ...post, role: '代理', staff: '100004', kind: '代理', valid_from: '2026-04-01' },
    ])
    .execute();
  return service;
}

const summaries = async (service: TestService) =>
  (await ledger(service.db)).items
    .filter((item) => item.rule === SUMMARY)
    .map((item) => `${item.staff} ${item.state}${item.why ? ` ${item.why}` : ''}`)
    .sort();

describe('when the head is on leave', () => {
  test('the deputy gets the summary in the head’s name, and the head is named with the reason', async () => {
    const service = await withDeputy({ leave });
    await runTo(service, '17:15');
    expect(await summaries(service)).toEqual(['100004 sent', '200001 skipped leave', '300001 skipped not-in-scope']);
    const card = storedCard(service, await itemOf(service, '100004', SUMMARY));
    expect(card).toMatch(/模擬 課長[\s\S]*さんの代理として表示しています。/);
  });

  test('the deputy decides, and the clerk’s card shows it', async () => {
    const service = await withDeputy({ leave });
    await runTo(service, '16:15');
    await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '19:00' });
    await runTo(service, '17:15');
    const [item, clerk] = [await itemOf(service, '100004', SUMMARY), await itemOf(service, '100002')];
    const people = `${clerk.id}.${clerk.revision}`;
    const data = { i: item.id, r: item.revision, decision: 'acknowledged', people };
    await press(service, '100004', 'no-overtime-day.decide', data);
    expect(storedCard(service, await itemOf(service, '100002'))).toContain('✓ 所属長が19:00まで了承しました（17:15）');
    const decisions = await service.db.selectFrom('no_overtime_decision').select(['staff', 'head']).execute();
    expect(decisions).toEqual([{ staff: '100002', head: '100004' }]);
  });

  test('the absent head’s press on the deputy’s card is not taken', async () => {
    const service = await withDeputy({ leave });
    await runTo(service, '17:15');
    const item = await itemOf(service, '100004', SUMMARY);
    const said = await press(service, '200001', 'no-overtime-day.decide', { i: item.id, r: 0, show: 'names' });
    expect(said).toEqual({ text: 'この通知の宛先の方だけが回答できます。' });
  });

  test('without a deputy the 部長 gets one card over the own reports and the section', async () => {
    const service = await startWednesday({ leave });
    await runTo(service, '17:15');
    expect(await summaries(service)).toEqual(['200001 skipped leave', '300001 sent']);
    const item = await itemOf(service, '300001', SUMMARY);
    expect(JSON.parse(item.about ?? '{}')).toEqual({ day: WEDNESDAY, heads: ['200001'] });
    const data = { i: item.id, r: item.revision };
    expect(read(await press(service, '300001', 'no-overtime-day.decide', { ...data, show: 'counts' }))).toContain(
      '未回答\n4人',
    );
  });

  test('and the deputy too, the next one up is asked', async () => {
    const both = [...leave, { staff: '100004', date: WEDNESDAY, kind: '午後' as const }];
    const service = await withDeputy({ leave: both });
    await runTo(service, '17:15');
    expect(await summaries(service)).toEqual(['200001 skipped leave', '300001 sent']);
  });

  test('the result goes to the head again on Thursday', async () => {
    const service = await withDeputy({ leave });
    await runTo(service, '17:15');
    clock(service, '08:59', '2026-11-19');
    await runTo(service, '09:00', '2026-11-19');
    const { items } = await ledger(service.db);
    const results = items.filter((item) => item.rule === 'no-overtime-day.result');
    expect(results.map((item) => `${item.staff} ${item.state}`)).toEqual(['200001 sent', '300001 skipped']);
  });
});

test('with everybody above away nobody gets the summary, and the ledger says why', async () => {
  const away = ['200001', '300001', '100004'].map((staff) => ({ staff, date: WEDNESDAY, kind: '全日' as const }));
  const service = await withDeputy({ leave: away });
  await runTo(service, '17:15');
  expect(await summaries(service)).toEqual(['200001 skipped leave', '300001 skipped not-in-scope']);
});

test('an acting head with an own end later than the head’s gets the summary at that end', async () => {
  const staff = SECTION.map((one) => (one.staff === '100004' ? { ...one, end_minute: 1080 } : one));
  const service = await withDeputy({ leave, staff });
  await runTo(service, '17:59');
  expect(await summaries(service)).not.toContain('100004 sent');
  await runTo(service, '18:00');
  expect(await summaries(service)).toContain('100004 sent');
});
