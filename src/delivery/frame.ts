import type { CardContent, Language } from '../ports/cards.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { CardNote } from '../ports/room.ts';
import { SharedCard } from '../ports/shared-card.ts';
import { cardDay, readingsOnce, withoutRuby } from './ruby.ts';
import { commonWords } from './wording.ts';
import { carriedWords } from './wording-carried.ts';

/** What every card is drawn from. `itemId` is null only on a card for somebody who holds no item (an unknown sender). */
export interface ItemView {
  itemId: string | null;
  /** A text (its place) where many share the card. */
  revision: number | string;
  language: Language;
  date: LocalDate;
  note?: CardNote;
  /** What was corrected, in the words of who corrected it: a visible 「訂正」 line. */
  corrected?: string;
  /** Whom to ask; the city's personnel section where it is left out. */
  contact?: string;
}

/** Text from people (names, free text). It is shown in text runs only, which read no markdown, and never expanded again. */
export interface Quoted {
  quoted: string;
}

/** The state of a card: a colour, a mark and words, so that colour is never the only signal. */
export interface Strip {
  style: 'good' | 'warning' | 'attention' | 'accent';
  text: string;
}

/** A button: Action.Execute, with Action.Submit of the same data behind it. `payload` holds `i`, `r` and the answer, nothing else. */
export interface Button {
  title: string;
  style: 'default' | 'positive';
  verb: string;
  payload: Record<string, string | number | null>;
}

export interface Fact {
  title: string;
  value: string;
}

/** The folded detail (P12): the sentence on appraisal and the contact stand on every card and come from the frame. */
export interface About {
  purpose: string;
  readers: string;
  kept: string;
}

/** What differs in the common part of a card. `programme` is the name in the head line, `mark` the small picture before it. */
export interface Frame {
  mark: 'no-overtime-day' | 'kaeru';
  programme: string;
  title: string;
  strip?: Strip | null;
  body: string[];
  about: About;
  /** The toast; the title where it is left out. */
  toast?: string;
}

const ICONS: Record<Frame['mark'], string> = { 'no-overtime-day': 'Clock', kaeru: 'Alert' };

/**
 * The content of a card: the common frame around `parts`. The keys of `parts` stand in reading order; in やさしい日本語 a word
 * keeps its reading only where it comes first.
 */
export function drawCard(template: string, view: ItemView, frame: Frame, parts: object): CardContent {
  const words = commonWords(view.language);
  const strip = frame.strip ? [frame.strip] : [];
  const shown = {
    head: { programme: frame.programme, day: cardDay(view.date, view.language) },
    title: frame.title,
    notes: view.note ? [{ text: words.notes[view.note] }] : [],
    corrections: view.corrected ? [{ label: words.corrected, text: quoted(view.corrected) }] : [],
    strip,
    body: frame.body.map((text) => ({ text })),
    ...parts,
    carried: [],
    about: aboutOf(view, frame.about),
  };
  const told = [frame.title, ...strip.map(({ text }) => text), ...frame.body];
  return {
    template,
    summary: frame.toast ?? frame.title,
    data: {
      lang: view.language === 'en' ? 'en' : 'ja',
      mark: { name: frame.mark, icon: ICONS[frame.mark], alt: words.service },
      ...readingsOnce(shown, view.language),
      speak: told.map(withoutRuby).join(' '),
      fallbackText: readingsOnce(told, view.language).join(' '),
      refreshes: view.itemId === null ? [] : [{ i: view.itemId, r: view.revision }],
      userIds: [],
    },
  };
}

/** The card whose refresh is meant for these Teams user ids (the recipient); the rooms do not know them. */
export function refreshedFor(content: CardContent, userIds: string[]): CardContent {
  if (content instanceof SharedCard) return content.refreshedFor(userIds);
  return { ...content, data: { ...content.data, userIds } };
}

/** Another item of the same card: its own title and state, and what pressing it opens. */
export interface CarriedLine {
  itemId: string;
  revision: number;
  title: string;
  state: string;
}

/** What a line carries beside `i` and `r`, so that it is told from an answer also where no verb arrives. */
export const lineShows = 'item';

/** A card with lines for what else stands on it, between its buttons and 「この通知について」. */
export function withCarried(content: CardContent, lines: CarriedLine[], language: Language): CardContent {
  if (lines.length === 0) return content;
  const words = carriedWords(language);
  const title = words.others(lines.length);
  const rows = lines.map(({ itemId, revision, title: heading, state }) => ({
    title: heading,
    state,
    open: words.open,
    payload: { i: itemId, r: revision, show: lineShows },
  }));
  const { speak, fallbackText, ...rest } = { speak: '', fallbackText: '', ...content.data };
  const data = readingsOnce({ ...rest, carried: [{ title, rows }] }, language);
  const told = {
    speak: [speak, withoutRuby(title)].join(' '),
    fallbackText: readingsOnce([fallbackText, title], language).join(' '),
  };
  return { ...content, data: { ...data, ...told } };
}

function aboutOf(view: ItemView, about: About) {
  const words = commonWords(view.language);
  return {
    title: words.about,
    facts: [
      { title: words.purpose, value: about.purpose },
      { title: words.readers, value: about.readers },
      { title: words.kept, value: about.kept },
    ],
    contact: { label: words.contact, text: quoted(view.contact ?? words.contactDefault) },
    sentence: words.noEvaluation,
  };
}

/** P2 in one line: all time worked can be claimed, with the link to the city's own system (P1). */
export function claimLine(language: Language, link: string): { text: string; open: string; link: string } {
  const words = commonWords(language);
  return { text: words.claim, open: words.openSystem, link };
}

/** A button of this item. `answer` is added to `i` and `r`. */
export function button(
  view: ItemView,
  verb: string,
  title: string,
  answer: Record<string, string | number>,
  style: Button['style'] = 'default',
): Button {
  return { title, style, verb, payload: { i: view.itemId, r: view.revision, ...answer } };
}

/** Text somebody wrote, on one line, without control characters or the `{{DATE()}}` functions of Adaptive Cards. */
export function quoted(text: string): Quoted {
  return { quoted: oneLine(text).replace(/\{(?=\{)/g, '{\u2060') };
}

/** The same for a place that may read markdown (titles of choices): its signs become their full-width twins. */
export function quotedPlain(text: string): Quoted {
  const wide = oneLine(text).replace(/[[\]()*_#\-+`\\{}<>!|~&]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
  return { quoted: wide.replace(/^(\d+)\./, '$1．') };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ').trim();
}
