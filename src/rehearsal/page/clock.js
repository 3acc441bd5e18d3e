// @ts-check
import { byId, element } from './element.js';
import { moveClock } from './service.js';
import { dayLong, dayText, fromWall, inputText, instantAt, timeText, wallClock } from './time.js';
import { pageLanguage, say } from './words.js';

const wednesday = 3;
const todayStops = [
  { name: 'until', minute: 16 * 60 + 15 },
  { name: 'to', minute: 17 * 60 + 15 },
  { name: 'to', minute: 19 * 60 + 30 },
];

/** The rehearsal clock at the top: shows the present, and plays on to another one. */
export class RehearsalClock {
  /** @type {{ now: number, move: { from: number, to: number } | null, at: number }} */
  #position = { now: 0, move: null, at: 0 };
  #asking = false;
  #drawnFor = '';
  /** @type {(why: string) => void} */ #failed;
  timeZone = 'Asia/Tokyo';

  /** @param {(why: string) => void} failed */
  constructor(failed) {
    this.#failed = failed;
    setInterval(() => this.draw(), 200);
  }

  now() {
    const { now, move, at } = this.#position;
    return move === null ? now + (performance.now() - at) : now;
  }

  get moving() {
    return this.#asking || this.#position.move !== null;
  }

  /** What is being played, in a sentence; null while the clock only runs. */
  get playing() {
    const { move } = this.#position;
    return move === null ? null : say('playing', { time: this.#named(move.to) });
  }

  /** @param {import('./service.js').Position} position */
  take({ now, move }) {
    this.#position = { now, move, at: performance.now() };
    this.draw();
  }

  draw(anew = false) {
    if (this.#position.now === 0) return;
    const now = this.now();
    setText(byId('day'), dayText(now, this.timeZone, pageLanguage()));
    setText(byId('time'), timeText(now, this.timeZone, true));
    const { move } = this.#position;
    const progress = /** @type {HTMLProgressElement} */ (byId('progress'));
    progress.hidden = !this.moving;
    if (move !== null) {
      progress.value = move.to > move.from ? (now - move.from) / (move.to - move.from) : 0;
      progress.setAttribute('aria-label', this.playing ?? '');
    }
    document.body.classList.toggle('playing', this.moving);
    const key = `${timeText(now, this.timeZone)} ${this.moving}`;
    if (anew || key !== this.#drawnFor) this.#drawButtons(now);
    this.#drawnFor = key;
  }

  /** The next stop that leads to this minute of a Wednesday: what the button is called. @param {number} minute */
  buttonFor(minute) {
    const stop = todayStops.find((one) => one.minute === minute);
    return stop === undefined ? say('ownTime') : say(stop.name, { time: clockText(minute) });
  }

  /** @param {number} now */
  #drawButtons(now) {
    const ahead = (wednesday - wallClock(now, this.timeZone).weekday + 7) % 7 || 7;
    const stops = [
      ...todayStops.map((stop) => ({
        label: say(stop.name, { time: clockText(stop.minute) }),
        to: instantAt(now, stop.minute, this.timeZone),
      })),
      { label: say('nextDay'), to: instantAt(now, 9 * 60, this.timeZone, 1) },
      { label: say('nextWednesday'), to: instantAt(now, 16 * 60 + 15, this.timeZone, ahead) },
    ];
    const next = stops.findIndex(({ to }) => to > now);
    const buttons = stops.map(({ label, to }, at) =>
      this.#button(label, { past: to <= now, next: at === next }, () => this.move(to)),
    );
    const moves = byId('moves');
    const focused = [...moves.children].indexOf(/** @type {Element} */ (document.activeElement));
    moves.replaceChildren(
      ...buttons,
      this.#button(say('ownTime'), {}, () => this.#askTime()),
    );
    /** @type {HTMLElement | undefined} */ (moves.children[focused])?.focus();
  }

  /** @param {string} label @param {{ past?: boolean, next?: boolean }} kind @param {() => void} press */
  #button(label, { past = false, next = false }, press) {
    const off = past || this.moving;
    const look = past ? 'past' : next && !off ? 'next' : false;
    const attributes = { type: 'button', class: look, 'aria-disabled': off ? 'true' : false };
    return element('button', { ...attributes, onclick: () => off || press() }, label);
  }

  /** @param {number} to */
  async move(to) {
    this.#asking = true;
    this.draw();
    try {
      await moveClock(to);
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#asking = false;
      this.draw(true);
    }
  }

  #askTime() {
    const dialog = /** @type {HTMLDialogElement} */ (byId('own-time'));
    const next = this.now() + 60_000;
    const input = /** @type {HTMLInputElement} */ (
      element('input', {
        type: 'datetime-local',
        id: 'own-time-input',
        required: true,
        min: inputText(next, this.timeZone),
        value: inputText(next, this.timeZone),
      })
    );
    const form = element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'own-time-title' }, say('ownTime')),
      element('label', { for: 'own-time-input' }, say('whenTo')),
      input,
      element('p', { class: 'small' }, say('forward')),
      element(
        'div',
        { class: 'buttons' },
        element('button', { type: 'submit', class: 'primary' }, say('go')),
        element('button', { type: 'button', onclick: () => dialog.close() }, say('cancel')),
      ),
    );
    form.addEventListener('submit', () => this.move(fromWall(Date.parse(`${input.value}:00Z`), this.timeZone)));
    dialog.replaceChildren(form);
    dialog.showModal();
  }

  /** @param {number} instant */
  #named(instant) {
    const soon = instant - this.#position.now < dayLong;
    return `${soon ? '' : dayText(instant, this.timeZone, pageLanguage())} ${timeText(instant, this.timeZone)}`.trim();
  }
}

/** @param {number} minute */
const clockText = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

/** @param {HTMLElement} place @param {string} text */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
