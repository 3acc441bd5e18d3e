// @ts-check
import { spoken } from './card.js';
import { byId, element } from './element.js';
import { timeText } from './time.js';
import { say } from './words.js';

const shownFor = 5000;
const burst = 3000;

/**
 * Shows what Teams would pop up: the activity's summary, on that person's screen when it is in view, else on the page.
 * @param {{ screen: HTMLElement, name: string, summary: string, time: string, press(): void }} toast
 */
function showToast({ screen, name, summary, time, press }) {
  const inView = screen.offsetParent !== null;
  const sender = inView ? say('bot') : `${say('bot')} → ${name}`;
  place(
    inView ? toastsOf(screen) : byId('toasts'),
    element(
      'button',
      { type: 'button', class: 'toast', tabindex: '-1', onclick: press },
      element('img', { src: '/rehearsal/page/kaeru.svg', alt: '', width: '26', height: '26' }),
      element(
        'span',
        {},
        element('span', { class: 'small' }, `${sender} ${time}`),
        element('b', { class: 'toast-text' }, summary),
      ),
    ),
  );
}

/**
 * Tells what is new in a chat: a toast for a new message, a sentence for a screen reader for every change.
 * @param {import('./chat.js').ChatColumn} column
 * @param {Map<string, number>} before the versions of the messages that were known
 * @param {string} timeZone @param {() => void} goTo
 */
export function tellChanges(column, before, timeZone, goTo) {
  const { name } = column.person;
  for (const message of column.chat.messages.filter((one) => one.sender === 'bot')) {
    const version = before.get(message.activityId);
    const summary = message.summary ?? message.text ?? spoken(message.card);
    if (version === undefined) {
      announce(`${say('arrived', { name })}: ${spoken(message.card) || summary}`);
      const looking = column.root.contains(document.activeElement);
      if (!looking)
        showToast({ screen: column.root, name, summary, time: timeText(message.at, timeZone), press: goTo });
    } else if (version !== message.version) {
      announce(`${say('redrawn', { name })}: ${message.note ?? spoken(message.card)}`);
    }
  }
}

let others = { count: 0, at: Number.NEGATIVE_INFINITY };

/** Messages to people whose chats are closed come in bursts: one line that counts a burst. @param {number} count */
export function showOthers(count) {
  const at = performance.now();
  others = { count: at - others.at < burst ? others.count + count : count, at };
  place(byId('toasts'), element('div', { class: 'toast others' }, say('others', { n: others.count })));
}

/** Says it to a screen reader. @param {string} sentence */
function announce(sentence) {
  const line = element('span', {}, sentence);
  byId('announcer').append(line);
  setTimeout(() => line.remove(), 20_000);
}

/** @param {HTMLElement} screen */
function toastsOf(screen) {
  const present = screen.querySelector('.toasts');
  if (present instanceof HTMLElement) return present;
  const made = element('div', { class: 'toasts', 'aria-hidden': 'true' });
  screen.append(made);
  return made;
}

/** @param {HTMLElement} all @param {HTMLElement} toast */
function place(all, toast) {
  all.replaceChildren(toast);
  setTimeout(() => toast.remove(), shownFor);
}
