// @ts-check
import { element } from './element.js';
import { ledgerWord } from './ledger-words.js';
import { readLedger } from './service.js';
import { say } from './words.js';

const rowsShown = 200;
/** In the order a message lives. */
const order = ['pending', 'sending', 'sent', 'unknown', 'refused', 'skipped', 'cancelled', 'recalled'];

/** The delivery ledger: one line of totals that always adds up, and the rows behind it. */
export class LedgerPanel {
  /** @type {import('./service.js').Ledger} */ #ledger = { items: [], totals: {} };
  /** @type {(staff: string) => string} */ #nameOf;
  #open = false;
  #state = '';
  #search = '';
  #asked = 0;
  #totals = element('div', { class: 'totals' });
  #body = element('div', { class: 'ledger-body', id: 'ledger-body' });
  #table = element('tbody');
  #count = element('p', { class: 'small', role: 'status' });
  #toggle = element('button', {
    type: 'button',
    class: 'quiet',
    'aria-controls': 'ledger-body',
    onclick: () => this.toggle(),
  });

  /** @param {HTMLElement} root @param {(staff: string) => string} nameOf */
  constructor(root, nameOf) {
    this.#nameOf = nameOf;
    root.replaceChildren(
      element('div', { class: 'ledger-bar' }, element('h2', { 'data-words': 'ledger' }), this.#totals, this.#toggle),
      this.#body,
    );
    this.reword();
  }

  toggle(open = !this.#open) {
    this.#open = open;
    this.#draw();
    document.body.classList.toggle('ledger-open', open);
  }

  /** Asks again soon; many changes at once ask once. */
  refresh() {
    if (this.#asked !== 0) return;
    this.#asked = setTimeout(async () => {
      this.#asked = 0;
      this.#ledger = await readLedger().catch(() => this.#ledger);
      this.#draw();
    }, 300);
  }

  reword() {
    const input = element('input', {
      type: 'search',
      id: 'ledger-search',
      value: this.#search,
      placeholder: say('searchLedger'),
    });
    input.addEventListener('input', () => {
      this.#search = /** @type {HTMLInputElement} */ (input).value;
      this.#drawRows();
    });
    const columns = ['number', 'name', 'what', 'date', 'state', 'why', 'attempts'];
    this.#body.replaceChildren(
      element(
        'div',
        { class: 'ledger-find' },
        element('label', { for: 'ledger-search', class: 'unseen' }, say('searchLedger')),
        input,
        this.#count,
      ),
      element(
        'div',
        { class: 'table', tabindex: '0', role: 'region', 'aria-label': say('ledger') },
        element(
          'table',
          {},
          element('thead', {}, element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, say(name))))),
          this.#table,
        ),
      ),
    );
    this.#draw();
  }

  #draw() {
    this.#toggle.textContent = say(this.#open ? 'hide' : 'show');
    this.#toggle.setAttribute('aria-expanded', String(this.#open));
    this.#body.hidden = !this.#open;
    const { totals } = this.#ledger;
    const states = [...order, ...Object.keys(totals).filter((state) => !order.includes(state))].filter(
      (state) => totals[state],
    );
    const all = Object.values(totals).reduce((sum, count) => sum + count, 0);
    const focused = [...this.#totals.children].indexOf(/** @type {Element} */ (document.activeElement));
    this.#totals.replaceChildren(
      this.#chip('', say('balance', { n: all })),
      ...states.flatMap((state, at) => [
        element('span', { class: 'sign', 'aria-hidden': 'true' }, at === 0 ? '=' : '+'),
        this.#chip(state, `${ledgerWord(state)} ${totals[state]}`),
      ]),
    );
    /** @type {HTMLElement | undefined} */ (this.#totals.children[focused])?.focus();
    if (this.#open) this.#drawRows();
  }

  /** @param {string} state @param {string} label */
  #chip(state, label) {
    const press = () => {
      this.#state = this.#open && this.#state === state ? '' : state;
      this.toggle(true);
    };
    return element(
      'button',
      {
        type: 'button',
        class: 'total',
        'data-state': state,
        'aria-pressed': String(this.#open && this.#state === state),
        onclick: press,
      },
      label,
    );
  }

  #drawRows() {
    const rows = this.#ledger.items
      .map((item) => ({ ...item, text: this.#textOf(item) }))
      .filter(({ state }) => this.#state === '' || state === this.#state);
    const words = this.#search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter(({ text }) => words.every((word) => text.includes(word))).reverse();
    this.#table.replaceChildren(...found.slice(0, rowsShown).map((item) => this.#row(item)));
    const rest = found.length - rowsShown;
    this.#count.textContent =
      found.length === 0
        ? say('nothing')
        : `${say('balance', { n: found.length })}${rest > 0 ? ` ・ ${say('more', { n: rest })}` : ''}`;
  }

  /** @param {import('./service.js').Ledger['items'][number]} item */
  #row({ staff, rule, card, date, state, why, attempts }) {
    return element(
      'tr',
      {},
      element('td', {}, staff),
      element('td', {}, this.#nameOf(staff)),
      element('td', { title: card }, ledgerWord(rule)),
      element('td', {}, date),
      element('td', {}, element('span', { class: 'state', 'data-state': state }, ledgerWord(state))),
      element('td', {}, why === undefined ? '' : ledgerWord(why)),
      element('td', { class: 'figure' }, String(attempts)),
    );
  }

  /** @param {import('./service.js').Ledger['items'][number]} item */
  #textOf({ staff, rule, card, date, state, why = '' }) {
    return [
      staff,
      this.#nameOf(staff),
      this.#nameOf(staff).replace(/\s/g, ''),
      rule,
      ledgerWord(rule),
      card,
      date,
      state,
      ledgerWord(state),
      why,
      ledgerWord(why),
    ]
      .join(' ')
      .toLowerCase();
  }
}
