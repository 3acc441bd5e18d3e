// @ts-check
import { ChatWall } from './chats.js';
import { RehearsalClock } from './clock.js';
import { byId } from './element.js';
import { hintFor } from './hint.js';
import { LedgerPanel } from './ledger.js';
import { keepPreferences, readOpenChats, readPreferences, themeOf, watchDevice } from './preferences.js';
import { listen, readState } from './service.js';
import { fillWords, say, speak } from './words.js';

const preferences = readPreferences();
const clock = new RehearsalClock(failed);
const wall = new ChatWall({
  theme: () => themeOf(preferences.theme),
  timeZone: () => clock.timeZone,
  failed,
  changed: drawHint,
});
const ledger = new LedgerPanel(byId('ledger'), (staff) => wall.people.find((one) => one.staff === staff)?.name ?? '');
let readingState = false;

/** Says in one line that something did not work, for a while. @param {string} why */
function failed(why) {
  const line = byId('offline');
  line.textContent = say('failed', { why });
  line.hidden = false;
  setTimeout(() => {
    line.hidden = true;
  }, 8000);
}

function drawHint() {
  if (clock.now() === 0) return;
  const sentence =
    clock.playing ??
    hintFor({
      now: clock.now(),
      timeZone: clock.timeZone,
      chats: wall.columns,
      pressed: wall.pressed,
      buttonFor: (minute) => clock.buttonFor(minute),
    });
  if (byId('hint').textContent !== sentence) byId('hint').textContent = sentence;
}

function dress() {
  speak(preferences.language);
  document.title = say('title');
  document.documentElement.dataset.theme = themeOf(preferences.theme);
  document.body.classList.toggle('phone', preferences.phone);
  byId('phone').setAttribute('aria-pressed', String(preferences.phone));
  fillWords(document);
  clock.draw(true);
  wall.reword();
  ledger.reword();
}

function settings() {
  const language = /** @type {HTMLSelectElement} */ (byId('language'));
  const theme = /** @type {HTMLSelectElement} */ (byId('theme'));
  language.value = preferences.language;
  theme.value = preferences.theme;
  const chosen = () => {
    preferences.language = language.value;
    preferences.theme = theme.value;
    keepPreferences(preferences);
    dress();
  };
  language.addEventListener('change', chosen);
  theme.addEventListener('change', chosen);
  byId('phone').addEventListener('click', () => {
    preferences.phone = !preferences.phone;
    chosen();
  });
  watchDevice(dress);
  const details = /** @type {HTMLDetailsElement} */ (byId('settings'));
  document.addEventListener('pointerdown', (event) => {
    if (!details.contains(/** @type {Node} */ (event.target))) details.open = false;
  });
  details.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') details.open = false;
  });
}

/** Reads who there is; at the first look it opens the first chats. */
async function readPeople() {
  if (readingState) return;
  readingState = true;
  try {
    const state = await readState();
    clock.timeZone = state.timeZone;
    clock.take(state);
    byId('organisation').textContent = state.organisation;
    wall.takePeople(state.people);
    if (wall.columns.length === 0) await wall.open(openAtFirst(state));
    drawHint();
  } finally {
    readingState = false;
  }
}

/** @param {import('./service.js').State} state */
function openAtFirst(state) {
  const before = (readOpenChats() ?? []).filter((staff) => state.people.some((one) => one.staff === staff));
  return before.length > 0 ? before : state.firstChats;
}

async function start() {
  settings();
  dress();
  listen({
    clock(position) {
      const wasMoving = clock.moving;
      clock.take(position);
      if (wasMoving && position.move === null) ledger.refresh();
      drawHint();
    },
    async chats(changes) {
      const known = new Set(wall.people.map(({ aadObjectId }) => (aadObjectId ?? '').toLowerCase()));
      if (wall.columns.length === 0 || changes.some(({ aadObjectId }) => !known.has(aadObjectId))) await readPeople();
      await wall.take(changes);
    },
    ledger: () => ledger.refresh(),
    lost() {
      byId('offline').textContent = say('offline');
      byId('offline').hidden = false;
    },
    async back() {
      byId('offline').hidden = true;
      await readPeople();
      await wall.take(
        wall.columns.map(({ person }) => ({ kind: 'updated', aadObjectId: (person.aadObjectId ?? '').toLowerCase() })),
      );
      ledger.refresh();
    },
  });
  await readPeople();
  ledger.refresh();
}

start().catch((error) => failed(error instanceof Error ? error.message : String(error)));
