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

/** The last card with this title and this day in its head line, e.g. `11月19日`. */
export function cardOf(chat: Locator, title: string | RegExp, day: string): Locator {
  const page = chat.page();
  const titled = chat.locator('li.message', { has: page.getByRole('heading', { name: title }) });
  return titled.filter({ hasText: day }).last();
}

/** The three chats of a page that was opened with them. */
export async function chatsOf(page: Page): Promise<[Locator, Locator, Locator]> {
  const chats = page.locator('section.chat');
  await chats.nth(2).waitFor();
  return [chats.nth(0), chats.nth(1), chats.nth(2)];
}

/** Writes a message in a chat. */
export async function write(chat: Locator, text: string): Promise<void> {
  const field = chat.getByLabel('メッセージを入力');
  await field.fill(text);
  await field.press('Enter');
}
