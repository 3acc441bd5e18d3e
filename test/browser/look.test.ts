import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessProblems } from './access.ts';
import { describeInBrowser, type Look, launchChromium, openPage, picture } from './chromium.ts';
import { cardTitled, screens } from './people.ts';
import { type Rehearsal, startRehearsal } from './service.ts';

const soon = { timeout: 15_000 };
const long = process.env['KAERU_LONG'] === '1';

describeInBrowser('how the rehearsal page looks and is reached', () => {
  let rehearsal: Rehearsal;
  let browser: Browser;

  beforeAll(async () => {
    [rehearsal, browser] = await Promise.all([startRehearsal(), launchChromium()]);
    await rehearsal.moveTo('2026-11-18T16:15:30+09:00');
  });
  afterAll(async () => {
    await browser?.close();
    await rehearsal?.stop();
  });

  /** A page that nobody looks at any more would still be drawn whenever something changes. */
  async function leave(): Promise<void> {
    for (const context of browser.contexts()) await context.close();
  }

  async function look(how: Look): Promise<{ page: Page; complaints: string[] }> {
    const opened = await openPage(browser, rehearsal.url, how);
    await opened.page.locator('li.message .ac-adaptiveCard').first().waitFor(soon);
    return opened;
  }

  // One page for all that is looked at: to read it anew each time would take longer than to look.
  describe('on a desk', () => {
    let page: Page;
    beforeAll(async () => {
      ({ page } = await look({}));
    });
    afterAll(leave);

    it('can be used with the keyboard alone: to a card, press, and on with the focus still in that card', async () => {
      const card = cardTitled(screens(page).clerk, '本日は定時退庁日です');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      const button = card.getByRole('button', { name: '定時に退庁する予定です' });
      for (let step = 0; step < 60 && !(await button.evaluate((one) => one.matches(':focus'))); step += 1) {
        await page.keyboard.press('Tab');
      }
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      await page.keyboard.press('Enter');
      await card.getByRole('button', { name: '変更する' }).waitFor(soon);
      await expect.poll(() => card.evaluate((one) => one.matches(':focus-within')), soon).toBe(true);
      await page.locator('#announcer', { hasText: '定時に退庁' }).waitFor({ state: 'attached', ...soon });
    });

    it('finds anybody by name, number or section and opens that chat', async () => {
      await page.locator('.add-chat').click();
      await page.getByRole('searchbox').fill('人事・労務');
      await picture(page, 'picker');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('section.chat').nth(3).waitFor(soon);
      await picture(page, 'four-chats');
    });

    it('names every control, nests its headings and has no text under AA contrast, in all three themes', async () => {
      for (const theme of ['dark', 'contrast', 'light']) {
        await page.locator('#settings summary').click();
        await page.locator('#theme').selectOption(theme);
        expect(await accessProblems(page)).toEqual([]);
        await page.locator('#settings summary').click();
        await picture(page, `theme-${theme}`);
      }
    });

    it('speaks Japanese, やさしい日本語 and English', async () => {
      await page.locator('#settings summary').click();
      await page.locator('#language').selectOption('easy');
      expect(await page.locator('#moves').textContent()).toContain('つぎの 水曜日');
      await picture(page, 'easy');
      await page.locator('#language').selectOption('en');
      expect(await page.locator('#moves').textContent()).toContain('Next Wednesday');
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await accessProblems(page)).toEqual([]);
      await picture(page, 'english');
    });
  });

  describe('on a phone, with a device that is dark', () => {
    let page: Page;
    let complaints: string[];
    beforeAll(async () => {
      ({ page, complaints } = await look({ width: 375, height: 780, colorScheme: 'dark' }));
    });
    afterAll(leave);

    it('follows the device into the dark', async () => {
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      expect(await accessProblems(page)).toEqual([]);
      await picture(page, 'dark-device');
    });

    it('shows one chat at a time at 375 px, by day too, chosen by tabs, with nothing wider than the screen', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.locator('html[data-theme=light]').waitFor(soon);
      expect(await page.locator('section.chat:visible').count()).toBe(1);
      await picture(page, 'phone');
      await page.getByRole('tab').nth(2).click();
      await screens(page).head.waitFor(soon);
      expect(await page.locator('section.chat:visible').count()).toBe(1);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
      expect(await accessProblems(page)).toEqual([]);
      await picture(page, 'phone-head');
      expect(complaints).toEqual([]);
    });
  });

  it('draws every card of the gallery in three languages and widths, none wider than its place', async () => {
    // A theme changes colours alone, and a width is a matter of style; with KAERU_LONG=1 all of them are drawn side by side.
    const every = `/rehearsal/cards?language=all&${long ? 'theme=all&width=all' : 'theme=light&width=320'}`;
    const { page, complaints } = await openPage(browser, `${rehearsal.url}${every}`, { width: 1280 });
    await page.locator('[data-drawn]').waitFor({ timeout: 60_000 });
    expect(await page.locator('.problem').count()).toBe(0);
    expect(await page.locator('.drawing').count()).toBe((long ? 27 : 3) * (await page.locator('article').count()));
    const tooWide = () =>
      page.$$eval('.drawing', (drawings) =>
        drawings.flatMap((one) => (one.scrollWidth > one.clientWidth ? [one.closest('article')?.id] : [])),
      );
    expect(await tooWide()).toEqual([]);
    for (const width of long ? [] : ['480', 'full']) {
      await page.$$eval(
        '.drawing',
        (drawings, data) => {
          for (const one of drawings) one.setAttribute('data-width', data);
        },
        width,
      );
      expect(await tooWide(), width).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  // A picture of the whole gallery takes 20 s; the test before this one looks at every card.
  it.runIf(long)('leaves pictures of the gallery in all three languages for people to look at', async () => {
    for (const language of ['ja', 'easy', 'en']) {
      const query = `language=${language}&theme=all&width=320`;
      const { page } = await openPage(browser, `${rehearsal.url}/rehearsal/cards?${query}`, { width: 1120 });
      await page.locator('[data-drawn]').waitFor(soon);
      expect(await page.locator('.drawing').count()).toBeGreaterThan(60);
      await picture(page, `gallery-${language}`, true);
    }
  });
});
