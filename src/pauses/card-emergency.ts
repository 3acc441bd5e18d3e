import { button, claimLine, commonWords, drawCard, quoted, quotedPlain } from '../delivery/index.ts';
import type { CardContent } from '../ports/cards.ts';
import type { EmergencyView, Moment, RunningMode } from './card-views.ts';
import { REASON_CODES } from './emergency/rules.ts';
import { momentText, momentValue } from './moment-text.ts';
import { type Words, wordsOf } from './wording.ts';

/** A pick list has at most seven entries. */
export const modesPerPage = 7;
const VERB = 'pauses.emergency';

/** 災害モード (P6): what runs, to the minute it ends, with how many cards were stopped and had left; start, end, extend. */
export function emergencyCard(view: EmergencyView): CardContent {
  const { emergency: words } = wordsOf(view.language);
  const { running, language } = view;
  const pages = Math.max(1, Math.ceil(running.length / modesPerPage));
  const page = Math.min(view.page, pages - 1);
  const shown = running.slice(page * modesPerPage, (page + 1) * modesPerPage);
  return drawCard(
    'pauses/emergency',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: running.length === 0 ? words.title.none : words.title.running,
      strip: running.length === 0 ? null : { style: 'warning', text: words.runningStrip(running.length) },
      body: [words.body],
      about: words.about,
    },
    {
      problems: problemOf(view, words),
      running: shown.map((mode) => runningOf(mode, words, view)),
      more: pages > 1 ? [{ text: `${page + 1} / ${pages}` }] : [],
      claims: [claimLine(language, view.attendanceLink)],
      asking: [{ start: startForm(view, words), manage: manageForm(view, shown, words) }],
      pages: pageButtons(view, page, pages),
    },
  );
}

function problemOf(view: EmergencyView, words: Words['emergency']) {
  if (!view.problem) return [];
  const { code, candidates } = view.problem;
  return [{ text: `▲ ${words.problems[code]}`, candidates: candidates.map((path) => ({ path: quoted(path) })) }];
}

function runningOf(mode: RunningMode, words: Words['emergency'], view: EmergencyView) {
  return {
    path: quoted(mode.path),
    until: words.until(momentText(mode.until, view.language), words.reasons[mode.reason]),
    counts: words.counts(mode.stopped, mode.left),
  };
}

function startForm(view: EmergencyView, words: Words['emergency']) {
  const { start } = words;
  const choices = view.sections?.map(({ key, path }) => ({ name: quotedPlain(path), value: key }));
  return {
    open: start.open,
    chosen: choices
      ? [{ label: start.section, missing: start.sectionMissing, value: onlyValue(choices), choices }]
      : [],
    written: choices ? [] : [{ label: start.section, hint: start.sectionHint, missing: start.sectionMissing }],
    reason: {
      label: start.reason,
      hint: start.reasonHint,
      missing: start.reasonMissing,
      choices: REASON_CODES.map((code) => ({ title: words.reasons[code], value: code })),
    },
    until: { ...endInput(view.startEnds, start.until, view), missing: start.untilMissing },
    send: button(view, VERB, start.send, { answer: 'start' }, 'positive'),
  };
}

const onlyValue = (choices: { value: string }[]) => (choices.length === 1 ? (choices[0]?.value ?? '') : '');

function manageForm(view: EmergencyView, shown: RunningMode[], words: Words['emergency']) {
  const { manage } = words;
  const choices = shown.filter((mode) => mode.mine).map((mode) => ({ name: quotedPlain(mode.path), value: mode.id }));
  if (choices.length === 0) return [];
  return [
    {
      open: manage.open,
      mode: { label: manage.mode, missing: manage.modeMissing, value: onlyValue(choices), choices },
      longer: endInput(view.extendEnds, manage.longer, view),
      end: button(view, VERB, manage.end, { answer: 'end' }),
      extend: button(view, VERB, manage.extend, { answer: 'extend' }),
    },
  ];
}

/** The ends as a pick list, standing on the second: the shortest is for who means it. */
function endInput(ends: Moment[], label: string, view: EmergencyView) {
  const choices = ends.map((end) => ({ title: momentText(end, view.language), value: momentValue(end) }));
  return { label, value: (choices[1] ?? choices[0])?.value ?? '', choices };
}

function pageButtons(view: EmergencyView, page: number, pages: number) {
  const words = commonWords(view.language);
  const turn = (title: string, to: number) => button(view, VERB, title, { show: 'modes', page: to });
  return [
    ...(page > 0 ? [turn(words.previousPage, page - 1)] : []),
    ...(page < pages - 1 ? [turn(words.nextPage, page + 1)] : []),
  ];
}
