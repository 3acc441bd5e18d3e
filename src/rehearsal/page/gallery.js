// @ts-check
import { drawCard } from './card.js';
import { byId, element } from './element.js';
import { themeOf } from './preferences.js';
import { readGallery } from './service.js';

const choices = {
  language: [
    ['ja', '日本語'],
    ['easy', 'やさしい日本語'],
    ['en', 'English'],
  ],
  theme: [
    ['light', 'ライト / Light'],
    ['dark', 'ダーク / Dark'],
    ['contrast', 'ハイコントラスト / High contrast'],
  ],
  width: [
    ['320', '320 px'],
    ['480', '480 px'],
    ['full', '全幅 / Full'],
  ],
};
const legends = { language: '言語 / Language', theme: '配色 / Theme', width: '幅 / Width' };
/** @typedef {keyof typeof choices} Choice */

/** What the address asks for (`?language=en&theme=dark&width=320`), else one of each; `all` shows every one. */
const asked = new URLSearchParams(location.search);
/** @type {Record<Choice, string[]>} */
const chosen = {
  language: wanted('language', ['ja']),
  theme: wanted('theme', ['light', 'dark']),
  width: wanted('width', ['480']),
};
/** @type {Map<string, Promise<{ cards: { card: string, state: string, json: object }[] }>>} */
const galleries = new Map();

/** @param {Choice} name @param {string[]} first */
function wanted(name, first) {
  const all = choices[name].map(([value]) => value ?? '');
  const values = asked.getAll(name).flatMap((value) => (value === 'all' ? all : value.split(',')));
  return values.length > 0 ? all.filter((value) => values.includes(value)) : first;
}

function drawFilters() {
  byId('filters').replaceChildren(
    .../** @type {Choice[]} */ (Object.keys(choices)).map((name) =>
      element(
        'fieldset',
        {},
        element('legend', {}, legends[name]),
        ...choices[name].map(([value = '', label = '']) =>
          element(
            'label',
            {},
            element('input', {
              type: 'checkbox',
              name,
              value,
              checked: chosen[name].includes(value),
              onchange: choose,
            }),
            label,
          ),
        ),
      ),
    ),
  );
}

function choose() {
  for (const name of /** @type {Choice[]} */ (Object.keys(choices))) {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`input[name=${name}]`));
    chosen[name] = [...boxes].filter((box) => box.checked).map((box) => box.value);
    asked.set(name, chosen[name].join(','));
  }
  history.replaceState(null, '', `?${asked}${location.hash}`);
  draw();
}

/** @param {string} language */
function galleryIn(language) {
  const known = galleries.get(language) ?? readGallery(language);
  galleries.set(language, known);
  return known;
}

async function draw() {
  const byLanguage = await Promise.all(
    chosen.language.map(async (language) => ({ language, ...(await galleryIn(language)) })),
  );
  /** @type {Map<string, Map<string, { language: string, json: object }[]>>} */
  const cards = new Map();
  for (const { language, cards: drawn } of byLanguage) {
    for (const { card, state, json } of drawn) {
      const states = cards.get(card) ?? new Map();
      states.set(state, [...(states.get(state) ?? []), { language, json }]);
      cards.set(card, states);
    }
  }
  byId('contents').replaceChildren(
    ...[...cards.keys()].map((card) => element('a', { href: `#${anchor(card)}` }, card)),
  );
  byId('cards').replaceChildren(
    ...[...cards].map(([card, states]) =>
      element(
        'section',
        { id: anchor(card) },
        element('h2', {}, card),
        ...[...states].map(([state, drawings]) => stateOf(card, state, drawings)),
      ),
    ),
  );
  document.body.dataset.drawn = 'yes';
  if (location.hash.length > 1) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

/** @param {string} card @param {string} state @param {{ language: string, json: object }[]} drawings */
function stateOf(card, state, drawings) {
  const id = anchor(`${card}.${state}`);
  const figures = drawings.flatMap(({ language, json }) =>
    chosen.theme.flatMap((theme) => chosen.width.map((width) => drawing(json, language, theme, width))),
  );
  return element(
    'article',
    { id },
    element('h3', {}, element('a', { href: `#${id}` }, state)),
    element('div', { class: 'drawings' }, ...figures),
  );
}

/** @param {object} json @param {string} language @param {string} theme @param {string} width */
function drawing(json, language, theme, width) {
  const bubble = element('div', { class: 'bubble card' });
  try {
    bubble.append(drawCard(json, themeOf(theme), () => {}) ?? '');
  } catch (error) {
    bubble.append(element('p', { class: 'problem' }, error instanceof Error ? error.message : String(error)));
  }
  return element(
    'figure',
    { class: 'drawing', 'data-theme': theme, 'data-width': width, lang: language === 'en' ? 'en' : 'ja' },
    bubble,
    element('figcaption', {}, `${language} ・ ${theme} ・ ${width}`),
  );
}

/** @param {string} name */
const anchor = (name) => name.replace(/[^\p{L}\p{N}.-]+/gu, '-');

document.documentElement.dataset.theme = themeOf('auto');
drawFilters();
draw();
