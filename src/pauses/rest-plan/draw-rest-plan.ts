import { localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { type RestPlanView, restPlanCard } from '../card.ts';
import { restAnswerOf } from './queries.ts';

/** 「休息・振替(代休)の予定」 as it stands now for the person. */
export const drawRestPlan: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const answer = await restAnswerOf(db, item.id);
  const open = ports.clock.now() < item.last_useful_at;
  return restPlanCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    peak: peakOf(item),
    state: stateOf(item, open, answer !== undefined),
    ...(answer ? { answer: { kind: answer.answer, at: localAt(answer.answered_at, book.timeZone).minute } } : {}),
    ...(extra.view?.again ? { changing: true } : {}),
    ...(extra.note ? { note: extra.note } : {}),
    attendanceLink: book.on(item.date).links.attendanceSystem,
  });
};

function stateOf(item: ItemTable, open: boolean, answered: boolean): RestPlanView['state'] {
  if (item.state === 'cancelled') return 'recalled';
  if (!open) return 'closed';
  return answered ? 'answered' : 'asked';
}

/** Written by this room when the item was planned. */
function peakOf(item: ItemTable): string {
  const { peak } = JSON.parse(item.about ?? '{}') as { peak?: string };
  return peak ?? '';
}
