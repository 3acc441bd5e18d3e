import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launchChromium, openPage, picture } from './chromium.ts';
import { cardTitled, nameIn, screens } from './people.ts';
import { type Rehearsal, startRehearsal } from './service.ts';

const soon = { timeout: 15_000 };
const played = 120_000;

describeInBrowser('two evenings in the rehearsal page', () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(), launchChromium()]);
    ({ page, complaints } = await openPage(browser, rehearsal.url));
    await rehearsal.moveTo('2026-11-18T19:35:00+09:00');
  }, played);
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  it('lets the clerk say 残る on Wednesday, with reason and time in place; urgent work may go on', async () => {
    const { clerk } = screens(page);
    await clerk.getByLabel('メッセージを入力').fill('残る');
    await page.keyboard.press('Enter');
    const card = cardTitled(clerk, '残る予定の連絡');
    await card.getByRole('button', { name: /継続が必要です/ }).click(soon);
    await card.getByLabel(/継続の理由/).selectOption({ index: 1 });
    await card.getByRole('button', { name: '所属長に知らせる' }).click();
    await card.getByText('緊急の業務は続けて差し支えありません').waitFor(soon);
    await picture(page, 'evening-01-stay');
  });

  it(
    'closes it unanswered, and the head has it next morning without a name',
    async () => {
      await rehearsal.moveTo('2026-11-19T09:00:30+09:00');
      const { clerk, head } = screens(page);
      const card = cardTitled(clerk, '残る予定の連絡');
      await card.getByText('所属長の回答はありませんでした').waitFor(soon);
      expect(await card.textContent()).toContain('勤務した時間は全て申請の対象です');
      const missing = cardTitled(head, /命令未登録/);
      await missing.waitFor(soon);
      expect(await missing.textContent()).not.toContain(await nameIn(clerk));
      await picture(page, 'evening-02-next-morning');
    },
    played,
  );

  it(
    'asks a clerk still at work at 19:30 on Thursday and takes the wish to go on to the head',
    async () => {
      await rehearsal.moveTo('2026-11-19T19:30:30+09:00');
      const { shifted: clerk, head } = screens(page);
      const card = cardTitled(clerk, 'まもなく午後8時です');
      await card.waitFor(soon);
      await picture(page, 'evening-03-cutoff');
      await card.getByRole('button', { name: /継続が必要です/ }).click();
      await card.getByLabel(/継続の理由/).selectOption({ index: 1 });
      await card.getByLabel(/終了予定/).selectOption('21:30');
      await card.getByRole('button', { name: '所属長に知らせる' }).click();
      const asked = cardTitled(head, '午後8時以降の勤務の申出');
      await asked.waitFor(soon);
      expect(await asked.textContent()).not.toContain(await nameIn(clerk));
    },
    played,
  );

  it('takes 了承する of the head, and the clerk’s stored card follows', async () => {
    const { shifted: clerk, head } = screens(page);
    const asked = cardTitled(head, '午後8時以降の勤務の申出');
    await asked.getByRole('button', { name: '表示する' }).click();
    await asked.getByRole('checkbox', { name: await nameIn(clerk) }).check(soon);
    await picture(page, 'evening-04-named');
    await asked.getByRole('button', { name: '了承する' }).click();
    const card = cardTitled(clerk, 'まもなく午後8時です');
    await card.getByText(/所属長が21:30まで了承しました/).waitFor(soon);
    await picture(page, 'evening-05-acknowledged');
  });

  it(
    'closes every card at 22:00',
    async () => {
      await rehearsal.moveTo('2026-11-19T22:00:30+09:00');
      const { shifted: clerk, head } = screens(page);
      await cardTitled(clerk, 'まもなく午後8時です').getByText('受付を終了しました').waitFor(soon);
      await cardTitled(head, '午後8時以降の勤務の申出').getByText('受付を終了しました').waitFor(soon);
      await picture(page, 'evening-06-closed');
      expect(complaints).toEqual([]);
    },
    played,
  );
});
