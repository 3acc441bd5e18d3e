import { localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import { type PriorApplicationView, priorApplicationCard } from './card.ts';
import { answerOf } from './queries.ts';

/** C03 as it stands now for the person. */
export const drawAsked: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const answer = await answerOf(db, item.id);
  const open = ports.clock.now() < item.last_useful_at;
  const ownWords = policy.texts[item.card]?.[reader.language];
  return priorApplicationCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: stateOf(item.state, open, answer !== undefined),
    ...(answer ? { answer: { kind: answer.answer, at: localAt(answer.answered_at, book.timeZone).minute } } : {}),
    canChange: open,
    ...(extra.view?.again ? { changing: true } : {}),
    ...(extra.note ? { note: extra.note } : {}),
    ...(ownWords === undefined ? {} : { ownWords }),
    link: policy.priorApplication.link,
  });
};

function stateOf(
  item: 'open' | 'skipped' | 'cancelled',
  open: boolean,
  answered: boolean,
): PriorApplicationView['state'] {
  if (item === 'cancelled') return 'recalled';
  if (!open) return 'closed';
  return answered ? 'answered' : 'asked';
}
