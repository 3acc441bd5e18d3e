import { formatTimeOfDay } from '../../calendar/index.ts';
import {
  type Button,
  button,
  cardDay,
  claimLine,
  commonWords,
  drawCard,
  type ItemView,
  type Strip,
} from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { GapDay } from './rules.ts';
import { type GapWords, gapWords } from './wording-gaps.ts';
import { GAP_ANSWERS, type GapAnswer } from './words.ts';

const VERB = 'late-work.gaps';
/** A pick list has at most 7 entries (cards.md). */
const daysPerPage = 7;

/** The gap list of a month for the person (P2). */
export interface GapListView extends ItemView {
  itemId: string;
  state: 'open' | 'closed' | 'recalled';
  days: (GapDay & { answer: GapAnswer | null })[];
  /** From 0. */
  page: number;
  link: string;
}

/** The three answers of P2, for the days chosen; no other person sees the card or what was said on it. */
export function gapListCard(view: GapListView): CardContent {
  const words = gapWords(view.language);
  const recalled = view.state === 'recalled';
  const shown = recalled ? [] : pageOf(view);
  return drawCard(
    'late-work/gap-list',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title,
      strip: stripOf(view, words),
      body: [bodyOf(view, words)],
      about: words.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      tables: shown.length === 0 ? [] : [tableOf(view, words, shown)],
      claims: recalled ? [] : [claimLine(view.language, view.link)],
      choosing: view.state === 'open' ? [choosingOf(view, words, shown)] : [],
      buttons: view.state === 'open' ? [{ answers: answerButtons(view, words), actions: pageButtons(view) }] : [],
    },
  );
}

function pageOf(view: GapListView): GapListView['days'] {
  const page = Math.min(Math.max(view.page, 0), Math.max(0, Math.ceil(view.days.length / daysPerPage) - 1));
  return view.days.slice(page * daysPerPage, (page + 1) * daysPerPage);
}

const unanswered = (view: GapListView) => view.days.filter((day) => day.answer === null).length;

function stripOf(view: GapListView, words: GapWords): Strip {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  const left = unanswered(view);
  return left === 0 ? { style: 'good', text: words.done } : { style: 'accent', text: words.open(left) };
}

function bodyOf(view: GapListView, words: GapWords): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  if (view.state === 'closed') return words.closedBody;
  return unanswered(view) === 0 ? words.doneBody : words.body;
}

function tableOf(view: GapListView, words: GapWords, shown: GapListView['days']) {
  return {
    columns: words.columns,
    rows: shown.map((day) => ({
      day: cardDay(day.date, view.language),
      said: day.answer === null ? [] : [{ text: words.answers[day.answer] }],
      left: formatTimeOfDay(day.left),
      applied: day.appliedUntil === null ? words.notApplied : words.applied(formatTimeOfDay(day.appliedUntil)),
    })),
  };
}

/** Days without an answer are chosen beforehand where there is only one. */
function choosingOf(view: GapListView, words: GapWords, shown: GapListView['days']) {
  const open = shown.filter((day) => day.answer === null);
  const [only] = open;
  return {
    label: words.choose,
    missing: words.chooseMissing,
    value: open.length === 1 && only ? only.date : '',
    days: shown.map((day) => ({ title: cardDay(day.date, view.language), date: day.date })),
  };
}

function answerButtons(view: GapListView, words: GapWords): Button[] {
  return GAP_ANSWERS.map((answer) =>
    button(view, VERB, words.buttons[answer], { answer }, answer === 'claimed' ? 'positive' : 'default'),
  );
}

/** One button turns through the pages, so that there are never more than four. */
function pageButtons(view: GapListView): Button[] {
  const pages = Math.ceil(view.days.length / daysPerPage);
  if (pages < 2) return [];
  const page = view.page + 1 < pages ? view.page + 1 : 0;
  const common = commonWords(view.language);
  return [button(view, VERB, page === 0 ? common.previousPage : common.nextPage, { show: 'days', page })];
}
