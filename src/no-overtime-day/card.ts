import { formatTimeOfDay } from '../calendar/index.ts';
import {
  type Button,
  button,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  quoted,
  type Strip,
} from '../delivery/index.ts';
import type { CardContent } from '../ports/cards.ts';
import type { MinuteOfDay } from '../ports/clock.ts';
import type { ShownDecision, WedOnTimeView } from './card-views.ts';
import { type AnswerKind, REASONS, type Words, wordsOf } from './wording.ts';

export { stayingPerPage, teamCard, wedResultCard, wedSummaryCard } from './card-summary.ts';
export type {
  CardState,
  Counts,
  ShownAnswer,
  ShownDecision,
  Staying,
  SummaryView,
  WedOnTimeView,
  WedResultView,
} from './card-views.ts';

const VERB = 'no-overtime-day.answer';

/** C01 (personnel.md 2): asks at own end −60 whether one goes home, and shows the answer, the head's word and the end. */
export function wedOnTimeCard(view: WedOnTimeView): CardContent {
  const words = wordsOf(view.language);
  const asks = view.state === 'asked' || (view.changing === true && view.canChange && view.state !== 'recalled');
  return drawCard(
    'no-overtime-day/wed-on-time',
    view,
    {
      mark: 'no-overtime-day',
      programme: words.programme,
      title: words.onTime.title[view.day],
      strip: stripOf(view, words, asks),
      body: bodyOf(view, words, asks),
      about: words.onTime.about,
    },
    {
      facts: asks || view.state === 'recalled' ? [] : factsOf(view, words),
      said: asks || view.state === 'recalled' ? [] : saidOf(view, words),
      claims: view.state === 'recalled' ? [] : [claimLine(view.language, view.attendanceLink)],
      asking: asks ? [askingOf(view, words)] : [],
      buttons: [asks ? [] : changeButton(view)].filter((buttons) => buttons.length > 0).map((actions) => ({ actions })),
    },
  );
}

function stripOf(view: WedOnTimeView, words: Words, asks: boolean): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (!view.answer) return null;
  const answer = words.onTime.answered[view.answer.kind](formatTimeOfDay(view.answer.at));
  if (asks) return { style: 'accent', text: words.onTime.nowAnswered(answer) };
  if (view.decision) return decisionStrip(view.decision, words);
  return { style: view.answer.kind === 'leave' ? 'good' : 'accent', text: answer };
}

function decisionStrip(decision: ShownDecision, words: Words): Strip {
  const at = formatTimeOfDay(decision.atMinute);
  if (decision.kind === 'asked-to-finish') return { style: 'warning', text: words.onTime.askedToFinish(at) };
  return { style: 'good', text: words.onTime.acknowledged(at, timeOrNull(decision.untilMinute)) };
}

function bodyOf(view: WedOnTimeView, words: Words, asks: boolean): string[] {
  const { onTime } = words;
  const question = questionOf(view, words);
  if (view.state === 'recalled') return [commonWords(view.language).recalledBody];
  if (view.state === 'closed') return [view.answer ? onTime.closedWith : onTime.closedWithout];
  if (asks) return [view.answer ? onTime.chooseAgain : question];
  if (!view.answer) return [question];
  if (view.answer.kind !== 'stay') return [onTime.after[view.answer.kind][view.canChange ? 'open' : 'fixed']];
  if (!view.decision) return [onTime.undecided];
  return [view.decision.kind === 'acknowledged' ? onTime.acknowledgedBody : onTime.askedToFinishBody];
}

/** The city's own words where its policy has some (`texts`), with {endTime} filled; else personnel.md's. */
function questionOf(view: WedOnTimeView, words: Words): string {
  const end = formatTimeOfDay(view.endMinute);
  return view.ownWords?.replaceAll('{endTime}', end) ?? words.onTime.body[view.day](end);
}

function factsOf(view: WedOnTimeView, words: Words): Fact[] {
  const { answer, decision } = view;
  const { onTime } = words;
  if (!answer) return [];
  const facts: Fact[] = [];
  const at = formatTimeOfDay(answer.at);
  if (view.state === 'closed' || decision)
    facts.push({ title: onTime.factAnswer, value: onTime.answered[answer.kind](at) });
  if (answer.kind === 'stay') {
    facts.push({ title: onTime.factReason, value: words.reasons[answer.reason ?? 'other'] });
    facts.push({ title: onTime.factUntil, value: timeOrNull(answer.untilMinute) ?? onTime.noTime });
  }
  if (view.state === 'closed' && decision) {
    facts.push({
      title: onTime.factHead,
      value: words.summary.decided[decision.kind](timeOrNull(decision.untilMinute)),
    });
  }
  return facts;
}

function saidOf(view: WedOnTimeView, words: Words) {
  const text = quoted(view.answer?.note ?? '');
  if (text.quoted === '') return [];
  return [{ label: words.onTime.noteLabel, ...words.onTime.noteSays, text }];
}

function askingOf(view: WedOnTimeView, words: Words) {
  const { buttons, form } = words.onTime;
  const answerButton = (kind: AnswerKind, title: string): Button =>
    button(view, VERB, title, { answer: kind }, kind === 'leave' ? 'positive' : 'default');
  return {
    leave: answerButton('leave', buttons.leave),
    stay: {
      title: buttons.stay,
      reason: {
        label: form.reason,
        hint: form.reasonHint,
        missing: form.reasonMissing,
        value: view.answer?.reason ?? '',
        choices: REASONS.map((code) => ({ title: words.reasons[code], value: code })),
      },
      until: untilInput(view, form.until),
      note: { label: form.note, hint: form.noteHint, value: quoted(view.answer?.note ?? '') },
      send: answerButton('stay', form.send),
    },
    others: [answerButton('unsure', buttons.unsure), answerButton('off', buttons.off)],
  };
}

/** The pick list of quarter hours, as HH:MM. It stands on the earlier answer, else on one hour after the own end. */
function untilInput(view: WedOnTimeView, label: string) {
  const choices = view.untilChoices;
  const wanted = view.answer?.untilMinute ?? view.endMinute + 60;
  const chosen = choices.find((minute) => minute >= wanted) ?? choices.at(-1);
  return choices.length === 0
    ? []
    : [
        {
          label,
          value: chosen === undefined ? '' : formatTimeOfDay(chosen),
          choices: choices.map((minute) => ({ title: formatTimeOfDay(minute), value: formatTimeOfDay(minute) })),
        },
      ];
}

function changeButton(view: WedOnTimeView): Button[] {
  if (!view.canChange || view.state === 'closed' || view.state === 'recalled') return [];
  return [button(view, VERB, commonWords(view.language).change, { answer: 'change' })];
}

function timeOrNull(minute: MinuteOfDay | undefined): string | null {
  return minute === undefined ? null : formatTimeOfDay(minute);
}
