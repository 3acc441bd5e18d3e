// @ts-check
import { wallClock } from './time.js';
import { say } from './words.js';

const wednesday = 3;
const cardAt = 16 * 60 + 15;
const summaryAt = 17 * 60 + 15;

/**
 * The one line under the clock: what comes next, and what to press.
 * @param {{ now: number, timeZone: string, chats: import('./chat.js').ChatColumn[], pressed: boolean, buttonFor(minute: number): string }} facts
 */
export function hintFor({ now, timeZone, chats, pressed, buttonFor }) {
  if (chats.length === 0) return say('hintNobody');
  const wall = wallClock(now, timeZone);
  const minute = wall.hour * 60 + wall.minute;
  const head = chats.find((chat) => chat.person.role === 'head');
  const asked = chats.find((chat) => chat.person.role === 'staff');
  if (wall.weekday !== wednesday || asked === undefined) return say('hintOther');
  const names = { name: asked.person.name, head: head?.person.name ?? '' };
  if (minute < cardAt) return say('hintBefore', { ...names, time: '16:15', button: buttonFor(cardAt) });
  if (minute < summaryAt && !pressed) return say('hintPress', names);
  if (head === undefined) return say('hintOther');
  if (minute < summaryAt) return say('hintHead', { ...names, button: buttonFor(summaryAt) });
  return minute < summaryAt + 60 ? say('hintDecide', names) : say('hintOther');
}
