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
import type { CardContent } from '../ports/cards.ts';
import type { Counts, ShownDecision, Staying, SummaryView, WedResultView } from './card-views.ts';
import { DECISIONS, reasonLabel, type Words, wordsOf } from './wording.ts';

/** Rows of a page: a table shows at most 8 (cards.md), and the list to choose from at most 7. */
export const stayingPerPage = 7;
const MOST_ROWS = 8;
const DECIDE = 'no-overtime-day.decide';

/** The head's card at own end (P13): counts, and behind 「表示する」 those who stay, with 了承する and 切上げを依頼する. */
export function wedSummaryCard(view: SummaryView): CardContent {
  return summaryCard('no-overtime-day/wed-summary', wordsOf(view.language).summary.title, view);
}

/** チーム: the same view at any time, drawn for a head who asked for it. */
export function teamCard(view: SummaryView): CardContent {
  return summaryCard('no-overtime-day/team', wordsOf(view.language).summary.teamTitle, view);
}

function summaryCard(template: string, title: string, view: SummaryView): CardContent {
  const words = wordsOf(view.language);
  const open = view.state !== 'closed' && view.state !== 'recalled';
  const recalled = view.state === 'recalled';
  const named = view.named && !recalled && view.staying.length > 0;
  const { rows, pages } = pageOf(view);
  const undecided = open && named && view.canDecide ? rows.filter((row) => !row.decision) : [];
  const hidden = view.counts.stay - rows.length;
  const actions = open ? lookButtons(view, named, pages) : [];
  const decisions = undecided.length > 0 ? decisionButtons(view, words) : [];
  return drawCard(
    template,
    view,
    {
      mark: 'no-overtime-day',
      programme: words.programme,
      title,
      strip: stripOf(view, words),
      body: bodyOf(view, words, named, open),
      about: words.summary.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      deputies: view.asDeputyFor ? [deputyOf(view.language, view.asDeputyFor)] : [],
      facts: recalled ? [] : countFacts(view.counts, words, view.language),
      tables: named ? [tableOf(view, words, rows)] : [],
      more: named && hidden > 0 ? [{ text: commonWords(view.language).others(hidden) }] : [],
      claims: view.counts.stay > 0 && !recalled ? [claimLine(view.language, view.attendanceLink)] : [],
      choosing: undecided.length > 0 ? [choosingOf(words, undecided)] : [],
      buttons: actions.length > 0 || decisions.length > 0 ? [{ decisions, actions }] : [],
    },
  );
}

function deputyOf(language: SummaryView['language'], name: string) {
  const { before, after } = commonWords(language).deputy(name);
  return { before, name: quoted(name), after };
}

function pageOf(view: SummaryView): { rows: Staying[]; pages: number } {
  if (view.staying.length <= MOST_ROWS) return { rows: view.staying, pages: view.pages };
  const pages = Math.ceil(view.staying.length / stayingPerPage);
  const page = Math.min(Math.max(view.page, 0), pages - 1);
  return { rows: view.staying.slice(page * stayingPerPage, (page + 1) * stayingPerPage), pages };
}

function stripOf(view: SummaryView, words: Words): Strip {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (view.counts.stay === 0) return { style: 'good', text: words.summary.nobodyStays };
  if (view.state === 'decided') return { style: 'good', text: words.summary.allDecided };
  return { style: 'accent', text: words.summary.someStay(view.counts.stay) };
}

function bodyOf(view: SummaryView, words: Words, named: boolean, open: boolean): string[] {
  const { summary } = words;
  if (view.state === 'recalled') return [commonWords(view.language).recalledBody];
  const pace = view.final || !open ? summary.final : summary.growing;
  if (view.counts.stay === 0) return [summary.bodyNobody, pace];
  if (named || !open) return [summary.bodyNamed];
  return [view.countsOnly ? summary.bodyShared : summary.bodyHidden, pace];
}

/** The four answers and what is missing; what nobody said is left out, except the three a head looks for. */
function countFacts(counts: Counts, words: Words, language: SummaryView['language']): Fact[] {
  const always = ['leave', 'stay', 'unanswered'];
  return (['leave', 'stay', 'unsure', 'off', 'unanswered', 'notSent'] as const)
    .filter((key) => counts[key] > 0 || always.includes(key))
    .map((key) => ({ title: words.summary.counts[key], value: commonWords(language).people(counts[key]) }));
}

function tableOf(view: SummaryView, words: Words, rows: Staying[]) {
  const { open, close } = words.onTime.noteSays;
  return {
    columns: words.summary.columns,
    rows: rows.map((row) => ({
      name: quoted(row.name),
      reason: reasonLabel(row.reason, view.language),
      notes: quoted(row.note ?? '').quoted === '' ? [] : [{ open, text: quoted(row.note ?? ''), close }],
      until: row.untilMinute === null ? words.onTime.noTime : formatTimeOfDay(row.untilMinute),
      decision: row.decision ? decided(row.decision, words) : words.summary.waiting,
    })),
  };
}

function decided(decision: ShownDecision, words: Words): string {
  const until = decision.untilMinute === undefined ? null : formatTimeOfDay(decision.untilMinute);
  return words.summary.decided[decision.kind](until);
}

function choosingOf(words: Words, undecided: Staying[]) {
  const [first] = undecided;
  return {
    label: words.summary.choose,
    missing: words.summary.chooseMissing,
    value: undecided.length === 1 && first ? first.item : '',
    people: undecided.map((row) => ({ name: quotedPlain(row.name), item: row.item })),
  };
}

function decisionButtons(view: SummaryView, words: Words): Button[] {
  return DECISIONS.map((decision) =>
    button(
      view,
      DECIDE,
      words.summary.buttons[decision],
      { decision },
      decision === 'acknowledged' ? 'positive' : 'default',
    ),
  );
}

/** 「表示する」, or the pages once names are shown. They change nothing but the drawing. */
function lookButtons(view: SummaryView, named: boolean, pages: number): Button[] {
  const common = commonWords(view.language);
  if (!named)
    return view.counts.stay > 0 && !view.countsOnly
      ? [button(view, DECIDE, common.show, { show: 'names' }, 'positive')]
      : [];
  const turn = (title: string, page: number) => button(view, DECIDE, title, { show: 'names', page });
  return [
    ...(view.page + 1 < pages ? [turn(common.nextPage, view.page + 1)] : []),
    ...(view.page > 0 ? [turn(common.previousPage, view.page - 1)] : []),
  ];
}

/** The Thursday card for the head: counts of the day before, no names, one button that says it was seen (W4). */
export function wedResultCard(view: WedResultView): CardContent {
  const words = wordsOf(view.language);
  const common = commonWords(view.language);
  const recalled = view.state === 'recalled';
  const open = !recalled && view.state !== 'closed' && !view.thanked;
  return drawCard(
    'no-overtime-day/wed-result',
    view,
    {
      mark: 'no-overtime-day',
      programme: words.programme,
      title: words.summary.resultTitle,
      strip: resultStrip(view, words),
      body: [recalled ? common.recalledBody : words.result.body],
      about: words.result.about,
    },
    {
      facts: recalled ? [] : countFacts(view.counts, words, view.language),
      buttons: open ? [{ actions: [button(view, 'no-overtime-day.seen', words.result.button, {}, 'positive')] }] : [],
    },
  );
}

function resultStrip(view: WedResultView, words: Words): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.thanked) return { style: 'good', text: words.result.seen };
  return view.state === 'closed' ? { style: 'accent', text: `■ ${common.closed}` } : null;
}
