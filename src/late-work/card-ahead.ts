import { formatTimeOfDay } from '../calendar/index.ts';
import {
  type Button,
  button,
  cardDay,
  claimLine,
  commonWords,
  drawCard,
  quoted,
  quotedPlain,
} from '../delivery/index.ts';
import { REASONS, reasonLabel } from '../no-overtime-day/index.ts';
import type { CardContent, Language } from '../ports/cards.ts';
import { lookButtons, type Page, pageOf, rowsPerPage } from './card-pages.ts';
import type { AheadView, Recorded } from './card-views.ts';
import { type Words, wordsOf } from './wording.ts';

const VERB = 'late-work.ahead';
/** Working days to choose from; ten at most (P3). */
const DAYS = [1, 2, 3, 5, 10];

/** 事前了承 (P3): who may go on, until when, for what, up to ten working days; what holds, and withdrawing it. */
export function aheadCard(view: AheadView): CardContent {
  const words = wordsOf(view.language);
  const closed = view.state === 'closed' || view.state === 'recalled';
  const mode = closed || view.countsOnly ? 'counts' : view.mode;
  const team = pageOf(view.team, mode === 'record' ? view.page : 0, rowsPerPage);
  const recorded = pageOf(view.recorded, mode === 'withdraw' ? view.page : 0, rowsPerPage);
  const buttons = closed || view.countsOnly ? [] : buttonsOf(view, words, mode, mode === 'withdraw' ? recorded : team);
  const presses = mode === 'counts' ? [] : buttons.filter((one) => one.payload.decision !== undefined);
  return drawCard(
    'late-work/prior-ok',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.ahead.title,
      strip: closed ? { style: 'accent', text: `■ ${commonWords(view.language).closed}` } : null,
      body: [bodyOf(view, words, mode)],
      about: words.ahead.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      facts: [{ title: words.ahead.count, value: commonWords(view.language).people(view.recorded.length) }],
      tables: mode !== 'counts' && view.recorded.length > 0 ? [tableOf(view, words, recorded)] : [],
      more: moreOf(view, mode, recorded),
      claims: [claimLine(view.language, view.attendanceLink)],
      choosing: choosingOf(words, mode, team, recorded),
      recording: mode === 'record' ? [formOf(view, words)] : [],
      buttons: buttons.length > 0 ? [{ presses, actions: buttons.filter((one) => !presses.includes(one)) }] : [],
    },
  );
}

function bodyOf(view: AheadView, words: Words, mode: AheadView['mode']): string {
  if (view.countsOnly) return words.ahead.bodyShared;
  if (mode === 'withdraw') return words.ahead.bodyWithdraw;
  if (mode === 'record') return words.ahead.bodyNamed(cardDay(view.from, view.language));
  return words.ahead.body(words.hour(view.cutoffMinute));
}

function tableOf({ language }: AheadView, words: Words, { rows }: Page<Recorded>) {
  return {
    columns: words.ahead.columns,
    rows: rows.map((row) => ({
      name: quoted(row.name),
      days: daysOf(row, language),
      work: `${formatTimeOfDay(row.untilMinute)} ${reasonLabel(row.reason, language)}`,
      notes: quoted(row.note ?? '').quoted === '' ? [] : [{ text: quoted(row.note ?? '') }],
    })),
  };
}

function daysOf({ from, to }: Recorded, language: Language): string {
  return from === to ? cardDay(from, language) : `${cardDay(from, language)}～${cardDay(to, language)}`;
}

function moreOf(view: AheadView, mode: AheadView['mode'], { rows }: Page<Recorded>) {
  const hidden = view.recorded.length - rows.length;
  return mode !== 'counts' && hidden > 0 ? [{ text: commonWords(view.language).others(hidden) }] : [];
}

function choosingOf(
  words: Words,
  mode: AheadView['mode'],
  team: Page<AheadView['team'][number]>,
  held: Page<Recorded>,
) {
  const people =
    mode === 'record'
      ? team.rows.map((one) => ({ name: quotedPlain(one.name), item: one.staff }))
      : mode === 'withdraw'
        ? held.rows.map((one) => ({ name: quotedPlain(one.name), item: one.id }))
        : [];
  return people.length === 0
    ? []
    : [{ label: words.ahead.choose, missing: words.ahead.chooseMissing, value: '', people }];
}

function formOf({ untilChoices, language }: AheadView, words: Words) {
  const times = untilChoices.map((minute) => ({ title: formatTimeOfDay(minute), value: formatTimeOfDay(minute) }));
  const { ahead } = words;
  return {
    days: {
      label: ahead.days,
      value: '1',
      choices: DAYS.map((n) => ({ title: ahead.day(n), value: String(n) })),
    },
    until: {
      label: ahead.until,
      value: times.find((one) => one.value === '21:00')?.value ?? times[0]?.value ?? '',
      choices: times,
    },
    reason: {
      label: ahead.reason,
      hint: ahead.reasonHint,
      missing: ahead.reasonMissing,
      value: '',
      choices: REASONS.map((code) => ({ title: reasonLabel(code, language), value: code })),
    },
    note: { label: ahead.note, hint: ahead.noteHint },
  };
}

/** At most four: the press itself, the other list, and the pages. */
function buttonsOf(view: AheadView, words: Words, mode: AheadView['mode'], list: Page<unknown>): Button[] {
  const { buttons } = words.ahead;
  if (mode === 'counts') return lookButtons(view, VERB, { named: false, page: 0, pages: 1 });
  const show = mode === 'withdraw' ? 'withdraw' : 'names';
  const common = commonWords(view.language);
  const turn = (title: string, page: number) => button(view, VERB, title, { show, page });
  const pages = [
    ...(list.page + 1 < list.pages ? [turn(common.nextPage, list.page + 1)] : []),
    ...(list.page > 0 ? [turn(common.previousPage, list.page - 1)] : []),
  ];
  if (mode === 'withdraw') {
    const press = view.recorded.length > 0 ? [button(view, VERB, buttons.withdraw, { decision: 'withdraw' })] : [];
    return [...press, ...pages, button(view, VERB, buttons.back, { show: 'names' })];
  }
  const other = view.recorded.length > 0 ? [button(view, VERB, buttons.choose, { show: 'withdraw' })] : [];
  return [button(view, VERB, buttons.record, { decision: 'record' }, 'positive'), ...pages, ...other];
}
