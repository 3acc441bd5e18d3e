import { expect, test } from 'vitest';
import { incomingOf } from '../../../src/conversation/index.ts';
import { registry } from '../../../src/rooms.ts';
import { senderOf, type TestService } from '../../build/service.ts';
import { clock, press, read, runTo, startWednesday, wordsOn } from '../../build/wednesday.ts';

const TUESDAY = '2026-11-17';
const SECTION_PATH = '見本局/見本部/見本課';

async function morning(policy = 'organisation: 見本市\n'): Promise<TestService> {
  const service = await startWednesday({ now: `${TUESDAY}T15:00:00+09:00`, policy });
  const open = { valid_from: null, valid_to: null, appointer: null, schedule_item: null, successor_code: null };
  const levels = { bureau: '見本局', division: '見本部', unit: '見本課' };
  const row = { id: SECTION_PATH, code: null, ...levels, path: SECTION_PATH, ...open, import_id: 'test' };
  await service.db.insertInto('section').values(row).execute();
  return service;
}

async function write(service: TestService, staff: string, text: string): Promise<string> {
  const incoming = incomingOf(service.ports, registry, service.delivery);
  await incoming.message({ sender: senderOf(staff), text, activityId: null });
  await service.settle();
  return wordsOn(service.ports.chat.calls.at(-1)?.message.card);
}

async function save(service: TestService, staff: string, said: Record<string, unknown>): Promise<string> {
  const found = service.db.selectFrom('item').selectAll().where('rule', '=', 'prior-application.settings');
  const item = await found.where('staff', '=', staff).orderBy('created_at', 'desc').executeTakeFirstOrThrow();
  return read(
    await press(service, staff, 'late-work.section', { i: item.id, r: item.revision, answer: SECTION_PATH, ...said }),
  );
}

const due = async ({ db }: TestService, rule: string, date: string) => {
  const items = db.selectFrom('item').select('staff').where('rule', '=', rule).where('date', '=', date);
  return (await items.where('state', '=', 'open').orderBy('staff').execute()).map((one) => one.staff);
};

test('a head switches the card on for the own section, from the next day on; it is audited', async () => {
  const service = await morning();
  expect(await write(service, '200001', '事前手続')).toContain('変更は明日から有効です');
  expect(await save(service, '200001', { prior: 'on', days: '' })).toContain(
    '✓ 設定しました（15:00、11月18日（水）から）',
  );
  await runTo(service, '15:30', TUESDAY);
  expect(await due(service, 'prior-application', TUESDAY)).toEqual([]);
  clock(service, '15:27');
  await runTo(service, '15:30');
  expect(await due(service, 'prior-application', '2026-11-18')).toEqual([
    '100001',
    '100002',
    '100003',
    '100004',
    '200001',
  ]);
  const audit = await service.db.selectFrom('audit').select(['action', 'subject', 'detail']).execute();
  expect(audit).toContainEqual({
    action: 'section-setting',
    subject: 'prior-application',
    detail: JSON.stringify({ section: SECTION_PATH, value: 'on', from: '2026-11-18' }),
  });
});

test('what the city switched on a head may switch off, and what was not changed is not written', async () => {
  const service = await morning(`organisation: 見本市\npriorApplication: { sections: [${SECTION_PATH}] }\n`);
  expect(await write(service, '200001', 'prior')).toContain('入：所属の職員に届けます');
  await save(service, '200001', { prior: 'off', days: '' });
  const rows = await service.db.selectFrom('section_setting').select(['name', 'value']).execute();
  expect(rows).toEqual([{ name: 'prior-application', value: 'off' }]);
  clock(service, '15:27');
  await runTo(service, '15:30');
  expect(await due(service, 'prior-application', '2026-11-18')).toEqual([]);
});

test('the section’s own no-overtime days are set in the same place, and the card of that day goes', async () => {
  const service = await morning();
  await write(service, '200001', '事前手続');
  expect(await save(service, '200001', { prior: 'off', days: 'thu,fri' })).toContain('✓ 設定しました');
  clock(service, '16:12', '2026-11-19');
  await runTo(service, '16:15', '2026-11-19');
  expect(await due(service, 'no-overtime-day', '2026-11-19')).toEqual([
    '100001',
    '100002',
    '100003',
    '100004',
    '200001',
  ]);
});

test('only a head sees the command, and nobody sets a section that is not the own one', async () => {
  const service = await morning();
  expect(await write(service, '100001', '事前手続')).not.toContain('ノー残業デー');
  await write(service, '300001', '事前手続');
  const foreign = await save(service, '300001', { prior: 'on', days: '' });
  expect(foreign).toContain('この通知の宛先の方だけが回答できます');
  expect(await save(service, '300001', { answer: '見本局/見本部', days: 'sun' })).toContain('入力が足りない');
  expect(await service.db.selectFrom('section_setting').selectAll().execute()).toEqual([]);
});

test('a card of yesterday changes nothing', async () => {
  const service = await morning();
  await write(service, '200001', '事前手続');
  clock(service, '09:00');
  expect(await save(service, '200001', { prior: 'on', days: '' })).toContain('受付は終了しています');
  expect(await service.db.selectFrom('section_setting').selectAll().execute()).toEqual([]);
});
