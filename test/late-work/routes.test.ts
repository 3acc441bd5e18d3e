import { describe, expect, test } from 'vitest';
import type { TestService } from '../build/service.ts';
import { clock, read, runTo, SECTION } from '../build/wednesday.ts';
import { clockIn, DECISION, decide, goOn, itemsUnder, say, startThursday, stored, THURSDAY } from './evening.ts';

const section = '見本局/見本部/見本課';
const post = { section_id: section, valid_from: '2026-04-01', valid_to: null, ground: null, import_id: 't' };

/** 100001 is at work and wants to go on; 100004 stands in for the head by posts; 100003 is 庶務担当. */
async function withPosts(service: TestService): Promise<TestService> {
  await service.db
    .insertInto('post')
    .values([
      { ...post, role: '所属長', staff: '200001', kind: '本務' },
      { ...post, role: '代理', staff: '100004', kind: '代理' },
      { ...post, role: '庶務担当', staff: '100003', kind: '本務' },
    ])
    .execute();
  return service;
}

async function asked(service: TestService): Promise<string[]> {
  await clockIn(service, '100001');
  await runTo(service, '19:30', THURSDAY);
  await say(service, '100001', goOn);
  return itemsUnder(service, DECISION);
}

const onLeave = [{ staff: '200001', date: THURSDAY, kind: '全日' as const }];

describe('a wish goes to', () => {
  test('the head, where no clock says that the head has left', async () => {
    expect(await asked(await withPosts(await startThursday()))).toEqual(['200001 open']);
  });

  test('the deputy at work, where the head has left', async () => {
    const service = await withPosts(await startThursday());
    await clockIn(service, '200001', 18 * 60);
    await clockIn(service, '100004');
    expect(await asked(service)).toEqual(['100004 open']);
    const card = await stored(service, '100004', DECISION);
    expect(card).toContain('模擬 課長さんの代理として表示しています。');
    expect(read(await decide(service, '100004', ['100001']))).toContain('了承（21:00まで）');
    expect(await stored(service, '100001')).toContain('✓ 所属長が21:00まで了承しました');
  });

  test('the head once, marked 任意, where the head has left and no deputy is at work', async () => {
    const service = await withPosts(await startThursday());
    await clockIn(service, '200001', 18 * 60);
    expect(await asked(service)).toEqual(['200001 open']);
    expect(await stored(service, '200001', DECISION)).toContain('退庁後のため、回答は任意です。');
  });

  test('the deputy, where the head is on leave', async () => {
    expect(await asked(await withPosts(await startThursday({ leave: onLeave })))).toEqual(['100004 open']);
  });

  test('the 部長, where the head is on leave without a deputy', async () => {
    expect(await asked(await startThursday({ leave: onLeave }))).toEqual(['300001 open']);
  });

  test('庶務, where the post is vacant', async () => {
    const staff = SECTION.map((one) => (one.staff.startsWith('1') ? { ...one, head: null } : one));
    const service = await startThursday({ staff });
    await service.db
      .insertInto('post')
      .values({ ...post, role: '庶務担当', staff: '100003', kind: '本務' })
      .execute();
    expect(await asked(service)).toEqual(['100003 open']);
    expect(await stored(service, '100003', DECISION)).toContain('所属長が欠員のため');
  });

  test('庶務 of the 局区, where neither section nor 部 has one', async () => {
    const staff = SECTION.map((one) => (one.staff.startsWith('1') ? { ...one, head: null } : one));
    const service = await startThursday({
      staff: [...staff, { staff: '400001', division: '総務部', unit: '庶務課', section_id: '見本局/総務部/庶務課' }],
    });
    await service.db
      .insertInto('section')
      .values({
        id: 's1',
        code: null,
        bureau: '見本局',
        division: '総務部',
        unit: '庶務課',
        path: '見本局/総務部/庶務課',
        valid_from: null,
        valid_to: null,
        appointer: null,
        schedule_item: null,
        successor_code: null,
        import_id: 't',
      })
      .execute();
    await service.db
      .insertInto('post')
      .values({ ...post, section_id: '見本局/総務部/庶務課', role: '庶務担当', staff: '400001', kind: '本務' })
      .execute();
    expect(await asked(service)).toEqual(['400001 open']);
  });

  test('somebody else on the next wish, once who was asked has left', async () => {
    const service = await withPosts(await startThursday());
    await clockIn(service, '200001');
    await clockIn(service, '100004');
    await asked(service);
    await decide(service, '200001', ['100001'], 'acknowledged', { until: '20:15' });
    await clockIn(service, '200001', 20 * 60);
    clock(service, '20:10', THURSDAY);
    await say(service, '100001', { ...goOn, until: '21:30' });
    expect(await itemsUnder(service, DECISION)).toEqual(['100004 open', '200001 open']);
    expect(await stored(service, '200001', DECISION)).toContain('操作は必要ありません。');
    expect(await stored(service, '100004', DECISION)).toContain('● 回答待ちの方が1人います');
  });

  test('nobody, where everybody above is away; the person may go on with urgent work', async () => {
    const leave = [...onLeave, { staff: '300001', date: THURSDAY, kind: '全日' as const }];
    const service = await startThursday({ leave });
    expect(await asked(service)).toEqual([]);
    expect(await stored(service, '100001')).toContain('緊急の業務は続けて差し支えありません。');
  });
});

test('on a shared terminal a head sees counts and cannot decide by name (P11)', async () => {
  const staff = SECTION.map((one) => (one.staff === '200001' ? { ...one, terminal: '共用' } : one));
  const service = await startThursday({ staff });
  await asked(service);
  expect(await stored(service, '200001', DECISION)).toContain('共用の端末では、人数だけを表示します。');
  await decide(service, '200001', ['100001']);
  expect(await service.db.selectFrom('late_work_decision').selectAll().execute()).toEqual([]);
});
