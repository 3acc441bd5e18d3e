// @ts-check
import { hostConfigs } from './host-configs.js';

/** Microsoft's renderer, from its package. */
const renderer = /** @type {any} */ (globalThis).AdaptiveCards;

renderer.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
  result.outputHtml = marked(text);
  result.didProcess = true;
};

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as safe HTML with the little markdown Teams knows in cards: bold, italic, links to https. @param {string} text */
export function marked(text) {
  return text
    .replace(/[&<>"']/g, (sign) => entities[/** @type {keyof typeof entities} */ (sign)])
    .replace(/\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[\s(（])_(\S(?:.*?\S)?)_(?=$|[\s)）。、])/g, '$1<em>$2</em>')
    .replace(/\r?\n/g, '<br>');
}

/**
 * Draws a card. `press` is called for Action.Execute and Action.Submit, after the inputs were found complete; links open
 * in a new tab, show and toggle happen inside.
 * @param {object} json @param {'light' | 'dark' | 'contrast'} theme
 * @param {(action: { type: string, verb?: string, data: object }) => void} press
 * @returns {HTMLElement | null}
 */
export function drawCard(json, theme, press) {
  const card = new renderer.AdaptiveCard();
  card.hostConfig = new renderer.HostConfig(hostConfigs[theme]);
  card.onExecuteAction = (/** @type {any} */ action) => {
    if (action instanceof renderer.OpenUrlAction) open(action.url, '_blank', 'noopener,noreferrer');
    else if (action instanceof renderer.ExecuteAction || action instanceof renderer.SubmitAction) {
      const data = typeof action.data === 'object' && action.data !== null ? action.data : {};
      press({ type: action.getJsonTypeName(), ...(action.verb && { verb: action.verb }), data });
    }
  };
  card.onAnchorClicked = (/** @type {any} */ _element, /** @type {HTMLAnchorElement} */ anchor) => {
    open(anchor.href, '_blank', 'noopener,noreferrer');
    return true;
  };
  card.onInlineCardExpanded = (/** @type {any} */ action, /** @type {boolean} */ expanded) => {
    const opened = action.card?.renderedElement;
    if (expanded && opened)
      requestAnimationFrame(() => opened.scrollIntoView({ block: 'nearest', behavior: 'smooth' }));
  };
  card.parse(json);
  const drawn = card.render();
  if (drawn) repair(drawn);
  return drawn ?? null;
}

/** What the renderer leaves out for people who use a keyboard, a screen reader or a narrow screen. @param {HTMLElement} drawn */
function repair(drawn) {
  makeIdsUnique(drawn);
  drawn.removeAttribute('tabindex');
  for (const heading of drawn.querySelectorAll('[role=heading]:not([aria-level])'))
    heading.setAttribute('aria-level', '4');
  for (const title of /** @type {NodeListOf<HTMLElement>} */ (drawn.querySelectorAll('.ac-pushButton > div'))) {
    title.style.whiteSpace = 'normal';
    title.style.overflow = 'visible';
  }
  for (const link of drawn.querySelectorAll('a[href]')) link.setAttribute('rel', 'noopener noreferrer');
}

let cardsDrawn = 0;

/** Every card of a kind gives its parts the same ids; a page holds many cards. @param {HTMLElement} drawn */
function makeIdsUnique(drawn) {
  cardsDrawn += 1;
  const unique = (/** @type {string} */ id) => `card-${cardsDrawn}-${id}`;
  const own = [...drawn.querySelectorAll('[id]:not([id^="__ac"])')];
  const ids = own.map(({ id }) => id);
  for (const part of own) part.id = unique(part.id);
  for (const part of drawn.querySelectorAll('[aria-controls]')) {
    const controlled = (part.getAttribute('aria-controls') ?? '').split(' ');
    part.setAttribute('aria-controls', controlled.map((id) => (ids.includes(id) ? unique(id) : id)).join(' '));
  }
}

/** What a screen reader says of a card: its `speak`, else `fallbackText`. @param {object | null} json */
export function spoken(json) {
  const { speak, fallbackText } = /** @type {{ speak?: string, fallbackText?: string }} */ (json ?? {});
  return speak ?? fallbackText ?? '';
}
