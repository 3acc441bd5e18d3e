import { localAt } from '../calendar/index.ts';
import { drawnOnce } from '../delivery/index.ts';
import { ownEndOf, staffMemberOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { DrawItem } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import { type CardState, type ShownAnswer, type ShownDecision, wedOnTimeCard } from './card.ts';
import { isCityDay } from './gather-day.ts';
import { KnownSaid } from './known-said.ts';
import { nothingSaid, type Said, saidOf } from './queries.ts';
import { untilChoices } from './rules.ts';
import { REASONS } from './wording.ts';

const cardOf = drawnOnce(wedOnTimeCard, ({ answer, corrected }) => (answer?.note ?? corrected) !== undefined);

/** C01 as it stands now for the person. */
export const drawOnTime: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const person = extra.person ?? (await staffMemberOn(db, item.staff, item.date));
  const endMinute = ownEndOf(person ?? { end_minute: null }, policy.office);
  const said = extra.known instanceof KnownSaid ? extra.known.said : await saidSince(db, item);
  const { answer, decision } = said;
  const open = ports.clock.now() < item.last_useful_at;
  const minute = (at: Instant) => minuteOn(item.date, at, book.timeZone);
  const ownWords = policy.texts[item.card]?.[reader.language];
  return cardOf({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    endMinute,
    day: (await isCityDay(ports, db, item.date)) ? 'wednesday' : 'section',
    state: stateOf(item.state, open, said),
    ...(answer ? { answer: shownAnswer(answer, said.note, minute) } : {}),
    decision: decision ? shownDecision(decision, minute) : null,
    canChange: open,
    ...(extra.view?.again ? { changing: true } : {}),
    ...(extra.note ? { note: extra.note } : {}),
    ...(ownWords === undefined ? {} : { ownWords }),
    attendanceLink: policy.links.attendanceSystem,
    untilChoices: untilChoices(endMinute, policy.lateWork.lastCardMinute),
  });
};

/** Whatever is said makes a new revision in the same transaction: on the first one there is nothing to look for. */
const saidSince = async (db: Db, item: ItemTable) => (item.revision === 0 ? nothingSaid : saidOf(db, item.id));

function stateOf(item: 'open' | 'skipped' | 'cancelled', open: boolean, { answer, decision }: Said): CardState {
  if (item === 'cancelled') return 'recalled';
  if (decision) return 'decided';
  if (!open) return 'closed';
  return answer ? 'answered' : 'asked';
}

function shownAnswer(
  answer: NonNullable<Said['answer']>,
  note: string | null,
  minute: (at: Instant) => MinuteOfDay,
): ShownAnswer {
  const reason = REASONS.find((code) => code === answer.reason);
  return {
    kind: answer.answer,
    at: minute(answer.answered_at),
    ...(reason ? { reason } : {}),
    ...(note === null ? {} : { note }),
    ...(answer.until_minute === null ? {} : { untilMinute: answer.until_minute }),
  };
}

function shownDecision(decision: NonNullable<Said['decision']>, minute: (at: Instant) => MinuteOfDay): ShownDecision {
  return {
    kind: decision.decision,
    atMinute: minute(decision.decided_at),
    ...(decision.until_minute === null ? {} : { untilMinute: decision.until_minute }),
  };
}

/** Minute of the date on which something happened at that instant; over 1440 after midnight. */
export function minuteOn(date: string, at: Instant, timeZone: string): MinuteOfDay {
  const local = localAt(at, timeZone);
  return local.date > date ? local.minute + 24 * 60 : local.minute;
}
