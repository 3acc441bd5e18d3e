import { formatTimeOfDay } from '../../calendar/index.ts';
import {
  button,
  cardDay,
  claimLine,
  commonWords,
  drawCard,
  type Fact,
  type ItemView,
  quoted,
  type Strip,
} from '../../delivery/index.ts';
import { reasonLabel } from '../../no-overtime-day/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { WeekCounts } from './count-week.ts';
import { type DigestWords, digestWords } from './wording.ts';

const VERB = 'late-work.digest';

/** The weekly digest for a head, or for who acts for one. */
export interface WeeklyDigestView extends ItemView {
  itemId: string;
  state: 'open' | 'closed' | 'recalled';
  from: LocalDate;
  to: LocalDate;
  /** `YYYY-MM` whose short rests are told, on the first digest after it. */
  month: string | null;
  counts: WeekCounts;
  comment?: string;
  commentAt?: MinuteOfDay;
  /** What the reader wrote on the digest before. */
  commentBefore?: string;
  asDeputyFor?: string;
  link: string;
}

/** W3: counts without a name; after-the-fact applications and clock gaps stand side by side at equal size (P2). */
export function weeklyDigestCard(view: WeeklyDigestView): CardContent {
  const words = digestWords(view.language);
  const recalled = view.state === 'recalled';
  return drawCard(
    'late-work/weekly-digest',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title,
      strip: stripOf(view, words),
      body: bodyOf(view, words),
      about: words.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      deputies: view.asDeputyFor ? [deputyOf(view, view.asDeputyFor)] : [],
      beside: recalled ? [] : [besideOf(view, words)],
      facts: recalled ? [] : factsOf(view, words),
      claims: recalled ? [] : [claimLine(view.language, view.link)],
      details: recalled ? [] : detailsOf(view, words),
      said: recalled ? [] : commentsOf(view, words),
      asking: view.state === 'open' ? [askingOf(view, words)] : [],
    },
  );
}

function stripOf(view: WeeklyDigestView, words: DigestWords): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (view.commentAt === undefined) return null;
  return { style: 'good', text: words.comment.saved(formatTimeOfDay(view.commentAt)) };
}

function bodyOf(view: WeeklyDigestView, words: DigestWords): string[] {
  if (view.state === 'recalled') return [commonWords(view.language).recalledBody];
  const period = words.body(cardDay(view.from, view.language), cardDay(view.to, view.language));
  return view.counts.days.some((day) => day.merged) ? [period, words.merged] : [period];
}

function deputyOf(view: WeeklyDigestView, name: string) {
  const { before, after } = commonWords(view.language).deputy(name);
  return { before, name: quoted(name), after };
}

/** The two figures that must never be read alone. */
function besideOf({ counts }: WeeklyDigestView, { beside }: DigestWords) {
  const afterTheFact = counts.afterTheFact.reduce((sum, one) => sum + one.count, 0);
  return {
    left: { label: beside.afterTheFact, figure: beside.cases(afterTheFact) },
    right: {
      label: beside.gaps,
      figure: counts.gaps === null ? beside.notCounted : beside.cases(counts.gaps),
    },
  };
}

/** What is 0 is left out, except the evenings. */
function factsOf(view: WeeklyDigestView, words: DigestWords): Fact[] {
  const { counts } = view;
  const fact = (title: string, count: number | null): Fact[] =>
    count === null || count === 0 ? [] : [{ title, value: words.beside.cases(count) }];
  return [
    { title: words.late, value: words.beside.cases(counts.late) },
    ...fact(words.ahead, counts.ahead),
    ...fact(words.heldBack, counts.heldBack),
    ...fact(words.openGaps, counts.openGaps),
    ...(view.month === null ? [] : fact(words.shortRests(Number(view.month.slice(5))), counts.shortRests)),
  ];
}

/** Folded until 「詳しく見る」; open where there is no button any more. */
function detailsOf(view: WeeklyDigestView, words: DigestWords) {
  const { days, afterTheFact } = view.counts;
  if (days.length + afterTheFact.length === 0) return [];
  const reasons = afterTheFact.map(({ reason, count }) => ({
    title: reason === null ? words.noReason : reasonLabel(reason, view.language),
    value: words.beside.cases(count),
  }));
  const people = commonWords(view.language).people;
  return [
    {
      visible: view.state === 'closed',
      tables:
        days.length === 0
          ? []
          : [
              {
                columns: words.columns,
                rows: days.slice(-8).map((day) => ({
                  day: cardDay(day.date, view.language),
                  unanswered: words.unanswered(day.unanswered),
                  leave: people(day.leave),
                  stay: people(day.stay),
                })),
              },
            ],
      reasons: reasons.length === 0 ? [] : [{ label: words.reasons, facts: reasons }],
    },
  ];
}

function commentsOf(view: WeeklyDigestView, { comment }: DigestWords) {
  const { open, close } = comment;
  return [
    ...(view.commentBefore ? [{ label: comment.before, open, close, text: quoted(view.commentBefore) }] : []),
    ...(view.comment ? [{ label: comment.now, open, close, text: quoted(view.comment) }] : []),
  ];
}

function askingOf(view: WeeklyDigestView, words: DigestWords) {
  const { comment } = words;
  return {
    looks: detailsOf(view, words).length === 0 ? [] : [{ title: words.details }],
    comment: {
      title: comment.write,
      input: {
        label: comment.label,
        hint: comment.hint,
        missing: comment.missing,
        value: quoted(view.comment ?? ''),
      },
      send: button(view, VERB, comment.save, { answer: 'comment' }, 'positive'),
    },
  };
}
