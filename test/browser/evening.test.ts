import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launchChromium, openPage, picture } from './chromium.ts';
import { cardOf, chatsOf, nameIn, write } from './people.ts';
import { type Rehearsal, startRehearsal } from './service.ts';

const soon = { timeout: 15_000 };
const played = 120_000;
const wednesday = '11月18日';
const thursday = '11月19日';
/** The same day as a reader of やさしい日本語 has it. */
const thursdayEasy = '11月(がつ)19日(にち)';
const decision = '午後8時以降の勤務の申出';
const claim = '勤務した時間は全て申請の対象です';

/**
 * 都市計画課 (a clerk, a clerk with 時差 who worked to 21:40 on the Wednesday, their head) beside ICT推進課, whose head is on
 * leave on that Wednesday (a clerk, the deputy), and 労務.
 */
describeInBrowser('two evenings in the rehearsal page', () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let page: Page;
  let other: Page;
  let complaints: string[];
  let clerk: Locator;
  let shifted: Locator;
  let head: Locator;
  let away: { clerk: Locator; deputy: Locator };
  let nameAway: string;

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(), launchChromium()]);
    ({ page, complaints } = await openPage(browser, rehearsal.url, { chats: ['108206', '108203', '108200'] }));
    [clerk, shifted, head] = await chatsOf(page);
    await rehearsal.moveTo('2026-11-18T19:35:00+09:00');
    other = await openOther(['101702', '101701', '101106']);
    const [ictClerk, deputy] = await chatsOf(other);
    away = { clerk: ictClerk, deputy };
  }, played);
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  /** A page beside the first one; it goes when nobody looks at it any more, as it would be drawn whenever something changes. */
  const openOther = async (chats: string[]) => (await openPage(browser, rehearsal.url, { chats })).page;

  const goOn = async (card: Locator, until: string) => {
    await card.getByRole('button', { name: /継続が必要です/ }).click(soon);
    await card.getByRole('combobox', { name: /継続の理由/ }).selectOption({ index: 1 });
    await card.getByRole('combobox', { name: /終了予定/ }).selectOption(until);
    await card.getByRole('button', { name: '所属長に知らせる' }).click();
  };

  const acknowledge = async (asked: Locator, name: string) => {
    await asked.getByRole('button', { name: '表示する' }).click(soon);
    await asked.getByRole('checkbox', { name }).check(soon);
    await asked.getByRole('button', { name: '了承する' }).click();
  };

  it('Wednesday 19:35: the clerk goes on, and nobody is kept waiting for the head', async () => {
    const card = cardOf(shifted, 'まもなく午後8時です', wednesday);
    await goOn(card, '21:30');
    await card.getByText('緊急の業務は続けて差し支えありません').waitFor(soon);
    await cardOf(head, decision, wednesday).waitFor(soon);
    await picture(page, 'evening-01-must-continue');
  });

  it('the head switches 事前手続 on for the section, from the next day', async () => {
    await write(head, '事前手続');
    const card = cardOf(head, '所属の設定', wednesday);
    await card.getByRole('combobox', { name: /事前手続の案内/ }).selectOption('on', soon);
    await card.getByRole('button', { name: 'この内容で設定する' }).click();
    await card.getByText('✓ 設定しました').waitFor(soon);
    await picture(page, 'evening-02-section');
  });

  it('elsewhere a clerk says 残る; the head is on leave, so the deputy is asked', async () => {
    await write(away.clerk, '残る');
    await goOn(cardOf(away.clerk, '残る予定の連絡', wednesday), '20:30');
    const asked = cardOf(away.deputy, decision, wednesday);
    await asked.waitFor(soon);
    expect(await asked.textContent()).not.toContain(await nameIn(away.clerk));
    await picture(other, 'evening-03-deputy');
  });

  it('the deputy presses 了承する, and the clerk’s card follows', async () => {
    await acknowledge(cardOf(away.deputy, decision, wednesday), await nameIn(away.clerk));
    const card = cardOf(away.clerk, '残る予定の連絡', wednesday);
    await card.getByText(/20:30まで了承しました/).waitFor(soon);
    await picture(other, 'evening-04-deputy-decided');
    nameAway = await nameIn(away.clerk);
    await other.close();
  });

  it(
    'next morning: a clerk who worked to 21:40 without an answer reads that it can be claimed, the head has an item without a name',
    async () => {
      await rehearsal.moveTo('2026-11-19T09:00:30+09:00');
      const card = cardOf(shifted, 'まもなく午後8時です', wednesday);
      await card.getByText('所属長の回答はありませんでした').waitFor(soon);
      expect(await card.textContent()).toContain(claim);
      const missing = cardOf(head, '回答なし・命令未登録', thursday);
      await missing.waitFor(soon);
      expect(await missing.textContent()).not.toContain(await nameIn(shifted));
      await picture(page, 'evening-05-next-morning');
    },
    played,
  );

  it('the head who was on leave reads that a 了承 has no 命令 yet; 労務 reads both, without a name', async () => {
    other = await openOther(['101702', '101700', '101106']);
    const [, back, labour] = await chatsOf(other);
    const missing = cardOf(back, '了承あり・命令未登録', thursday);
    await missing.waitFor(soon);
    expect(await missing.textContent()).not.toContain(nameAway);
    await write(labour, '命令未登録');
    const list = cardOf(labour, '命令未登録', thursday);
    await list.getByText(/命令未登録が\d+件あります/).waitFor(soon);
    const told = (await list.textContent()) ?? '';
    expect(told).toContain('まちづくり局/計画部/都市計画課01');
    expect(told).toContain('総務企画局/情報管理部/ICT推進課10');
    for (const one of [nameAway, await nameIn(shifted)]) expect(told).not.toContain(one);
    await picture(other, 'evening-06-labour');
    await other.close();
  });

  it(
    'Thursday afternoon: 事前手続 reaches the clerk at 15:30 and, in やさしい日本語, the clerk with 時差 at 16:00',
    async () => {
      await write(shifted, '言語');
      await cardOf(shifted, /言語/, thursday).getByRole('button', { name: 'やさしい日本語' }).click(soon);
      await rehearsal.moveTo('2026-11-19T15:30:30+09:00');
      const asked = cardOf(clerk, '時間外勤務の事前手続のお願い', thursday);
      await asked.waitFor(soon);
      expect(await asked.textContent()).toContain(claim);
      await picture(page, 'evening-07-prior');
      await asked.getByRole('button', { name: '申請しました' }).click();
      await asked.getByText('✓ 申請しました').waitFor(soon);
      await rehearsal.moveTo('2026-11-19T16:00:30+09:00');
      await cardOf(shifted, /申請/, thursdayEasy).waitFor(soon);
      await picture(page, 'evening-08-prior-easy');
    },
    played,
  );

  it(
    'Thursday 19:30: both are asked; the wish of the one who must continue goes to the head, who has left: 任意',
    async () => {
      await rehearsal.moveTo('2026-11-19T19:30:30+09:00');
      await cardOf(clerk, 'まもなく午後8時です', thursday).waitFor(soon);
      const easy = cardOf(shifted, /もうすぐ/, thursdayEasy);
      await easy.waitFor(soon);
      await picture(page, 'evening-09-cutoff');
      await easy.getByRole('button', { name: /まだ 仕事/ }).click();
      await easy.getByRole('combobox').first().selectOption({ index: 1 });
      await easy.getByRole('combobox').last().selectOption('20:30');
      await picture(page, 'evening-10-form-easy');
      await easy.getByRole('button', { name: /知.*らせる/ }).click();
      const asked = cardOf(head, decision, thursday);
      await asked.getByText('退庁後のため、回答は任意です').waitFor(soon);
      expect(await asked.textContent()).not.toContain(await nameIn(shifted));
      await acknowledge(asked, await nameIn(shifted));
      await easy.getByText(/20:30まで 「わかりました」と/).waitFor(soon);
      await picture(page, 'evening-11-acknowledged-easy');
    },
    played,
  );

  it(
    '20:00: the head, who has dealt with the first, is asked anew about the one who has not answered and is still there',
    async () => {
      await rehearsal.moveTo('2026-11-19T20:00:30+09:00');
      const asked = head.locator('li.message', { has: page.getByRole('heading', { name: decision }) });
      await asked.last().getByText('回答待ちの方が1人います').first().waitFor(soon);
      await expect.poll(() => asked.filter({ hasText: thursday }).count(), soon).toBe(1);
      await picture(page, 'evening-12-silent');
      await goOn(cardOf(clerk, 'まもなく午後8時です', thursday), '20:15');
      await asked.last().getByText('2人', { exact: true }).first().waitFor(soon);
      await asked.last().getByRole('button', { name: '表示する' }).click(soon);
      await asked
        .last()
        .getByRole('checkbox', { name: await nameIn(clerk) })
        .check(soon);
      await picture(page, 'evening-13-named');
      await asked.last().getByRole('button', { name: '了承する' }).click();
      await cardOf(clerk, 'まもなく午後8時です', thursday)
        .getByText(/20:15まで了承しました/)
        .waitFor(soon);
    },
    played,
  );

  it(
    'at the end of the 了承 the clerk has a last word',
    async () => {
      await rehearsal.moveTo('2026-11-19T20:15:30+09:00');
      await cardOf(clerk, '了承の時刻になりました', thursday).waitFor(soon);
      await picture(page, 'evening-14-last-word');
    },
    played,
  );

  it(
    'closes every card at 22:00',
    async () => {
      await rehearsal.moveTo('2026-11-19T22:00:30+09:00');
      await clerk.getByText('下の新しいカードに移りました').last().waitFor(soon);
      await cardOf(clerk, '了承の時刻になりました', thursday).getByText('受付を終了しました').first().waitFor(soon);
      await cardOf(head, decision, thursday).getByText('受付を終了しました').first().waitFor(soon);
      await picture(page, 'evening-15-closed');
      expect(complaints).toEqual([]);
    },
    played,
  );
});
