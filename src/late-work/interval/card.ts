import { formatTimeOfDay } from '../../calendar/index.ts';
import {
  button,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  type ItemView,
  quoted,
  type Strip,
} from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { MinuteOfDay } from '../../ports/clock.ts';
import { durationText, intervalWords } from './wording.ts';
import type { IntervalWords } from './words.ts';

const VERB = 'late-work.interval';

/** C12 for its recipient. */
export interface IntervalView extends ItemView {
  itemId: string;
  state: 'asked' | 'answered' | 'closed' | 'recalled';
  /** Minutes between the last 退庁 and the own start, and the city's target. */
  rest: number;
  target: number;
  /** `seenAt`: the head confirmed the consultation. */
  answer?: { kind: 'consult' | 'fine' | 'stopped'; at: MinuteOfDay; note?: string; seenAt?: MinuteOfDay };
  canChange: boolean;
  changing?: boolean;
  link: string;
  ownWords?: string;
}

/** C12 (personnel.md 2): advice to the person alone. The draft opens on the card; sending it tells the head (P22). */
export function intervalCard(view: IntervalView): CardContent {
  const words = intervalWords(view.language);
  const recalled = view.state === 'recalled';
  const asks = view.state === 'asked' || (view.changing === true && view.state === 'answered' && view.canChange);
  const mayChange = view.state === 'answered' && !asks && view.canChange && view.answer?.kind === 'fine';
  return drawCard(
    'late-work/interval',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title,
      strip: stripOf(view, words),
      body: [bodyOf(view, words, asks)],
      about: words.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      facts: asks || recalled ? [] : factsOf(view, words),
      said: view.answer?.note && !recalled ? [{ ...words.said, text: quoted(view.answer.note) }] : [],
      claims: recalled ? [] : [claimLine(view.language, view.link)],
      asking: asks ? [askingOf(view, words)] : [],
      buttons: mayChange
        ? [{ actions: [button(view, VERB, commonWords(view.language).change, { answer: 'change' })] }]
        : [],
    },
  );
}

function stripOf(view: IntervalView, words: IntervalWords): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed' && !view.answer) return { style: 'accent', text: `■ ${common.closed}` };
  if (!view.answer) return null;
  const { kind, at, seenAt } = view.answer;
  if (seenAt !== undefined) return { style: 'good', text: words.strip.seen(formatTimeOfDay(seenAt)) };
  if (kind === 'consult') return { style: 'good', text: words.strip.sent(formatTimeOfDay(at)) };
  if (kind === 'fine') return { style: 'good', text: words.strip.fine(formatTimeOfDay(at)) };
  return { style: 'accent', text: words.strip.stopped(formatTimeOfDay(at)) };
}

function bodyOf(view: IntervalView, words: IntervalWords, asks: boolean): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  if (asks) return questionOf(view, words);
  if (!view.answer) return words.closedBody;
  const { kind, seenAt } = view.answer;
  if (kind !== 'consult') return words.after[kind];
  return seenAt === undefined ? words.after.sent : words.after.seen;
}

function questionOf(view: IntervalView, words: IntervalWords): string {
  const rest = durationText(view.rest, view.language);
  const target = durationText(view.target, view.language);
  return view.ownWords?.replaceAll('{interval}', rest).replaceAll('{target}', target) ?? words.body(rest, target);
}

function factsOf(view: IntervalView, words: IntervalWords): Fact[] {
  return [
    { title: words.rest.label, value: durationText(view.rest, view.language) },
    { title: words.rest.targetLabel, value: words.rest.atLeast(durationText(view.target, view.language)) },
  ];
}

function askingOf(view: IntervalView, words: IntervalWords) {
  const { buttons, form } = words;
  return {
    consult: {
      title: buttons.consult,
      note: { label: form.note, hint: form.hint, missing: form.missing, value: quoted(form.draft) },
      send: button(view, VERB, form.send, { answer: 'consult' }, 'positive'),
    },
    others: [
      button(view, VERB, buttons.fine, { answer: 'fine' }),
      button(view, VERB, buttons.stop, { answer: 'stop' }),
    ],
  };
}
