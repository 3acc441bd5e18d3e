import { describe, expect, test } from 'vitest';
import { ledger } from '../../../src/delivery/index.ts';
import { noteUnknownSender } from '../../../src/people/index.ts';
import { aadOf } from '../../build/staff-member.ts';
import { storedCard } from '../../build/wednesday.ts';
import { at, brokenCity, listOf, press, putOpening, say, startList } from './list-service.ts';

const names = ['架空 二郎', '例示 三枝', '仮名 四朗', '試作 五月', '素案 六実', '原案 七海'];
const audit = ({ db }: { db: Awaited<ReturnType<typeof startList>>['db'] }) =>
  db.selectFrom('audit').select(['action', 'subject', 'detail']).orderBy('seq').execute();

describe('未配信', () => {
  test('shows counts by class and 局区, what to do for each, and no name', async () => {
    const service = await brokenCity();
    await noteUnknownSender(service.db, aadOf('777777'), at('12:00'));
    await say(service, '900001', '未配信');
    const card = storedCard(service, await listOf(service, '900001'));
    expect(card).toContain('▲ 6人に届きません');
    for (const count of [
      'IDが名簿にない\n1人',
      'チャットがない\n3人',
      '受信できなくなった\n2人',
      '名簿にない送信者\n1人',
    ]) {
      expect(card).toContain(count);
    }
    expect(card).toContain('例示局\n1人\n見本局\n5人');
    expect(card).toContain('職員ファイルにAADオブジェクトIDを書き');
    for (const name of [...names, '休み 八重', '去った 九子', '来る 十子', '100002']) expect(card).not.toContain(name);
    expect(await audit(service)).toEqual([]);
  });

  test('names everybody behind 表示する with section, reason and since when, and writes down that they were seen', async () => {
    const service = await brokenCity();
    await say(service, '900002', 'unreachable');
    const shown = await press(service, '900002');
    for (const row of [
      '100002\n架空 二郎\n見本局/見本部/見本課\nIDが名簿にない\n2026-04-01',
      '100003\n例示 三枝\n例示局/例示課\nアプリを使ったことがない\n2020-04-01',
      '100006\n素案 六実\n見本局/見本部/見本課\nチャットの作成を断られた\n2026-11-18',
      '100007\n原案 七海\n見本局/見本部/見本課\nチャットの作成の結果が不明\n2026-11-18',
      '100004\n仮名 四朗\n見本局/見本部/見本課\nアプリを削除した\n2026-11-18',
      '100005\n試作 五月\n見本局/見本部/見本課\nブロックされた\n2026-11-18',
    ]) {
      expect(shown).toContain(row);
    }
    for (const absent of ['休み 八重', '去った 九子', '来る 十子', '見本 一子']) expect(shown).not.toContain(absent);
    const detail = JSON.stringify({ page: 0, people: 6, senders: 0 });
    expect(await audit(service)).toEqual([{ action: 'view-names', subject: 'delivery.unreachable', detail }]);
    expect(storedCard(service, await listOf(service, '900002'))).not.toContain('架空 二郎');
  });

  test('shows at most 8 a page, then who stands in no roster; each page is audited', async () => {
    const staff = Array.from({ length: 19 }, (_none, index) => ({
      staff: String(100101 + index),
      name: `見本 ${index}号`,
    }));
    const service = await startList({ staff });
    await noteUnknownSender(service.db, aadOf('777777'), at('12:00'));
    await noteUnknownSender(service.db, aadOf('777777'), at('13:00'));
    await say(service, '900001', '未配信');
    const pages = [];
    for (const page of [0, 1, 2, 3]) pages.push(await press(service, '900001', { show: 'names', page }));
    expect(pages.map((page) => page.match(/見本 \d+号/g)?.length ?? 0)).toEqual([8, 8, 3, 0]);
    expect(pages.map((page) => /次のページ/.test(page))).toEqual([true, true, true, false]);
    expect(pages.map((page) => /前のページ/.test(page))).toEqual([false, true, true, true]);
    expect(pages[0]).toContain('ほか 11人');
    expect(pages[3]).toContain(`${aadOf('777777')}\n2026-11-18\n2026-11-18\n2`);
    expect(await audit(service)).toHaveLength(4);
    expect(await press(service, '900001', { show: 'names', page: 99 })).toBe(pages[3]);
  });

  test('lists nobody any more whose id has come into the roster, or who can be reached again', async () => {
    const service = await brokenCity();
    await noteUnknownSender(service.db, aadOf('100001'), at('08:00'));
    await say(service, '100004', '今日');
    await say(service, '900001', '未配信');
    const shown = await press(service, '900001');
    expect(shown).toContain('▲ 5人に届きません');
    expect(shown).toContain('名簿にない送信者\n0人');
    expect(shown).not.toContain('仮名 四朗');
  });

  test('says so where everybody is reached', async () => {
    const service = await startList({ staff: [] });
    await say(service, '900001', '未配信');
    const card = storedCard(service, await listOf(service, '900001'));
    expect(card).toContain('✓ 全員に届きます');
    expect(card).not.toContain('表示する');
  });

  test('shows a chat that waits to be opened as waiting', async () => {
    const service = await startList({
      staff: [{ staff: '100001' }],
      installed: ['900001', '900002', '900003', '900004'],
    });
    await putOpening(service, '100001', { state: 'opening', owner: 'another service' });
    await say(service, '900001', '未配信');
    expect(await press(service, '900001')).toContain('チャットの作成待ち');
  });
});

