import { formatTimeOfDay } from '../calendar/index.ts';
import {
  button,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  type Frame,
  quoted,
  type Strip,
} from '../delivery/index.ts';
import type { CardContent } from '../ports/cards.ts';
import type { EmergencyEndedView, NoticesView, RestAnswer, RestPlanView } from './card-views.ts';
import { momentText } from './moment-text.ts';
import { type Words, wordsOf } from './wording.ts';

export { emergencyCard, modesPerPage } from './card-emergency.ts';
export type {
  EmergencyEndedView,
  EmergencyView,
  Moment,
  NoticesView,
  RestAnswer,
  RestPlanView,
  RunningMode,
} from './card-views.ts';

/** What nobody stops for themselves, in the order of the card; the reason stands beside each. */
const CANNOT = ['C01', 'C02', 'C03', 'C08'] as const;
const MOST_LINES = 5;

/** 停止・再開: what one receives, what one may stop, and plainly what cannot be stopped and why; the setting of P24. */
export function noticesCard(view: NoticesView): CardContent {
  const { notices: words } = wordsOf(view.language);
  const { buttons } = words;
  const stopped = view.stopped.includes('C12');
  const press = (title: string, answer: string) => button(view, 'pauses.notices', title, { answer });
  return drawCard(
    'pauses/notices',
    view,
    {
      ...frameOf(words),
      body: [words.body],
      strip: stopped ? { style: 'accent', text: words.stoppedStrip(words.names.C12) } : null,
    },
    {
      facts: [
        { title: words.names.C12, value: stopped ? words.stopped : words.receiving },
        { title: words.outside, value: view.outsideHours ? words.outsideOn : words.outsideOff },
        ...CANNOT.map((code) => ({ title: words.names[code], value: words.cannot[code] })),
        ...weekFacts(words, view.week),
      ],
      buttons: [
        {
          actions: [
            stopped ? press(buttons.resume, 'resume-C12') : press(buttons.stop, 'stop-C12'),
            view.outsideHours ? press(buttons.outsideOff, 'outside-off') : press(buttons.outsideOn, 'outside-on'),
          ],
        },
      ],
    },
  );
}

/** How many of this week's pings are used, and what did not come by itself, the latest first; at most 5, the rest as a count. */
function weekFacts(words: Words['notices'], week: NoticesView['week']): Fact[] {
  if (week === undefined) return [];
  const lines = week.lines.toReversed();
  const more = lines.length - MOST_LINES;
  return [
    { title: words.week, value: words.weekUsed(week.used, week.budget) },
    ...lines.slice(0, MOST_LINES).map(({ title, state }) => ({ title, value: state })),
    ...(more > 0 ? [{ title: words.weekMore, value: words.weekMoreCount(more) }] : []),
  ];
}

/** The closing card of a 災害モード, for who started it: how long, how many cards were stopped, how many had left. */
export function emergencyEndedCard(view: EmergencyEndedView): CardContent {
  const { ended: words, emergency } = wordsOf(view.language);
  const end = momentText(view.to, view.language);
  return drawCard(
    'pauses/emergency-ended',
    view,
    {
      ...frameOf({ ...words, programme: emergency.programme }),
      strip: { style: 'accent', text: view.byItself ? words.byItself(end) : words.byHand(end) },
      body: [words.body],
    },
    {
      organisations: [{ label: words.section, text: quoted(view.path) }],
      facts: [
        { title: words.period, value: `${momentText(view.from, view.language)}～${end}` },
        { title: words.reason, value: emergency.reasons[view.reason] },
        { title: words.stopped, value: words.cards(view.stopped) },
        { title: words.left, value: words.cards(view.left) },
      ],
      claims: [claimLine(view.language, view.attendanceLink)],
    },
  );
}

/** 「休息・振替(代休)の予定」 on the working day after an election (P7); the last button is the way out (P26). */
export function restPlanCard(view: RestPlanView): CardContent {
  const { restPlan: words } = wordsOf(view.language);
  const recalled = view.state === 'recalled';
  const asks = view.state === 'asked' || (view.changing === true && view.state === 'answered');
  return drawCard(
    'pauses/rest-plan',
    view,
    { ...frameOf(words), strip: restStrip(view, words), body: [restBody(view, words, asks)] },
    {
      organisations: recalled ? [] : [{ label: words.name, text: quoted(view.peak) }],
      claims: recalled ? [] : [claimLine(view.language, view.attendanceLink)],
      buttons: restButtons(view, words, asks).map((actions) => ({ actions })),
    },
  );
}

function restStrip(view: RestPlanView, words: Words['restPlan']): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.answer) {
    const text = words.answered[view.answer.kind](formatTimeOfDay(view.answer.at));
    return { style: view.answer.kind === 'planned' ? 'good' : 'accent', text };
  }
  return view.state === 'closed' ? { style: 'accent', text: `■ ${common.closed}` } : null;
}

function restBody(view: RestPlanView, words: Words['restPlan'], asks: boolean): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  if (view.state === 'closed') return words.closed;
  return asks || !view.answer ? words.body : words.after[view.answer.kind];
}

const ANSWERS: readonly RestAnswer[] = ['planned', 'not-yet', 'off'];

function restButtons(view: RestPlanView, words: Words['restPlan'], asks: boolean) {
  const press = (title: string, answer: string, style: 'default' | 'positive' = 'default') =>
    button(view, 'pauses.rest-plan', title, { answer }, style);
  if (asks)
    return [
      ANSWERS.map((kind, at) => press(words.buttons[kind], kind, at === 0 && !view.answer ? 'positive' : 'default')),
    ];
  return view.state === 'answered' ? [[press(commonWords(view.language).change, 'change')]] : [];
}

function frameOf(words: { programme: string; title: string; about: Frame['about'] }): Omit<Frame, 'body'> {
  return { mark: 'kaeru', programme: words.programme, title: words.title, about: words.about };
}
