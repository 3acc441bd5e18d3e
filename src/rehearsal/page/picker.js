// @ts-check

import { byId, element, iconButton } from './element.js';
import { minuteText } from './time.js';
import { say } from './words.js';

const listed = 60;

/** Asks whose chat to show, by a search over everybody. Resolves with the person, or null. @param {import('./service.js').Person[]} people @returns {Promise<import('./service.js').Person | null>} */
export function pickPerson(people) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('picker'));
  const { promise, resolve } = /** @type {PromiseWithResolvers<import('./service.js').Person | null>} */ (
    Promise.withResolvers()
  );
  const input = /** @type {HTMLInputElement} */ (
    element('input', { type: 'search', id: 'picker-search', autocomplete: 'off', placeholder: say('search') })
  );
  const count = element('p', { class: 'small', role: 'status' });
  const list = element('ul', { class: 'people' });
  const choose = (/** @type {import('./service.js').Person | null} */ person) => {
    resolve(person);
    dialog.close();
  };
  const draw = () => {
    const found = people.filter((person) => matches(person, input.value));
    count.textContent = say('found', { n: found.length });
    list.replaceChildren(...found.slice(0, listed).map((person) => element('li', {}, personButton(person, choose))));
  };
  input.addEventListener('input', draw);
  dialog.replaceChildren(
    element(
      'div',
      { class: 'dialog-head' },
      element('h2', { id: 'picker-title' }, say('choose')),
      iconButton('close', say('close'), () => choose(null)),
    ),
    element('label', { for: 'picker-search', class: 'unseen' }, say('search')),
    input,
    count,
    list,
  );
  dialog.onkeydown = arrows;
  dialog.addEventListener('close', () => resolve(null), { once: true });
  draw();
  dialog.showModal();
  input.focus();
  return promise;
}

/** @param {import('./service.js').Person} person @param {(person: import('./service.js').Person) => void} choose */
function personButton(person, choose) {
  return element(
    'button',
    { type: 'button', class: 'person', onclick: () => choose(person) },
    element('b', {}, person.name),
    element('span', { class: 'role', 'data-role': person.role }, say(person.role)),
    element(
      'span',
      { class: 'small' },
      `${person.staff} ・ ${person.section} ・ ${person.post} ・ ${person.workType} ${minuteText(person.ownEnd)}`,
    ),
  );
}

/** @param {import('./service.js').Person} person @param {string} text */
function matches(person, text) {
  const all =
    `${person.name.replace(/\s/g, '')} ${person.name} ${person.staff} ${person.section} ${person.post} ${person.workType} ${say(person.role)}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** Up and down walk through the list. @param {KeyboardEvent} event */
function arrows(event) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = /** @type {HTMLElement[]} */ ([...byId('picker').querySelectorAll('input, .person')]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
  event.preventDefault();
}
