import type { Registry } from '../delivery/index.ts';
import type { ChatCommand, DrawItem, Room } from '../ports/room.ts';
import { languageVerb } from './choose-language.ts';
import { drawHelp, drawLanguage, drawNotUnderstood, drawToday, drawUnknownSender, drawWelcome } from './draw.ts';

export { helpCard, languageCard, notUnderstoodCard, todayCard, unknownSenderCard, welcomeCard } from './card.ts';
export { incomingOf } from './incoming.ts';

const nothing = async () => {};

const todayCommand: ChatCommand = {
  name: 'today',
  words: ['今日', 'きょう', 'today'],
  help: {
    ja: '本日届いたものと、その状態を見ます',
    easy: 'きょう とどいた ものを 見(み)ます',
    en: 'See what reached you today',
  },
  for: 'everybody',
  rule: 'conversation.today',
  card: 'today',
  run: nothing,
};

const helpCommand: ChatCommand = {
  name: 'help',
  words: ['ヘルプ', 'へるぷ', 'help', '?'],
  help: { ja: '使える言葉の一覧を見ます', easy: 'つかえる ことばを 見(み)ます', en: 'List what you can write' },
  for: 'everybody',
  rule: 'conversation.help',
  card: 'help',
  run: nothing,
};

const languageCommand: ChatCommand = {
  name: 'language',
  words: ['言語', 'ことば', 'language'],
  help: { ja: 'カードの言語を選びます', easy: 'カードの ことばを えらびます', en: 'Choose the language of your cards' },
  for: 'everybody',
  rule: 'conversation.language',
  card: 'language',
  run: nothing,
};

/** What is nobody's word is answered too: never silence. */
const anythingElse: ChatCommand = {
  name: 'anything-else',
  words: [],
  help: null,
  for: 'everybody',
  rule: 'conversation.not-understood',
  card: 'not-understood',
  run: nothing,
};

/** What Kaeru says by itself in a personal chat. It knows the other rooms' commands and cards by the registry alone. */
export function conversationRoom(registry: () => Registry): Room {
  const drawings: [rule: string, draw: DrawItem][] = [
    ['conversation.welcome', drawWelcome],
    ['conversation.unknown-sender', drawUnknownSender],
    [todayCommand.rule, drawToday(registry)],
    [helpCommand.rule, drawHelp(registry)],
    [languageCommand.rule, drawLanguage],
    [anythingElse.rule, drawNotUnderstood(registry)],
  ];
  return {
    name: 'conversation',
    cards: drawings.map(([rule, draw]) => ({ rules: [rule], draw })),
    verbs: [languageVerb],
    commands: [todayCommand, helpCommand, languageCommand, anythingElse],
  };
}
