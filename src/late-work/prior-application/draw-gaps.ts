import { currentPolicy } from '../../policy/index.ts';
import type { DrawItem } from '../../ports/room.ts';
import { gapListCard } from './card-gaps.ts';
import { gapAnswersOf } from './queries.ts';
import { daysOf } from './take-gap-answers.ts';

/** The gap list as it stands now: the days it was made of, and what the person said of each. */
export const drawGaps: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const days = daysOf(item.about);
  const dates = days.map((day) => day.date);
  const said = new Map((await gapAnswersOf(db, item.staff, dates)).map((one) => [one.date, one.answer]));
  const open = ports.clock.now() < item.last_useful_at;
  return gapListCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: item.state === 'cancelled' ? 'recalled' : open ? 'open' : 'closed',
    days: days.map((day) => ({ ...day, answer: said.get(day.date) ?? null })),
    page: extra.view?.page ?? 0,
    link: book.on(item.date).priorApplication.link,
    ...(extra.note ? { note: extra.note } : {}),
  });
};
