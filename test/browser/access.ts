import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const script = readFileSync(new URL('./access-in-page.js', import.meta.url), 'utf8');

/** What a person with a screen reader or weak eyes would stumble over on this page as it stands, each as a sentence. */
export function accessProblems(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(script);
}
