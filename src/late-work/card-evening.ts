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
import { REASONS, reasonLabel } from '../no-overtime-day/index.ts';
import type { CardContent } from '../ports/cards.ts';
import type { MinuteOfDay } from '../ports/clock.ts';
import type { EveningView, ShownDecision } from './card-views.ts';
import { type AnswerKind, type Words, wordsOf } from './wording.ts';

const VERB = 'late-work.answer';
const LAYOUTS = { cutoff: 'cutoff-2000', stay: 'stay', 'last-word': 'last-word' } as const;

/** C02 (personnel.md 2), the card of 残る and the last word at the end of a 了承: one evening of one person, as it stands. */
export function eveningCard(view: EveningView): CardContent {
  const words = wordsOf(view.language);
  const recalled = view.state === 'recalled';
  const asks = isAsking(view);
  return drawCard(
    `late-work/${LAYOUTS[view.variant]}`,
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: titleOf(view, words),
      strip: stripOf(view, words, asks),
      body: bodyOf(view, words, asks),
      about: words.evening.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      facts: asks || recalled ? [] : factsOf(view, words),
      said: asks || recalled ? [] : saidOf(view, words),
      claims: recalled ? [] : [claimLine(view.language, view.attendanceLink)],
      asking: asks ? [askingOf(view, words)] : [],
      buttons: [asks ? [] : changeButton(view)].filter((buttons) => buttons.length > 0).map((actions) => ({ actions })),
    },
  );
}

/** The choices stand on the card: nothing was answered yet, or 変更する was pressed. */
function isAsking({ state, answer, changing, canChange }: EveningView): boolean {
  if (state === 'recalled' || state === 'closed' || !canChange) return false;
  return state === 'asked' || !answer || changing === true;
}

function titleOf(view: EveningView, words: Words): string {
  const { title } = words.evening;
  return view.variant === 'cutoff' ? title.cutoff(words.hour(view.cutoffMinute)) : title[view.variant];
}

function answerText({ answer, cutoffMinute }: EveningView, words: Words): string | null {
  if (!answer) return null;
  const hour = answer.at < cutoffMinute ? words.hour(cutoffMinute) : null;
  return words.evening.answered[answer.kind](formatTimeOfDay(answer.at), hour);
}

function stripOf(view: EveningView, words: Words, asks: boolean): Strip | null {
  const common = commonWords(view.language);
  const answer = answerText(view, words);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (asks && answer !== null) return { style: 'accent', text: words.evening.nowAnswered(answer) };
  if (view.decision) return decisionStrip(view.decision, words);
  if (answer === null) return null;
  return { style: view.answer?.kind === 'continue' ? 'accent' : 'good', text: answer };
}

function decisionStrip(decision: ShownDecision, words: Words): Strip {
  const at = formatTimeOfDay(decision.atMinute);
  if (decision.kind === 'asked-to-finish') return { style: 'warning', text: words.evening.askedToFinish(at) };
  return { style: 'good', text: words.evening.acknowledged(at, timeOrNull(decision.untilMinute)) };
}

function bodyOf(view: EveningView, words: Words, asks: boolean): string[] {
  const { evening } = words;
  const { state, answer, decision } = view;
  if (state === 'recalled') return [commonWords(view.language).recalledBody];
  if (state === 'closed') {
    if (decision) return [evening.closedWith];
    if (!answer) return [evening.closedWithout];
    return [answer.kind === 'continue' ? evening.closedUnanswered : evening.closedWith];
  }
  if (asks && answer && view.changing) return [evening.chooseAgain];
  if (decision?.kind === 'acknowledged' && !(asks && view.variant === 'last-word')) return [evening.acknowledgedBody];
  if (decision?.kind === 'asked-to-finish') return [evening.askedToFinishBody];
  if (asks || !answer) return [questionOf(view, words)];
  if (answer.kind === 'continue') return [evening.undecided];
  return [evening.after[answer.kind][view.canChange ? 'open' : 'fixed']];
}

/** The city's own words where its policy has some (`texts`), else personnel.md's. */
function questionOf(view: EveningView, words: Words): string {
  const { body } = words.evening;
  if (view.variant === 'cutoff') return view.ownWords ?? body.cutoff(words.hour(view.cutoffMinute));
  return view.variant === 'stay' ? body.stay : body['last-word'](timeOrNull(view.untilMinute) ?? words.evening.noTime);
}

function factsOf(view: EveningView, words: Words): Fact[] {
  const { answer, decision, language } = view;
  const { facts: titles, noTime, laterStart } = words.evening;
  const facts: Fact[] = [];
  const said = answerText(view, words);
  if (said !== null && (view.state === 'closed' || decision)) facts.push({ title: titles.answer, value: said });
  if (answer?.kind === 'continue') {
    facts.push({ title: titles.reason, value: reasonLabel(answer.reason ?? 'other', language) });
    facts.push({ title: titles.until, value: timeOrNull(answer.untilMinute) ?? noTime });
  }
  if (view.state === 'closed' && decision) {
    facts.push({ title: titles.head, value: words.decision.decided[decision.kind](timeOrNull(decision.untilMinute)) });
  }
  if (decision?.laterStart) facts.push({ title: titles.next, value: laterStart });
  return facts;
}

function saidOf(view: EveningView, words: Words) {
  const text = quoted(view.answer?.note ?? '');
  return text.quoted === '' ? [] : [{ label: words.evening.noteLabel, ...words.evening.noteSays, text }];
}

/** Finish, go on (form in place), and the way out: 「すでに退庁しています」, on the card of 残る 「残る必要はありません」 (P26). */
function askingOf(view: EveningView, words: Words) {
  const { buttons, form } = words.evening;
  const answerButton = (kind: AnswerKind, title: string, positive = false): Button =>
    button(view, VERB, title, { answer: kind }, positive ? 'positive' : 'default');
  const finish = view.variant === 'last-word' ? buttons.stop : buttons.finish(view.cutoffMinute);
  const isStay = view.variant === 'stay';
  return {
    first: isStay ? [] : [answerButton('finish', finish, true)],
    go: {
      title: buttons.continue,
      reason: {
        label: form.reason,
        hint: form.reasonHint,
        missing: form.reasonMissing,
        value: view.answer?.reason ?? '',
        choices: REASONS.map((code) => ({ title: reasonLabel(code, view.language), value: code })),
      },
      until: untilInput(view, form.until),
      note: { label: form.note, hint: form.noteHint, value: quoted(view.answer?.note ?? '') },
      send: answerButton('continue', form.send),
    },
    others: [isStay ? answerButton('finish', buttons.notNeeded) : answerButton('left', buttons.left)],
  };
}

/** The pick list of quarter hours, as HH:MM. It stands on the earlier answer, else on about an hour from the first. */
function untilInput({ untilChoices, answer }: EveningView, label: string) {
  const usual = untilChoices[3] ?? untilChoices.at(-1);
  const chosen = untilChoices.find((minute) => minute >= (answer?.untilMinute ?? usual ?? 0)) ?? usual;
  if (chosen === undefined) return [];
  const choices = untilChoices.map((minute) => ({ title: formatTimeOfDay(minute), value: formatTimeOfDay(minute) }));
  return [{ label, value: formatTimeOfDay(chosen), choices }];
}

function changeButton(view: EveningView): Button[] {
  if (!view.canChange || view.state === 'closed' || view.state === 'recalled') return [];
  return [button(view, VERB, commonWords(view.language).change, { answer: 'change' })];
}

function timeOrNull(minute: MinuteOfDay | undefined): string | null {
  return minute === undefined ? null : formatTimeOfDay(minute);
}
