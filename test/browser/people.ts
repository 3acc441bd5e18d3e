import type { Locator, Page } from 'playwright-core';

/** The screens of a first look, in their order: a clerk, a clerk with 時差, the head of both. */
export function screens(page: Page): { clerk: Locator; shifted: Locator; head: Locator } {
  const chats = page.locator('section.chat');
  return { clerk: chats.nth(0), shifted: chats.nth(1), head: chats.nth(2) };
}

/** The last message of a chat that carries a card with this title. */
export function cardTitled(chat: Locator, title: string | RegExp): Locator {
  return chat.locator('li.message', { has: chat.page().getByRole('heading', { name: title }) }).last();
}

/** The name in the head of a chat. */
export async function nameIn(chat: Locator): Promise<string> {
  return (await chat.locator('h2').evaluate((heading) => heading.firstChild?.textContent)) ?? '';
}