describe('deny by default', () => {
  test('who holds none of the roles, an auditor among them, is not answered with the list', async () => {
    const service = await brokenCity();
    for (const staff of ['100001', '900004']) await say(service, staff, '未配信');
    const { items } = await ledger(service.db);
    expect(items.map((item) => item.rule)).toEqual(['conversation.not-understood', 'conversation.not-understood']);
  });

  test('nobody presses on the list of somebody else', async () => {
    const service = await brokenCity();
    await say(service, '900001', '未配信');
    for (const staff of ['100001', '900002']) {
      expect(await press(service, staff, { show: 'names' }, '900001')).toBe('この通知の宛先の方だけが回答できます。');
    }
    expect(await audit(service)).toEqual([]);
  });

  test('who has lost the role sees no name and no count on a card that is still there', async () => {
    const service = await brokenCity();
    await say(service, '900001', '未配信');
    await service.db.updateTable('policy_version').set({ yaml: 'organisation: 見本市\n', digest: 'other' }).execute();
    await service.db
      .insertInto('policy_version')
      .values({ version: 2, digest: 'two', yaml: 'organisation: 見本市\n', applied_at: 0, applied_by: 'test' })
      .execute();
    const shown = await press(service, '900001');
    expect(shown).toContain('■ 受付を終了しました');
    expect(shown).not.toMatch(/\d人/);
    for (const name of names) expect(shown).not.toContain(name);
    expect(await audit(service)).toEqual([]);
  });

  test('a shared terminal shows counts, no name and no way to one, whatever is pressed', async () => {
    const service = await brokenCity();
    await say(service, '900003', '未配信');
    const card = storedCard(service, await listOf(service, '900003'));
    expect(card).toContain('共用の端末では、人数だけを表示します。');
    expect(card).not.toContain('表示する\n');
    const shown = await press(service, '900003');
    expect(shown).toContain('▲ 6人に届きません');
    for (const name of names) expect(shown).not.toContain(name);
    expect(await audit(service)).toEqual([]);
  });

  test('a payload that no button carries shows nothing', async () => {
    const service = await brokenCity();
    await say(service, '900001', '未配信');
    for (const data of [{}, { show: 'all' }, { show: 1 }]) {
      const shown = await press(service, '900001', data);
      for (const name of names) expect(shown).not.toContain(name);
    }
    expect(await audit(service)).toEqual([]);
  });
});
