import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe, it } from 'vitest';

const known = [process.env.KAERU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const program = known.find((path) => path !== undefined && existsSync(path));
const mustHaveAll = ['1', 'true'].includes(process.env.CI ?? '');

/** A group of browser tests. Without chromium it is skipped under its own name, and under `CI=1` it fails. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (program !== undefined) describe(title, tests);
  else if (mustHaveAll) it(`${title}: chromium is on this machine`, () => Promise.reject(new Error('There is none.')));
  else describe.skip(`${title} (needs chromium, which this machine has not)`, tests);
}

/** Debian's chromium, without the sandbox that containers forbid. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: program ?? 'chromium', args: ['--no-sandbox'] });
}

export interface Look {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** 職員番号 of the chats that stand open, in this order, as if they had been opened before. */
  chats?: string[];
}

/** A page of its own browser context, and the list of what it complained about: console errors, exceptions, foreign requests. */
export async function openPage(
  browser: Browser,
  url: string,
  look: Look = {},
): Promise<{ page: Page; complaints: string[] }> {
  const { width = 1280, height = 800, colorScheme = 'light', chats } = look;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  if (chats)
    await context.addInitScript((open) => sessionStorage.setItem('kaeru-rehearsal', open), JSON.stringify(chats));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith('data:'))
      complaints.push(request.url());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Keeps a picture for people to look at: `test/browser/pictures/<name>.png`. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  await page.screenshot({ path: fileURLToPath(new URL(`./pictures/${name}.png`, import.meta.url)), fullPage });
}
