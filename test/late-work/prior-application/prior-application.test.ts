import { describe, expect, test } from 'vitest';
import type { TestService, TestServiceOptions } from '../../build/service.ts';
import { clock, itemOf, press, read, runTo, SECTION, startWednesday, storedCard } from '../../build/wednesday.ts';

const policy = 'organisation: 見本市\npriorApplication: { sections: [見本局/見本部/見本課] }\n';

async function afternoon(options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  const service = await startWednesday({ now: '2026-11-17T15:27:30+09:00', policy, ...options });
  for (const section of ['見本局/見本部', '見本局/見本部/見本課']) await aSection(service, section);
  return service;
}

async function aSection({ db }: TestService, path: string): Promise<void> {
  const [bureau = '', division = '', unit = ''] = path.split('/');
  const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
  const row = { id: path, code: null, bureau, division, unit, path, ...open, import_id: 'test' };
  await db.insertInto('section').values(row).execute();
}

const TUESDAY = '2026-11-17';
const item = (service: TestService, staff: string) => itemOf(service, staff, 'prior-application', TUESDAY);

async function say(service: TestService, staff: string, answer: string, revision?: number): Promise<string> {
  const asked = await item(service, staff);
  return read(await press(service, staff, 'late-work.prior', { i: asked.id, r: revision ?? asked.revision, answer }));
}

describe('before overtime (C03)', () => {
  test('at 15:30 everybody at work in the section is asked, and nobody of another section', async () => {
    const staff = [...SECTION, { staff: '100009', unit: '別課', section_id: '見本局/見本部/別課', head: '300001' }];
    const leave = [
      { staff: '100002', date: TUESDAY, kind: '全日' as const },
      { staff: '100003', date: TUESDAY, kind: '午前' as const },
      { staff: '100004', date: TUESDAY, kind: '午後' as const },
    ];
    const service = await afternoon({ staff, leave });
    await runTo(service, '15:30', TUESDAY);
    const items = await service.db.selectFrom('item').selectAll().where('rule', '=', 'prior-application').execute();
    expect(items.map(({ staff: who, why }) => [who, why]).sort()).toEqual([
      ['100001', null],
      ['100002', 'leave'],
      ['100003', null],
      ['100004', 'half-day'],
      ['200001', null],
    ]);
    const card = storedCard(service, await item(service, '100001'));
    expect(card).toContain('始める前に職員情報システムで申請してください。');
    expect(card).toContain('勤務した時間は全て申請の対象です。');
    expect(card).toContain('本日は勤務していません');
  });

  test('who has applied for today already is not asked; 取消 is no application, nor is one of later that day', async () => {
    const service = await afternoon();
    const order = {
      date: TUESDAY,
      applied_at: 0,
      start_minute: 1035,
      end_minute: 1200,
      taken_at: 0,
      import_id: 'test',
    };
    const rows = [
      { ...order, staff: '100001', seq: 1, status: '申請' as const },
      { ...order, staff: '100002', seq: 1, status: '取消' as const },
      { ...order, staff: '100003', seq: 1, status: '申請' as const, applied_at: Date.parse(`${TUESDAY}T15:31+09:00`) },
    ];
    await service.db.insertInto('overtime_order').values(rows).execute();
    await runTo(service, '15:30', TUESDAY);
    expect((await item(service, '100001')).why).toBe('already-done');
    for (const staff of ['100002', '100003']) expect((await item(service, staff)).why).toBeNull();
  });

  test('an answer is kept until own end and may be changed; a stale press and one after the end write nothing', async () => {
    const service = await afternoon();
    await runTo(service, '15:30', TUESDAY);
    expect(await say(service, '100001', 'none')).toContain('✓ 時間外勤務の予定はありません（15:30）');
    expect(await say(service, '100001', 'change')).toContain('現在の回答');
    expect(await say(service, '100001', 'applied', 0)).toContain('表示が古くなっていました');
    expect(await say(service, '100001', 'applied')).toContain('✓ 申請しました');
    clock(service, '17:15', TUESDAY);
    expect(await say(service, '100001', 'none')).toContain('受付は終了しています');
    const rows = await service.db.selectFrom('prior_application_answer').select(['staff', 'answer']).execute();
    expect(rows).toEqual([{ staff: '100001', answer: 'applied' }]);
  });

  test('where the card is on for nobody nobody is named, and on a holiday everybody with the reason', async () => {
    const off = await afternoon({ policy: 'organisation: 見本市\n' });
    await runTo(off, '15:30', TUESDAY);
    expect(await off.db.selectFrom('item').selectAll().execute()).toEqual([]);
    const service = await afternoon({ now: '2026-11-23T15:27:30+09:00' });
    await runTo(service, '15:30', '2026-11-23');
    const items = await service.db.selectFrom('item').select('why').where('rule', '=', 'prior-application').execute();
    expect(items.map(({ why }) => why)).toEqual(Array(5).fill('holiday'));
  });
});
