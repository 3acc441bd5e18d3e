import {
  type Button,
  button,
  type ContactLine,
  drawCard,
  type Frame,
  type ItemView,
  quoted,
} from '../delivery/index.ts';
import type { CardContent, Language } from '../ports/cards.ts';
import { conversationWords, languageNames } from './wording.ts';

export interface WelcomeView extends ItemView {
  /** Name of the city, from the policy. */
  organisation: string;
}

/** A command as the help card lists it: what to type, and what it does. */
export interface HelpLine {
  word: string;
  help: string;
}

export interface HelpView extends ItemView {
  commands: HelpLine[];
}

const MOST_LINES = 8;
const LANGUAGES: readonly Language[] = ['ja', 'easy', 'en'];

export interface TodayView extends ItemView {
  /** What reached the person, in the words of its own card. */
  items: ContactLine[];
  /** What waits for the next ping or was left out, and why. */
  kept?: ContactLine[];
}

/** The first card (P12): what Kaeru is for, who sees an answer, how long it is kept, whom to ask. */
export function welcomeCard(view: WelcomeView): CardContent {
  const words = conversationWords(view.language);
  return drawCard('conversation/welcome', view, frameOf(view, words.welcome.title, [words.welcome.body]), {
    organisations: [{ label: words.organisation, text: quoted(view.organisation) }],
    facts: words.welcome.facts.map(({ title, value }) => ({ title, value })),
    sentence: words.welcome.sentence,
    buttons: [{ actions: languageButtons(view) }],
  });
}

/** For somebody the roster does not know: says so politely, names whom to ask, shows no data. */
export function unknownSenderCard(view: WelcomeView): CardContent {
  const words = conversationWords(view.language);
  return drawCard('conversation/unknown-sender', view, frameOf(view, words.unknown.title, [words.unknown.body]), {
    organisations: [{ label: words.organisation, text: quoted(view.organisation) }],
    also: words.unknown.also === '' ? [] : [{ text: words.unknown.also }],
  });
}

/** ヘルプ: the commands this person may use. */
export function helpCard(view: HelpView): CardContent {
  const words = conversationWords(view.language);
  return commandsCard('conversation/help', view, words.help.title, words.help.body);
}

/** For a message that is no command: what one may write instead; never silence. */
export function notUnderstoodCard(view: HelpView): CardContent {
  const words = conversationWords(view.language);
  return commandsCard('conversation/not-understood', view, words.notUnderstood.title, words.notUnderstood.body);
}

/** 言語: three buttons, each in its own language. */
export function languageCard(view: ItemView): CardContent {
  const words = conversationWords(view.language);
  const frame: Frame = {
    ...frameOf(view, words.language.title, [words.language.body]),
    strip: { style: 'accent', text: `● ${words.language.now(languageNames[view.language])}` },
  };
  return drawCard('conversation/language', view, frame, { buttons: [{ actions: languageButtons(view) }] });
}

/** 今日: what reached the person today and how it stands; what was kept back and why. At most 8 lines, the rest as a count. */
export function todayCard(view: TodayView): CardContent {
  const words = conversationWords(view.language).today;
  const { items, kept = [] } = view;
  const lines = [...items, ...kept];
  const shown = lines.slice(0, MOST_LINES);
  const hidden = lines.length - shown.length;
  const body = [
    ...(items.length > 0 ? [words.body(items.length)] : kept.length > 0 ? [] : [words.nothing]),
    ...(kept.length > 0 ? [words.kept(kept.length)] : []),
  ];
  const frame: Frame = { ...frameOf(view, words.title, body), about: words.about };
  return drawCard('conversation/today', view, frame, {
    facts: shown.map(({ title, state }) => ({ title, value: state })),
    more: hidden > 0 ? [{ text: words.more(hidden) }] : [],
  });
}

function commandsCard(template: string, view: HelpView, title: string, body: string): CardContent {
  return drawCard(template, view, frameOf(view, title, [body]), {
    facts: view.commands.map(({ word, help }) => ({ title: word, value: help })),
  });
}

function frameOf(view: ItemView, title: string, body: string[]): Frame {
  return { mark: 'kaeru', programme: 'Kaeru', title, body, about: conversationWords(view.language).about };
}

function languageButtons(view: ItemView): Button[] {
  return LANGUAGES.map((language) =>
    button(
      view,
      'conversation.language',
      nameOf(language, view.language),
      { language },
      language === view.language ? 'positive' : 'default',
    ),
  );
}

/** A language under its own name; 「日本語」 with its reading for who reads やさしい日本語. */
function nameOf(language: Language, reader: Language): string {
  return language === 'ja' && reader === 'easy' ? '日本語(にほんご)' : languageNames[language];
}
