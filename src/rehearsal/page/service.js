// @ts-check
/**
 * @typedef {{ staff: string, name: string, section: string, post: string, role: string, workType: string, ownEnd: number,
 *   language: 'ja' | 'easy' | 'en', head: string | null, away: string | null, aadObjectId: string | null, leads: boolean, unread: number }} Person
 * @typedef {{ activityId: string, sender: 'bot' | 'person', at: number, editedAt: number | null, text: string | null,
 *   summary: string | null, note: string | null, unread: boolean, version: number, card: object | null, differs: boolean }} Message
 * @typedef {{ staff: string, installed: boolean, messages: Message[] }} Chat
 * @typedef {{ now: number, move: { from: number, to: number } | null }} Position
 * @typedef {Position & { timeZone: string, organisation: string, firstChats: string[], people: Person[] }} State
 * @typedef {{ items: { staff: string, rule: string, date: string, card: string, state: string, why?: string, attempts: number }[],
 *   totals: Record<string, number> }} Ledger
 */

/** @param {string} path @param {object} [body] */
async function ask(path, body) {
  const answer = await fetch(`/rehearsal/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const document = await answer.json();
  if (!answer.ok) throw new Error(document?.error?.message ?? `HTTP ${answer.status}`);
  return document;
}

/** @returns {Promise<State>} */
export const readState = () => ask('state');

/** @returns {Promise<Ledger>} */
export const readLedger = () => ask('ledger');

/** @param {string} language @returns {Promise<{ cards: { card: string, state: string, json: object }[] }>} */
export const readGallery = (language) => ask(`gallery?language=${language}`);

/** @param {string} staff @returns {Promise<Chat>} */
export const readChat = (staff) => ask(`chats/${encodeURIComponent(staff)}`);

/** Acts as that person: say, press, refresh, reload, read, install. @param {string} staff @param {string} act @param {object} [body] @returns {Promise<Chat>} */
export const actAs = (staff, act, body = {}) => ask(`chats/${encodeURIComponent(staff)}/${act}`, body);

/** Resolves when every minute up to then was played. @param {number} instant */
export const moveClock = (instant) => ask('clock', { to: new Date(instant).toISOString() });

/**
 * @param {{ clock(position: Position): void, chats(changes: { kind: string, aadObjectId: string }[]): void, ledger(): void,
 *   lost(): void, back(): void }} page
 */
export function listen(page) {
  const events = new EventSource('/rehearsal/events');
  let lost = false;
  events.addEventListener('clock', (event) => page.clock(JSON.parse(event.data)));
  events.addEventListener('chats', (event) => page.chats(JSON.parse(event.data)));
  events.addEventListener('ledger', () => page.ledger());
  events.addEventListener('error', () => {
    lost = true;
    page.lost();
  });
  events.addEventListener('open', () => {
    if (lost) page.back();
    lost = false;
  });
}
