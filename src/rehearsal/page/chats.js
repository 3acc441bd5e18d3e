// @ts-check
import { ChatColumn } from './chat.js';
import { byId, element } from './element.js';
import { pickPerson } from './picker.js';
import { keepOpenChats } from './preferences.js';
import { actAs, readChat } from './service.js';
import { showOthers, tellChanges } from './toasts.js';
import { say } from './words.js';

/** The chats side by side, and the tabs that choose among them where there is room for one. */
export class ChatWall {
  /** @type {ChatColumn[]} */ columns = [];
  /** Whether somebody pressed a button of a card since the page was opened. */
  pressed = false;
  /** @type {import('./service.js').Person[]} */ people = [];
  /** @type {string} */ #shown = '';
  /** @type {{ theme(): 'light' | 'dark' | 'contrast', timeZone(): string, failed(why: string): void, changed(): void }} */ #page;

  /** @param {{ theme(): 'light' | 'dark' | 'contrast', timeZone(): string, failed(why: string): void, changed(): void }} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {string[]} numbers */
  async open(numbers) {
    for (const staff of numbers) {
      const person = this.people.find((one) => one.staff === staff);
      if (person !== undefined) this.#add(person);
    }
    this.#select(this.columns[0]);
    await Promise.all(this.columns.map((column) => this.#enter(column)));
  }

  reword() {
    for (const column of this.columns) column.reword();
    this.draw();
  }

  /** People as the service has them now: a language, a section or an end of work may have changed. @param {import('./service.js').Person[]} people */
  takePeople(people) {
    this.people = people;
    for (const column of this.columns) {
      const person = people.find((one) => one.staff === column.person.staff);
      if (
        person === undefined ||
        JSON.stringify({ ...person, unread: 0 }) === JSON.stringify({ ...column.person, unread: 0 })
      )
        continue;
      column.person = person;
      column.reword();
    }
  }

  /** @param {{ kind: string, aadObjectId: string }[]} changes */
  async take(changes) {
    const changed = new Set(changes.map(({ aadObjectId }) => aadObjectId));
    const own = this.columns.filter(({ person }) => changed.has((person.aadObjectId ?? '').toLowerCase()));
    const created = changes.filter(({ kind }) => kind === 'created').length;
    await Promise.all(own.map((column) => this.#reread(column)));
    const others = created - own.length;
    if (others > 2) showOthers(others);
  }

  draw() {
    const add = element(
      'button',
      {
        type: 'button',
        class: 'add-chat',
        title: say('add'),
        'aria-label': say('add'),
        onclick: () => this.#addPicked(),
      },
      '+',
    );
    byId('tabs').replaceChildren(
      ...this.columns.map((column) => this.#tab(column)),
      element(
        'button',
        { type: 'button', class: 'tab-add', 'aria-label': say('add'), onclick: () => this.#addPicked() },
        '+',
      ),
    );
    const wall = byId('chats');
    const wanted = [...this.columns.map((column) => column.root), add];
    for (const child of [...wall.children]) if (!wanted.includes(/** @type {HTMLElement} */ (child))) child.remove();
    wanted.forEach((child, at) => {
      if (wall.children[at] !== child) wall.insertBefore(child, wall.children[at] ?? null);
    });
    for (const column of this.columns) column.root.classList.toggle('shown', column.person.staff === this.#shown);
    this.#page.changed();
  }

  /** @param {ChatColumn} column */
  #tab(column) {
    const selected = column.person.staff === this.#shown;
    const press = () => {
      this.#select(column);
      if (column.unread > 0) this.#act(column.person.staff, 'read');
    };
    return element(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(selected),
        'aria-controls': column.root.id,
        onclick: press,
      },
      column.person.name.split(/\s/)[0] ?? column.person.name,
      column.unread > 0
        ? element(
            'span',
            { class: 'unread-dot', role: 'img', 'aria-label': say('unread', { n: column.unread }) },
            String(column.unread),
          )
        : null,
    );
  }

  /** @param {ChatColumn | undefined} column */
  #select(column) {
    this.#shown = column?.person.staff ?? '';
    this.draw();
  }

  /** @param {import('./service.js').Person} person */
  #add(person, at = this.columns.length) {
    const column = new ChatColumn(person, {
      theme: this.#page.theme,
      timeZone: this.#page.timeZone,
      act: (staff, act, body) => this.#act(staff, act, body),
      change: (chat) => this.#change(chat),
      close: (chat) => this.#close(chat),
    });
    this.columns.splice(at, 0, column);
    return column;
  }

  async #addPicked() {
    const person = await this.#pick();
    if (person === null) return;
    await this.#enterNew(this.#add(person));
  }

  /** @param {ChatColumn} column */
  async #change(column) {
    const person = await this.#pick();
    if (person === null) return;
    const at = this.columns.indexOf(column);
    this.columns.splice(at, 1);
    await this.#enterNew(this.#add(person, at));
  }

  /** @param {ChatColumn} column */
  #close(column) {
    this.columns = this.columns.filter((one) => one !== column);
    this.#keep();
    this.#select(this.columns[0]);
    byId('chats').focus();
  }

  #pick() {
    const open = this.columns.map(({ person }) => person.staff);
    return pickPerson(this.people.filter(({ staff, aadObjectId }) => aadObjectId !== null && !open.includes(staff)));
  }

  /** @param {ChatColumn} column */
  async #enterNew(column) {
    this.#keep();
    this.#select(column);
    column.root.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    await this.#enter(column);
  }

  #keep() {
    keepOpenChats(this.columns.map(({ person }) => person.staff));
  }

  /** Opens the chat as Teams does: what is there, then the present state of cards that ask for it. @param {ChatColumn} column */
  async #enter(column) {
    await this.#reread(column, true);
    await this.#act(column.person.staff, 'refresh');
  }

  /** @param {ChatColumn} column */
  async #reread(column, quiet = false) {
    try {
      const before = new Map(column.chat.messages.map((message) => [message.activityId, message.version]));
      column.show(await readChat(column.person.staff));
      if (!quiet) tellChanges(column, before, this.#page.timeZone(), () => this.#goTo(column));
      this.draw();
    } catch (error) {
      this.#page.failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {ChatColumn} column */
  #goTo(column) {
    this.#select(column);
    column.root.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.#act(column.person.staff, 'read');
  }

  /** @param {string} staff @param {string} act @param {object} [body] */
  async #act(staff, act, body) {
    if (act === 'press') this.pressed = true;
    try {
      const chat = await actAs(staff, act, body);
      const column = this.columns.find(({ person }) => person.staff === staff);
      if (column !== undefined && newer(chat, column.chat)) column.show(chat);
    } catch (error) {
      this.#page.failed(error instanceof Error ? error.message : String(error));
    }
    this.draw();
  }
}

/** Answers may overtake each other: the one with the higher versions is the later one. @param {import('./service.js').Chat} one @param {import('./service.js').Chat} other */
function newer(one, other) {
  const sum = (/** @type {import('./service.js').Chat} */ chat) =>
    chat.messages.reduce((total, message) => total + message.version, chat.messages.length);
  return sum(one) >= sum(other);
}
