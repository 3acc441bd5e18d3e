// @ts-check
import { drawCard } from './card.js';
import { composeBox, drawCompose } from './compose.js';
import { element, iconButton } from './element.js';
import { dayText, minuteText, timeText } from './time.js';
import { pageLanguage, say } from './words.js';

/**
 * What a chat asks of the page around it.
 * @typedef {{ theme(): 'light' | 'dark' | 'contrast', timeZone(): string,
 *   act(staff: string, act: string, body?: object): Promise<void>, change(chat: ChatColumn): void, close(chat: ChatColumn): void }} Around
 */

/** One person's chat with Kaeru, drawn as a column. */
export class ChatColumn {
  /** @type {import('./service.js').Person} */ person;
  /** @type {import('./service.js').Chat} */ chat = { staff: '', installed: true, messages: [] };
  /** @type {Around} */ #around;
  /** @type {Map<string, { version: number, item: HTMLElement }>} */ #drawn = new Map();
  #list = element('ol', { class: 'messages' });
  #scroll = element('div', { class: 'scroll', tabindex: '0' }, this.#list);
  #unread = element('span', { class: 'unread-dot' });
  #head = element('header', { class: 'chat-head' });
  #foot;
  #lastDay = '';
  #atEnd = true;

  /** @param {import('./service.js').Person} person @param {Around} around */
  constructor(person, around) {
    this.person = person;
    this.#around = around;
    this.#foot = composeBox(person.staff, (text) => this.#around.act(person.staff, 'say', { text }));
    this.root = element('section', { class: 'chat', id: `chat-${person.staff}` }, this.#head, this.#scroll, this.#foot);
    const read = () => this.unread > 0 && this.#around.act(this.person.staff, 'read');
    for (const name of ['pointerdown', 'focusin', 'keydown']) this.root.addEventListener(name, read);
    this.#scroll.addEventListener('scroll', () => this.#noteEnd());
    new ResizeObserver(() => this.#stayAtEnd()).observe(this.#scroll);
    this.reword();
  }

  get unread() {
    return this.chat.messages.filter((message) => message.unread).length;
  }

  /** Draws head, foot and every message anew: another language or theme, another state of the person. */
  reword() {
    const { person } = this;
    this.root.setAttribute('aria-label', say('screenOf', { name: person.name }));
    this.#head.replaceChildren(
      element(
        'span',
        { class: 'avatar', 'aria-hidden': 'true', 'data-tint': tintOf(person.staff) },
        [...person.name][0] ?? '',
      ),
      element(
        'div',
        { class: 'who' },
        element('h2', {}, person.name, element('span', { class: 'role', 'data-role': person.role }, say(person.role))),
        element('p', {}, this.#about()),
      ),
      this.#unread,
      iconButton('swap', say('change'), () => this.#around.change(this)),
      iconButton('close', say('close'), () => this.#around.close(this)),
    );
    drawCompose(this.#foot, person);
    this.#drawn.clear();
    this.show(this.chat);
  }

  /** Shows the chat as the stand-in has it now; only messages that changed are drawn again. @param {import('./service.js').Chat} chat */
  show(chat) {
    const grew = chat.messages.length > this.chat.messages.length;
    this.chat = chat;
    this.#lastDay = '';
    const parts = chat.messages.flatMap((message) => this.#itemsOf(message));
    const kept = new Set(chat.messages.map((message) => message.activityId));
    for (const activityId of this.#drawn.keys()) if (!kept.has(activityId)) this.#drawn.delete(activityId);
    if (parts.length === 0) parts.push(this.#empty(chat.installed));
    const same =
      parts.length === this.#list.children.length && parts.every((part, at) => this.#list.children[at] === part);
    if (!same) this.#replace(parts);
    this.#showUnread();
    this.#atEnd ||= grew;
    this.#stayAtEnd();
  }

  #noteEnd() {
    this.#atEnd = this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < 80;
  }

  #stayAtEnd() {
    if (this.#atEnd) this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior: 'instant' });
  }

  /** @param {boolean} installed */
  #empty(installed) {
    const install = () => this.#around.act(this.person.staff, 'install');
    return element(
      'li',
      { class: 'empty' },
      say(installed ? 'empty' : 'notInstalled'),
      installed ? null : element('button', { type: 'button', class: 'chip', onclick: install }, say('install')),
    );
  }

  /** Puts the items in place without moving those that stay, so that focus and open cards survive. @param {HTMLElement[]} parts */
  #replace(parts) {
    const focused = document.activeElement?.closest('li.message');
    const lost =
      focused instanceof HTMLElement && this.#list.contains(focused) && !parts.includes(focused) ? focused : null;
    parts.forEach((part, at) => {
      const present = this.#list.children[at];
      if (present === part) return;
      const goes = present instanceof HTMLElement && !parts.includes(present);
      if (goes) present.replaceWith(part);
      else this.#list.insertBefore(part, present ?? null);
    });
    while (this.#list.children.length > parts.length) this.#list.lastElementChild?.remove();
    const successor = parts.find((part) => part.id !== '' && part.id === lost?.id);
    successor?.focus({ preventScroll: true });
  }

  /** @param {import('./service.js').Message} message @returns {HTMLElement[]} */
  #itemsOf(message) {
    const known = this.#drawn.get(message.activityId);
    const item = known?.version === message.version ? known.item : this.#draw(message);
    this.#drawn.set(message.activityId, { version: message.version, item });
    item.classList.toggle('is-unread', message.unread);
    const day = dayText(message.at, this.#around.timeZone(), pageLanguage());
    if (day === this.#lastDay) return [item];
    this.#lastDay = day;
    const id = `day-${this.person.staff}-${day}`;
    const present = [...this.#list.children].find((one) => one.id === id);
    return [
      present instanceof HTMLElement ? present : element('li', { class: 'day', id }, element('span', {}, day)),
      item,
    ];
  }

  /** @param {import('./service.js').Message} message */
  #draw(message) {
    const own = message.sender === 'person';
    const at = timeText(message.at, this.#around.timeZone());
    const edited =
      message.editedAt === null
        ? ''
        : ` ・ ${say('edited', { time: timeText(message.editedAt, this.#around.timeZone()) })}`;
    const item = element('li', {
      class: `message ${own ? 'own' : 'bot'}`,
      id: `m-${this.person.staff}-${message.activityId}`,
      tabindex: '-1',
    });
    item.append(
      element('p', { class: 'from' }, element('b', {}, own ? this.person.name : say('bot')), ` ${at}${edited}`),
    );
    if (message.text !== null) item.append(element('div', { class: 'bubble text' }, message.text));
    if (message.card !== null) this.#drawCard(item, message, message.card);
    if (message.note !== null) {
      item.append(
        element('p', { class: 'note', role: 'status' }, message.note === 'no-answer' ? say('noAnswer') : message.note),
      );
    }
    if (message.card !== null) item.append(this.#tools(message));
    return item;
  }

  /** @param {HTMLElement} item @param {import('./service.js').Message} message @param {object} json */
  #drawCard(item, message, json) {
    const bubble = element('div', { class: `bubble card ${isFull(json) ? 'full' : ''}`, lang: languageOf(json) });
    const drawn = drawCard(json, this.#around.theme(), async (action) => {
      if (bubble.getAttribute('aria-busy') === 'true') return;
      bubble.setAttribute('aria-busy', 'true');
      await this.#around.act(this.person.staff, 'press', { activityId: message.activityId, ...action });
      bubble.removeAttribute('aria-busy');
    });
    if (drawn !== null) bubble.append(drawn);
    item.append(bubble);
  }

  /** @param {import('./service.js').Message} message */
  #tools(message) {
    const reload = () => this.#around.act(this.person.staff, 'reload', { activityId: message.activityId });
    return element(
      'p',
      { class: 'tools' },
      message.differs ? element('span', { class: 'differs' }, say('differs')) : null,
      element('button', { type: 'button', class: 'quiet', title: say('reloadWhy'), onclick: reload }, say('reload')),
    );
  }

  #about() {
    const { person } = this;
    const section = person.section.split('/').filter(Boolean).slice(-2).join(' ');
    return [person.post, section, say('ends', { time: minuteText(person.ownEnd) })].filter(Boolean).join(' ・ ');
  }

  #showUnread() {
    this.#unread.hidden = this.unread === 0;
    this.#unread.textContent = String(this.unread);
    this.#unread.setAttribute('aria-label', say('unread', { n: this.unread }));
    this.#unread.setAttribute('role', 'img');
  }
}

/** Whether the card asks for the whole width, as tables of many columns do. @param {{ msteams?: { width?: string } }} json */
const isFull = (json) => json.msteams?.width === 'Full';

/** @param {object} json */
const languageOf = (json) => ('lang' in json && json.lang === 'en' ? 'en' : 'ja');

/** @param {string} staff */
const tintOf = (staff) => [...staff].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 6;
