import { currentPolicy } from '../policy/index.ts';
import type { Instant, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { DrawItem } from '../ports/room.ts';
import type { LateWorkAnswerTable, LateWorkDecisionTable } from '../ports/tables/late-work.ts';
import type { ItemTable } from '../ports/tables.ts';
import { eveningCard } from './card.ts';
import type { EveningView, ShownAnswer, ShownDecision } from './card-views.ts';
import { answerOf, decisionOf, noteOf, requestOf } from './queries.ts';
import { minuteOn } from './rules.ts';
import { untilChoices } from './take-answer.ts';

const VARIANTS: Record<string, EveningView['variant']> = {
  'late-work.stay': 'stay',
  'late-work.last-word': 'last-word',
};

/** The evening of a person as it stands now, on whichever card it is looked at. */
export const drawEvening: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const now = ports.clock.now();
  const minute = (at: Instant) => minuteOn(item.date, at, book.timeZone);
  const { answer, decision } = await saidOf(db, item);
  const note = answer ? await noteOf(db, item.staff, item.date) : null;
  const open = minute(now) < policy.lateWork.lastCardMinute;
  const ownWords = policy.texts[item.card]?.[reader.language];
  const about = item.rule === 'late-work.last-word' ? untilOf(item) : null;
  return eveningCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    variant: VARIANTS[item.rule] ?? 'cutoff',
    state: stateOf(item, open, answer, decision),
    cutoffMinute: policy.lateWork.cutoffMinute,
    ...(about === null ? {} : { untilMinute: about }),
    ...(answer ? { answer: shownAnswer(answer, note, minute) } : {}),
    decision: decision ? shownDecision(decision, minute) : null,
    canChange: open,
    ...(extra.view?.again ? { changing: true } : {}),
    ...(extra.note ? { note: extra.note } : {}),
    ...(ownWords === undefined ? {} : { ownWords }),
    attendanceLink: policy.links.attendanceSystem,
    untilChoices: await untilChoices(ports, db, item, now),
  });
};

/** What the person said and what the head said of it. The last word asks anew: what was said before it is not an answer to it. */
async function saidOf(
  db: Db,
  item: ItemTable,
): Promise<{ answer: LateWorkAnswerTable | undefined; decision: LateWorkDecisionTable | undefined }> {
  const answer = await answerOf(db, item.staff, item.date);
  const anew = item.rule === 'late-work.last-word' && (answer?.answered_at ?? 0) < item.created_at;
  if (anew) return { answer: undefined, decision: undefined };
  const request = await requestOf(db, item.staff, item.date);
  const decision = request ? await decisionOf(db, item.staff, item.date, request.asked_at) : undefined;
  return { answer, decision };
}

function stateOf(
  item: ItemTable,
  open: boolean,
  answer: LateWorkAnswerTable | undefined,
  decision: LateWorkDecisionTable | undefined,
): EveningView['state'] {
  if (item.state === 'cancelled') return 'recalled';
  if (!open) return 'closed';
  if (decision) return 'decided';
  return answer ? 'answered' : 'asked';
}

/** The end of the 了承 that a last word speaks of. */
function untilOf(item: ItemTable): MinuteOfDay | null {
  const about: { untilMinute?: MinuteOfDay } = JSON.parse(item.about ?? '{}');
  return about.untilMinute ?? null;
}

function shownAnswer(
  answer: LateWorkAnswerTable,
  note: string | null,
  minute: (at: Instant) => MinuteOfDay,
): ShownAnswer {
  return {
    kind: answer.answer,
    at: minute(answer.answered_at),
    ...(answer.reason === null ? {} : { reason: answer.reason }),
    ...(note === null ? {} : { note }),
    ...(answer.until_minute === null ? {} : { untilMinute: answer.until_minute }),
  };
}

/** The head's word with the minute of the day on which it was said. */
export function shownDecision(decision: LateWorkDecisionTable, minute: (at: Instant) => MinuteOfDay): ShownDecision {
  return {
    kind: decision.decision,
    atMinute: minute(decision.decided_at),
    ...(decision.until_minute === null ? {} : { untilMinute: decision.until_minute }),
    ...(decision.later_start_at === null ? {} : { laterStart: true }),
  };
}
