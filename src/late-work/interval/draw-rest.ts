import { localAt } from '../../calendar/index.ts';
import { staffMemberOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { IntervalAnswerTable } from '../../ports/tables/prior-application.ts';
import type { ItemTable } from '../../ports/tables.ts';
import type { RestAbout } from './advise-rest.ts';
import { type IntervalView, intervalCard } from './card.ts';
import { intervalRequestCard } from './card-request.ts';
import { answerOf, itemById, noteOf } from './queries.ts';
import { consultationOf } from './take-answer.ts';

/** C12 as it stands now for the person. */
export const drawRest: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const answer = await answerOf(db, item.id);
  const note = answer ? await noteOf(db, item.id) : null;
  const open = ports.clock.now() < item.last_useful_at;
  const ownWords = policy.texts[item.card]?.[reader.language];
  const minute = (at: Instant) => localAt(at, book.timeZone).minute;
  return intervalCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: stateOf(item, open, answer),
    ...restOf(item.about),
    ...(answer ? { answer: shown(answer, note, minute) } : {}),
    canChange: open,
    ...(extra.view?.again ? { changing: true } : {}),
    ...(extra.note ? { note: extra.note } : {}),
    ...(ownWords === undefined ? {} : { ownWords }),
    link: policy.links.attendanceSystem,
  });
};

function stateOf(item: ItemTable, open: boolean, answer: IntervalAnswerTable | undefined): IntervalView['state'] {
  if (item.state === 'cancelled') return 'recalled';
  if (!open) return 'closed';
  return answer ? 'answered' : 'asked';
}

function shown(answer: IntervalAnswerTable, note: string | null, minute: (at: Instant) => number) {
  return {
    kind: answer.answer,
    at: minute(answer.answered_at),
    ...(note === null ? {} : { note }),
    ...(answer.seen_at === null ? {} : { seenAt: minute(answer.seen_at) }),
  };
}

/** What an item of C12 was made of. */
function restOf(about: string | null): RestAbout {
  return about === null ? { rest: 0, target: 0 } : (JSON.parse(about) as RestAbout);
}

/** The head's card: the consultation, and name and words only where they were asked for (P11). */
export const drawRequest: DrawItem = async (ports, db, item, reader, extra) => {
  const { timeZone } = await currentPolicy(db, ports.settings);
  const about = consultationOf(item.about);
  const answer = await answerOf(db, about);
  const asked = await itemById(db, about);
  const person = answer ? await staffMemberOn(db, answer.staff, item.date) : null;
  const head = person?.head && person.head !== item.staff ? await staffMemberOn(db, person.head, item.date) : null;
  const closed = ports.clock.now() >= item.last_useful_at || answer === undefined;
  return intervalRequestCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: requestState(item, answer, closed),
    named: extra.view?.named === true,
    sharedTerminal: (await staffMemberOn(db, item.staff, item.date))?.terminal === '共用',
    name: person?.name ?? '',
    message: (await noteOf(db, about)) ?? '',
    rest: restOf(asked?.about ?? null).rest,
    ...(answer?.seen_at ? { seenAt: localAt(answer.seen_at, timeZone).minute } : {}),
    ...(head ? { asDeputyFor: head.name } : {}),
    ...(extra.note ? { note: extra.note } : {}),
  });
};

function requestState(item: ItemTable, answer: IntervalAnswerTable | undefined, closed: boolean) {
  if (item.state === 'cancelled') return 'recalled' as const;
  if (answer?.seen_at) return 'seen' as const;
  return closed ? ('closed' as const) : ('asked' as const);
}
