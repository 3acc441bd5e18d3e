import { formatTimeOfDay } from '../../calendar/index.ts';
import { button, commonWords, drawCard, type ItemView, quoted, type Strip } from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { MinuteOfDay } from '../../ports/clock.ts';
import { durationText, intervalWords, requestWords } from './wording.ts';
import type { RequestWords } from './words.ts';

const VERB = 'late-work.consultation';

/** A consultation a person sent, for the head. */
export interface IntervalRequestView extends ItemView {
  itemId: string;
  state: 'asked' | 'seen' | 'closed' | 'recalled';
  /** Name and words only after 「表示する」 (P11); `sharedTerminal` never shows them. */
  named: boolean;
  sharedTerminal: boolean;
  name: string;
  message: string;
  rest: number;
  seenAt?: MinuteOfDay;
  asDeputyFor?: string;
}

/** The head sees that somebody asks; who and what is behind 「表示する」. The confirmation goes back to the person. */
export function intervalRequestCard(view: IntervalRequestView): CardContent {
  const words = requestWords(view.language);
  const recalled = view.state === 'recalled';
  const named = view.named && !view.sharedTerminal && !recalled;
  return drawCard(
    'late-work/interval-request',
    view,
    {
      mark: 'kaeru',
      programme: intervalWords(view.language).programme,
      title: words.title,
      strip: stripOf(view, words),
      body: [bodyOf(view, words)],
      about: words.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      deputies: view.asDeputyFor ? [deputyOf(view)] : [],
      people: named ? [{ label: words.who, text: quoted(view.name) }] : [],
      facts: named ? [{ title: words.rest, value: durationText(view.rest, view.language) }] : [],
      said: named ? [{ ...words.said, text: quoted(view.message) }] : [],
      hints: named || recalled ? [] : [{ text: view.sharedTerminal ? words.shared : words.hidden }],
      buttons: buttonsOf(view, words, named),
    },
  );
}

function stripOf(view: IntervalRequestView, words: RequestWords): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.seenAt !== undefined) return { style: 'good', text: words.seen(formatTimeOfDay(view.seenAt)) };
  return view.state === 'closed' ? { style: 'accent', text: `■ ${common.closed}` } : null;
}

function bodyOf(view: IntervalRequestView, words: RequestWords): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  return view.seenAt === undefined ? words.body : words.seenBody;
}

function deputyOf(view: IntervalRequestView) {
  const { before, after } = commonWords(view.language).deputy(view.asDeputyFor ?? '');
  return { before, name: quoted(view.asDeputyFor ?? ''), after };
}

function buttonsOf(view: IntervalRequestView, words: RequestWords, named: boolean) {
  if (view.state === 'recalled' || view.state === 'closed') return [];
  const show = button(view, VERB, commonWords(view.language).show, { show: 'names' });
  const seen = button(view, VERB, words.button, { decision: 'seen' }, 'positive');
  const actions = [...(named || view.sharedTerminal ? [] : [show]), ...(view.state === 'asked' ? [seen] : [])];
  return actions.length === 0 ? [] : [{ actions }];
}
