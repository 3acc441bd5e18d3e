// @ts-check
import { element, iconButton } from './element.js';
import { say } from './words.js';

/** The form under a chat; `send` gets what was typed, trimmed and never empty. @param {string} staff @param {(text: string) => void} send */
export function composeBox(staff, send) {
  const form = element('form', { class: 'compose' });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (form.querySelector(`#write-${CSS.escape(staff)}`));
    const text = input.value.trim();
    input.value = '';
    if (text !== '') send(text);
  });
  form.addEventListener('click', (event) => {
    const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
    if (chip?.textContent) send(chip.textContent);
  });
  return form;
}

/** Draws its chips, field and button in the page's language. @param {HTMLElement} form @param {import('./service.js').Person} person */
export function drawCompose(form, person) {
  const id = `write-${person.staff}`;
  const words = ['wordToday', 'wordHelp', 'wordLanguage', ...(person.leads ? ['wordTeam'] : [])];
  const chips = words.map((name) => element('button', { type: 'button', class: 'chip' }, say(name)));
  const placeholder = `${say('write')}（${say('example')}）`;
  form.replaceChildren(
    element('div', { class: 'chips' }, ...chips),
    element('label', { class: 'unseen', for: id }, say('write')),
    element('input', { id, name: 'text', autocomplete: 'off', maxlength: '4000', placeholder }),
    iconButton('send', say('send'), null),
  );
}
