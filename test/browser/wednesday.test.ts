import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, launchChromium, openPage, picture } from './chromium.ts';
import { cardTitled, nameIn, screens } from './people.ts';
import { type Rehearsal, startRehearsal } from './service.ts';

const soon = { timeout: 15_000 };

describeInBrowser('a Wednesday in the rehearsal page', () => {
  let rehearsal: Rehearsal;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(), launchChromium()]);
    ({ page, complaints } = await openPage(browser, rehearsal.url));
  });
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  it('shows a clerk, a clerk with 時差 and their head, each with the welcome card', async () => {
    const { clerk, shifted, head } = screens(page);
    await clerk.locator('li.message').first().waitFor(soon);
    await shifted.locator('li.message').first().waitFor(soon);
    await head.locator('li.message').first().waitFor(soon);
    expect(await head.locator('.role').textContent()).toBe('所属長');
    expect(await page.locator('#hint').textContent()).toContain(await nameIn(clerk));
    await picture(page, '01-first-look');
  });

  it('brings the Wednesday card to the clerk at 16:15 and not yet to the clerk with 時差', async () => {
    const { clerk, shifted } = screens(page);
    const until = page.getByRole('button', { name: '16:15まで進める' });
    if ((await until.getAttribute('aria-disabled')) === null) await until.click();
    await cardTitled(clerk, '本日は定時退庁日です').waitFor(soon);
    expect(await cardTitled(shifted, '本日は定時退庁日です').count()).toBe(0);
    await clerk.locator('.toast', { hasText: '本日は定時退庁日です' }).waitFor(soon);
    await picture(page, '02-card-at-16-15');
  });

  it('changes the card at once when the clerk presses 「定時に退庁する予定です」', async () => {
    const card = cardTitled(screens(page).clerk, '本日は定時退庁日です');
    await card.getByRole('button', { name: '定時に退庁する予定です' }).click();
    await card.getByRole('button', { name: '変更する' }).waitFor(soon);
    expect(await card.textContent()).toContain('定時に退庁する予定です（16:1');
    await picture(page, '03-answered');
  });

  it('shows the same card from the store after a reload', async () => {
    const card = cardTitled(screens(page).clerk, '本日は定時退庁日です');
    await card.locator('.differs').waitFor({ state: 'detached', ...soon });
    await card.getByRole('button', { name: '保存された表示を見る' }).click();
    await card.getByRole('button', { name: '変更する' }).waitFor(soon);
    expect(await card.textContent()).toContain('定時に退庁する予定です（16:1');
  });

  it('lets the clerk change the answer to staying, with a reason chosen in place', async () => {
    const card = cardTitled(screens(page).clerk, '本日は定時退庁日です');
    await card.getByRole('button', { name: '変更する' }).click();
    await card.getByRole('button', { name: /残る予定です/ }).click();
    await card.getByRole('button', { name: '残る予定を知らせる' }).click();
    await card
      .getByText(/選んでください/)
      .last()
      .waitFor(soon);
    await card.getByLabel(/残る理由/).selectOption({ index: 1 });
    await picture(page, '04-stay');
    await card.getByRole('button', { name: '残る予定を知らせる' }).click();
    await card.getByRole('button', { name: '変更する' }).waitFor(soon);
    await card.locator('.differs').waitFor({ state: 'detached', ...soon });
    await picture(page, '05-staying');
  });

  it('brings the head one card with the summary at 17:15, with a toast that names nobody', async () => {
    const { clerk, head } = screens(page);
    await page.getByRole('button', { name: '17:15へ' }).click();
    const summary = cardTitled(head, '本日の定時退庁の状況');
    await summary.waitFor({ timeout: 60_000 });
    expect(await summary.textContent()).not.toContain(await nameIn(clerk));
    await head.locator('.toast', { hasText: 'Kaeruからのお知らせがあります' }).waitFor(soon);
    await picture(page, '06-summary');
  });

  it('shows the names only after 「表示する」 and takes 「了承する」', async () => {
    const { clerk, head } = screens(page);
    const summary = cardTitled(head, '本日の定時退庁の状況');
    await summary.getByRole('button', { name: '表示する' }).click();
    const name = await nameIn(clerk);
    await summary.getByRole('checkbox', { name }).check(soon);
    await picture(page, '07-named');
    await summary.getByRole('button', { name: '了承する' }).click();
    await summary.getByText(/了承/).first().waitFor(soon);
  });

  it("shows the head's decision on the clerk's stored card", async () => {
    const { clerk } = screens(page);
    const card = cardTitled(clerk, '本日は定時退庁日です');
    await card.getByText(/了承/).first().waitFor(soon);
    await card.getByRole('button', { name: '保存された表示を見る' }).click();
    await card.getByText(/了承/).first().waitFor(soon);
    await picture(page, '08-decided');
  });

  it('answers a command in the chat, and in English once 言語 was used', async () => {
    const { shifted } = screens(page);
    await shifted.getByLabel('メッセージを入力').fill('言語');
    await page.keyboard.press('Enter');
    await cardTitled(shifted, /言語/).getByRole('button', { name: 'English' }).click(soon);
    await shifted.locator('[lang=en].bubble').last().waitFor(soon);
    await shifted.getByLabel('メッセージを入力').fill('help');
    await page.keyboard.press('Enter');
    await cardTitled(shifted, /Kaeru/).locator('[lang=en].bubble').waitFor(soon);
    await picture(page, '09-commands');
  });

  it('keeps books that balance: one row a person of the day, found again in the ledger', async () => {
    const { items, totals } = await rehearsal.ledger();
    expect(Object.values(totals).reduce((sum, count) => sum + count, 0)).toBe(items.length);
    const asked = items.filter(({ rule }) => rule === 'no-overtime-day').map(({ staff }) => staff);
    expect(new Set(asked).size).toBe(asked.length);
    await page.getByRole('button', { name: '台帳を開く' }).click();
    await page.getByLabel(/台帳を探す/).fill('休暇');
    await page.locator('.ledger tbody tr').first().waitFor(soon);
    for (const row of await page.locator('.ledger tbody tr').allTextContents()) expect(row).toContain('休暇');
    await picture(page, '10-ledger');
    await page.getByRole('button', { name: '台帳を閉じる' }).click();
  });

  it('complained about nothing in the browser and asked nobody else for anything', () => {
    expect(complaints).toEqual([]);
  });
});
