import { formatTimeOfDay } from '../calendar/index.ts';
import {
  type Button,
  button,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  quoted,
  quotedPlain,
  type Strip,
} from '../delivery/index.ts';
import { reasonLabel } from '../no-overtime-day/index.ts';
import type { CardContent } from '../ports/cards.ts';
import { lookButtons, pageOf } from './card-pages.ts';
import type { Asking, DecisionView, ShownDecision } from './card-views.ts';
import { DECISIONS, type Words, wordsOf } from './wording.ts';

const VERB = 'late-work.decide';
/** `until` of the form: as each person asked. */
const AS_ASKED = 'asked';

/** The head's card of the evening: counts, and behind 「表示する」 who wants to go on, with 了承する and 切上げを依頼する (P1, P11). */
export function decisionCard(view: DecisionView): CardContent {
  const words = wordsOf(view.language);
  const recalled = view.state === 'recalled';
  const open = view.state !== 'closed' && !recalled;
  const named = view.named && !recalled && !view.countsOnly && view.asking.length > 0;
  const { rows, page, pages } = pageOf(view.asking, view.page);
  const undecided = open && named && view.canDecide ? rows.filter((row) => !row.decision) : [];
  const short = open && named && view.canDecide && undecided.length === 0 ? rows.filter((row) => row.shortRest) : [];
  const hidden = view.asking.length - rows.length;
  const show = open && !view.countsOnly && view.asking.length > 0;
  const actions = show ? lookButtons(view, VERB, { named, page, pages }) : [];
  const decisions = [...decisionButtons(view, words, undecided), ...laterButtons(view, words, short)];
  return drawCard(
    'late-work/late-work-decision',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.decision.title,
      strip: stripOf(view, words),
      body: bodyOf(view, words, named, short.length > 0),
      about: words.decision.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      deputies: inPlace(view),
      facts: recalled ? [] : countFacts(view, words),
      tables: named ? [tableOf(view, words, rows)] : [],
      more: named && hidden > 0 ? [{ text: commonWords(view.language).others(hidden) }] : [],
      claims: recalled ? [] : [claimLine(view.language, view.attendanceLink)],
      choosing: choosingOf(words, undecided, short),
      timing: undecided.length > 0 ? [timingOf(view, words)] : [],
      buttons: actions.length > 0 || decisions.length > 0 ? [{ decisions, actions }] : [],
    },
  );
}

function inPlace({ language, inPlaceOf, as }: DecisionView) {
  if (inPlaceOf === undefined || as === 'head' || as === 'office') return [];
  const { before, after } = commonWords(language).deputy(inPlaceOf);
  return [{ before, name: quoted(inPlaceOf), after }];
}

function stripOf(view: DecisionView, words: Words): Strip {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (view.counts.waiting > 0) return { style: 'accent', text: words.decision.waiting(view.counts.waiting) };
  return { style: 'good', text: view.state === 'decided' ? words.decision.allDecided : words.decision.nothing };
}

function bodyOf(view: DecisionView, words: Words, named: boolean, short: boolean): string[] {
  const { decision } = words;
  if (view.state === 'recalled') return [commonWords(view.language).recalledBody];
  if (view.state === 'closed') return [decision.bodyNamed];
  const first = view.as === 'office' ? [decision.vacant] : view.optional ? [decision.optional] : [];
  if (view.asking.length === 0) return [...first, decision.bodyNothing];
  if (short) return [decision.laterStart.body(Math.round(view.intervalMinutes / 60))];
  if (named) return [decision.bodyNamed];
  return [...first, view.countsOnly ? decision.bodyShared : decision.bodyHidden];
}

/** What was wished is always there; of the rest what is not nothing. */
function countFacts({ counts, language, cutoffMinute }: DecisionView, words: Words): Fact[] {
  const titles = words.decision.counts;
  const fact = (title: string, n: number): Fact => ({ title, value: commonWords(language).people(n) });
  return [
    fact(titles.wishes, counts.wishes),
    ...(counts.unanswered > 0 ? [fact(titles.unanswered(words.hour(cutoffMinute)), counts.unanswered)] : []),
    ...(counts.acknowledged > 0 ? [fact(titles.acknowledged, counts.acknowledged)] : []),
    ...(counts.askedToFinish > 0 ? [fact(titles.askedToFinish, counts.askedToFinish)] : []),
  ];
}

function tableOf({ language }: DecisionView, words: Words, rows: Asking[]) {
  const { open, close } = words.evening.noteSays;
  return {
    columns: words.decision.columns,
    rows: rows.map((row) => ({
      name: quoted(row.name),
      reason: row.reason === null ? words.decision.noAnswer : reasonLabel(row.reason, language),
      notes: quoted(row.note ?? '').quoted === '' ? [] : [{ open, text: quoted(row.note ?? ''), close }],
      until: row.untilMinute === null ? words.evening.noTime : formatTimeOfDay(row.untilMinute),
      decision: row.decision ? decided(row.decision, words) : words.decision.wait,
    })),
  };
}

function decided(decision: ShownDecision, words: Words): string {
  const until = decision.untilMinute === undefined ? null : formatTimeOfDay(decision.untilMinute);
  const said = words.decision.decided[decision.kind](until);
  return decision.laterStart ? `${said} ${words.decision.laterStart.noted}` : said;
}

function choosingOf(words: Words, undecided: Asking[], short: Asking[]) {
  const people = undecided.length > 0 ? undecided : short;
  const [first] = people;
  if (!first) return [];
  return [
    {
      label: undecided.length > 0 ? words.decision.choose : words.decision.laterStart.choose,
      missing: words.decision.chooseMissing,
      value: people.length === 1 ? first.choice : '',
      people: people.map((row) => ({ name: quotedPlain(row.name), item: row.choice })),
    },
  ];
}

/** Until when: as each person asked, or a quarter hour from now to the last. */
function timingOf({ untilChoices }: DecisionView, words: Words) {
  const times = untilChoices.map((minute) => ({ title: formatTimeOfDay(minute), value: formatTimeOfDay(minute) }));
  const choices = [{ title: words.decision.asAsked, value: AS_ASKED }, ...times];
  return { label: words.decision.until, value: AS_ASKED, choices };
}

function decisionButtons(view: DecisionView, words: Words, undecided: Asking[]): Button[] {
  if (undecided.length === 0) return [];
  return DECISIONS.map((decision) => {
    const style = decision === 'acknowledged' ? 'positive' : 'default';
    return button(view, VERB, words.decision.buttons[decision], { decision }, style);
  });
}

function laterButtons(view: DecisionView, words: Words, short: Asking[]): Button[] {
  if (short.length === 0) return [];
  return [button(view, VERB, words.decision.laterStart.button, { decision: 'later-start' })];
}
