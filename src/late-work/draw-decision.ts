import { staffMemberOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { DrawItem } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import { decisionCard } from './card.ts';
import type { Asking, DecisionCounts, DecisionView } from './card-views.ts';
import { isSharedTerminal, timesAt } from './decide-request.ts';
import { shownDecision } from './draw-evening.ts';
import { choiceOf, type Requested, requestsFor, shortRestsOn } from './gather-requests.ts';
import { minuteOn } from './rules.ts';

/** The head's card as it stands now: counts, and names where they were asked for (P11). */
export const drawDecision: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const now = ports.clock.now();
  const requested = await requestsFor(db, item.date, item.staff);
  const minute = (at: number) => minuteOn(item.date, at, book.timeZone);
  const isShort = await shortRestsOn(ports, db, item.date);
  const asking: Asking[] = [];
  for (const one of requested) {
    const until = one.decision?.decision === 'acknowledged' ? one.decision.until_minute : null;
    const noted = one.decision?.later_start_at !== null;
    const shortRest = until !== null && !noted && (await isShort(one.request.staff, until));
    asking.push(askingOf(one, minute, shortRest));
  }
  const open = minute(now) < policy.lateWork.lastCardMinute;
  const counts = countsOf(requested);
  const [first] = requested;
  const head = first && first.request.head !== item.staff ? first.request.head : null;
  const name = head === null ? null : ((await staffMemberOn(db, head, item.date))?.name ?? null);
  return decisionCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: stateOf(item, open, counts),
    cutoffMinute: policy.lateWork.cutoffMinute,
    counts,
    asking,
    named: extra.view?.named === true,
    ...((await isSharedTerminal(db, { item })) ? { countsOnly: true } : {}),
    page: extra.view?.page ?? 0,
    canDecide: open,
    as: first?.request.asked_as ?? 'head',
    ...(name === null ? {} : { inPlaceOf: name }),
    optional: requested.some((one) => one.request.optional === 1),
    attendanceLink: policy.links.attendanceSystem,
    untilChoices: await timesAt(ports, db, { item, at: now }),
    intervalMinutes: policy.interval.minutes,
    ...(extra.note ? { note: extra.note } : {}),
  });
};

function stateOf(item: ItemTable, open: boolean, counts: DecisionCounts): DecisionView['state'] {
  if (item.state === 'cancelled') return 'recalled';
  if (!open) return 'closed';
  return counts.waiting === 0 && counts.wishes + counts.unanswered > 0 ? 'decided' : 'asked';
}

/** Every person on the card once among wishes and unanswered, and once among the words or those who wait. */
function countsOf(requested: Requested[]): DecisionCounts {
  const count = (is: (one: Requested) => boolean) => requested.filter(is).length;
  return {
    wishes: count((one) => one.request.kind === 'continue'),
    unanswered: count((one) => one.request.kind === 'unanswered'),
    waiting: count((one) => one.decision === null),
    acknowledged: count((one) => one.decision?.decision === 'acknowledged'),
    askedToFinish: count((one) => one.decision?.decision === 'asked-to-finish'),
  };
}

function askingOf(one: Requested, minute: (at: number) => number, shortRest: boolean): Asking {
  const { request, member, answer, note, decision } = one;
  const wished = request.kind === 'continue';
  return {
    choice: choiceOf(request),
    name: member?.name ?? request.staff,
    reason: wished ? (answer?.reason ?? 'other') : null,
    untilMinute: request.until_minute,
    ...(wished && note !== null ? { note } : {}),
    decision: decision ? shownDecision(decision, minute) : null,
    shortRest,
  };
}
