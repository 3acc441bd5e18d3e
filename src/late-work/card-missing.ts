import { formatTimeOfDay } from '../calendar/index.ts';
import { cardDay, claimLine, commonWords, drawCard, quoted, type Strip } from '../delivery/index.ts';
import type { CardContent } from '../ports/cards.ts';
import { lookButtons, pageOf } from './card-pages.ts';
import type { Missing, MissingListView, MissingView } from './card-views.ts';
import { type Words, wordsOf } from './wording.ts';

/** 「了承あり・命令未登録」 (P1): for the head the next working day, for 庶務 after three; counts, and names behind 「表示する」. */
export function missingCard(view: MissingView): CardContent {
  const words = wordsOf(view.language);
  const recalled = view.state === 'recalled';
  const named = view.named && !recalled && !view.countsOnly && view.missing.length > 0;
  const { rows, page, pages } = pageOf(view.missing, view.page);
  const hidden = view.missing.length - rows.length;
  const show = !recalled && view.state !== 'closed' && !view.countsOnly && view.missing.length > 0;
  const actions = show ? lookButtons(view, 'late-work.missing', { named, page, pages }) : [];
  return drawCard(
    'late-work/order-missing',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: titleOf(view.missing, words),
      strip: stripOf(view, words),
      body: bodyOf(view, words, named),
      about: words.missing.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      deputies: inPlace(view),
      facts: recalled ? [] : countFacts(view.missing, words),
      tables: named ? [tableOf(view, words, rows)] : [],
      more: named && hidden > 0 ? [{ text: commonWords(view.language).others(hidden) }] : [],
      claims: recalled ? [] : [claimLine(view.language, view.attendanceLink)],
      buttons: actions.length > 0 ? [{ actions }] : [],
    },
  );
}

function titleOf(missing: Missing[], words: Words): string {
  const onlyUnanswered = missing.length > 0 && missing.every((one) => one.kind === 'unanswered');
  return words.missing.title[onlyUnanswered ? 'unanswered' : 'acknowledged'];
}

function inPlace({ language, inPlaceOf }: MissingView) {
  if (inPlaceOf === undefined) return [];
  const { before, after } = commonWords(language).deputy(inPlaceOf);
  return [{ before, name: quoted(inPlaceOf), after }];
}

function stripOf({ language, state, missing }: MissingView, words: Words): Strip {
  const common = commonWords(language);
  if (state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (missing.length === 0) return { style: 'good', text: words.missing.done };
  if (state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  return { style: 'accent', text: words.missing.open(missing.length) };
}

function bodyOf(view: MissingView, words: Words, named: boolean): string[] {
  if (view.state === 'recalled') return [commonWords(view.language).recalledBody];
  if (view.missing.length === 0) return [words.missing.bodyDone];
  const body = words.missing.body[view.for];
  if (view.countsOnly) return [body, words.missing.bodyShared];
  return named ? [body] : [body, words.missing.bodyHidden];
}

function countFacts(missing: Missing[], words: Words) {
  return (['acknowledged', 'unanswered'] as const).map((kind) => ({
    title: words.missing.counts[kind],
    value: String(missing.filter((one) => one.kind === kind).length),
  }));
}

function tableOf({ language }: MissingView, words: Words, rows: Missing[]) {
  return {
    columns: words.missing.columns,
    rows: rows.map((row) => ({
      name: quoted(row.name),
      day: cardDay(row.date, language),
      what: words.missing.what[row.kind](row.untilMinute === null ? null : formatTimeOfDay(row.untilMinute)),
    })),
  };
}

/** The list of 労務 (P1): how many are open, by section, without a name. */
export function missingListCard(view: MissingListView): CardContent {
  const words = wordsOf(view.language);
  const { rows, page, pages } = pageOf(view.lines, view.page);
  const total = (of: (line: MissingListView['lines'][number]) => number) =>
    view.lines.reduce((n, line) => n + of(line), 0);
  const open = total((line) => line.acknowledged + line.unanswered);
  const { counts } = words.list;
  const actions = pages > 1 ? lookButtons(view, 'late-work.list', { named: true, page, pages }) : [];
  const hidden = view.lines.length - rows.length;
  const day = (date: string) => cardDay(date, view.language);
  return drawCard(
    'late-work/order-missing-list',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.list.title,
      strip:
        open === 0 ? { style: 'good', text: words.list.nothing } : { style: 'accent', text: words.list.open(open) },
      body: [words.list.body(day(view.from), day(view.to))],
      about: words.list.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      facts: [
        { title: counts.acknowledged, value: String(total((line) => line.acknowledged)) },
        { title: counts.unanswered, value: String(total((line) => line.unanswered)) },
        { title: counts.withOffice, value: String(total((line) => line.withOffice)) },
      ],
      tables: open > 0 ? [listTable(words, rows)] : [],
      more: hidden > 0 ? [{ text: words.list.more(hidden) }] : [],
      claims: [claimLine(view.language, view.attendanceLink)],
      buttons: actions.length > 0 ? [{ actions }] : [],
    },
  );
}

function listTable(words: Words, rows: MissingListView['lines']) {
  return {
    columns: words.list.columns,
    rows: rows.map((row) => ({
      section: quoted(row.section),
      acknowledged: String(row.acknowledged),
      unanswered: String(row.unanswered),
      notes: row.withOffice > 0 ? [{ text: words.list.ofOffice(row.withOffice) }] : [],
    })),
  };
}
