import { formatTimeOfDay } from '../../calendar/index.ts';
import {
  type Button,
  button,
  claimLine,
  commonWords,
  drawCard,
  type ItemView,
  type Strip,
} from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { MinuteOfDay } from '../../ports/clock.ts';
import { type PriorWords, priorWords } from './wording.ts';
import { ANSWERS, type AnswerKind } from './words.ts';

const VERB = 'late-work.prior';

/** C03 for its recipient. */
export interface PriorApplicationView extends ItemView {
  itemId: string;
  state: 'asked' | 'answered' | 'closed' | 'recalled';
  answer?: { kind: AnswerKind; at: MinuteOfDay };
  canChange: boolean;
  /** 変更する was pressed. */
  changing?: boolean;
  /** `priorApplication.link`: where overtime is applied for. */
  link: string;
  /** What the city's policy says in place of the body (`texts`). */
  ownWords?: string;
}

/** C03 (personnel.md 2): apply before overtime begins. Every state says that all time worked can be claimed (P2). */
export function priorApplicationCard(view: PriorApplicationView): CardContent {
  const words = priorWords(view.language);
  const recalled = view.state === 'recalled';
  const asks = view.state === 'asked' || (view.changing === true && view.state === 'answered' && view.canChange);
  return drawCard(
    'late-work/prior-application',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title,
      strip: stripOf(view, words, asks),
      body: [bodyOf(view, words, asks)],
      about: words.about,
    },
    {
      facts: factsOf(view, words),
      claims: recalled ? [] : [claimLine(view.language, view.link)],
      asking: asks ? [askingOf(view, words)] : [],
      buttons: view.state === 'answered' && !asks && view.canChange ? [{ actions: [changeButton(view)] }] : [],
    },
  );
}

function stripOf(view: PriorApplicationView, words: PriorWords, asks: boolean): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (!view.answer) return null;
  const answer = words.answered[view.answer.kind](formatTimeOfDay(view.answer.at));
  if (asks) return { style: 'accent', text: words.nowAnswered(answer) };
  return { style: view.answer.kind === 'off' ? 'accent' : 'good', text: answer };
}

function bodyOf(view: PriorApplicationView, words: PriorWords, asks: boolean): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  if (view.state === 'closed') return view.answer ? words.closedWith : words.closedWithout;
  if (asks) return view.answer ? words.chooseAgain : (view.ownWords ?? words.body);
  return view.answer ? words.after[view.answer.kind] : words.body;
}

function factsOf(view: PriorApplicationView, words: PriorWords) {
  if (view.state !== 'closed' || !view.answer) return [];
  return [{ title: words.factAnswer, value: words.answered[view.answer.kind](formatTimeOfDay(view.answer.at)) }];
}

/** The two likely answers, the city's system, the way out. */
function askingOf(view: PriorApplicationView, words: PriorWords) {
  const [applied, none, off] = ANSWERS.map((answer) =>
    button(view, VERB, words.buttons[answer], { answer }, answer === 'applied' ? 'positive' : 'default'),
  );
  return {
    answers: [applied, none],
    open: { title: commonWords(view.language).openSystem, link: view.link },
    others: [off],
  };
}

function changeButton(view: PriorApplicationView): Button {
  return button(view, VERB, commonWords(view.language).change, { answer: 'change' });
}
