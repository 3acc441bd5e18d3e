import type { FakeCounts } from '../fakes/start-connector.ts';
import { type Entry, imbalances } from './books.ts';
import { type City, staffOfChat } from './city.ts';
import type { Life } from './life.ts';

/** Requests the product has under way at once: so many may become `unknown` by one kill. */
export const mostUnknown = 30;
/** Milliseconds from the start of a process to its first card, also where it has to plan first. */
export const firstSendWithin = 10_000;

/** What the end of one send shows, beside the Connector's own counts. */
export interface Verdict {
  /** No card, but counted as sent; or in no state that says so. */
  lost: string[];
  duplicates: string[];
  /** Anything else that is not as promised, in words. */
  wrong: string[];
  sent: number;
  unknown: number;
  /** Of the unknown ones, who has the card after all. */
  arrived: number;
}

/** Compares every person's one state with the cards that the Connector has for that person. */
export function verdictOf(city: City, entries: Entry[], counts: FakeCounts): Verdict {
  const cards = new Map(counts.map(([chat, posts, accepted]) => [staffOfChat(chat), { posts, accepted }]));
  const acceptedFor = (staff: string) => cards.get(staff)?.accepted ?? 0;
  const byStaff = new Map(entries.map((entry) => [entry.staff, entry]));
  const reached = new Set(city.reached);
  const ofState = (state: string) => entries.filter((entry) => entry.state === state);
  const told = (staff: string) => ['sent', 'unknown'].includes(byStaff.get(staff)?.state ?? '');
  return {
    lost: [
      ...city.reached.filter((staff) => !told(staff)),
      ...ofState('sent').flatMap(({ staff }) => (acceptedFor(staff) === 0 ? [staff] : [])),
    ],
    duplicates: [...cards].filter(([, { posts }]) => posts > 1).map(([staff]) => staff),
    wrong: [
      ...city.people.filter((staff) => !byStaff.has(staff)).map((staff) => `${staff} has no state`),
      ...(entries.length === city.people.length ? [] : [`${entries.length} states of ${city.people.length} people`]),
      ...[...cards.keys()].filter((staff) => !reached.has(staff)).map((staff) => `${staff} has a card, unasked`),
      ...entries.flatMap((entry) => othersWrong(city, entry)),
      ...ofState('unknown').flatMap(({ staff, why, attempts }) =>
        why === 'interrupted' && attempts === 1 ? [] : [`${staff} is unknown (${why}) after ${attempts} attempts`],
      ),
    ],
    sent: ofState('sent').length,
    unknown: ofState('unknown').length,
    arrived: ofState('unknown').filter(({ staff }) => acceptedFor(staff) > 0).length,
  };
}

function othersWrong(city: City, { staff, state, why }: Entry): string[] {
  const other = city.others.get(staff);
  if (!other || (other.state === state && other.why === why)) return [];
  return [`${staff} is ${state} (${why}) instead of ${other.state} (${other.why})`];
}

/** What is wrong with one life: its books at both ends, how many the kill before left unknown, its first card. */
export function faultsOf(life: Life, previous: Life | null, everybody: number): string[] {
  const { start, end } = life;
  const left = previous?.end.states['sending'] ?? 0;
  const unknown = (start.states['unknown'] ?? 0) - (previous?.end.states['unknown'] ?? 0);
  return [
    ...imbalances(start, everybody).map((one) => `after the start: ${one}`),
    ...imbalances(end, everybody).map((one) => `after the kill: ${one}`),
    ...(end.items < start.items ? [`${start.items - end.items} people planned for are gone`] : []),
    ...(unknown > mostUnknown ? [`${unknown} unknown by one kill`] : []),
    ...(unknown === left ? [] : [`${left} were being sent when the process died, and ${unknown} became unknown`]),
    ...lateFirst(life),
  ];
}

/** Who was killed while planning, before the time was up, need not have sent anything. */
function lateFirst({ firstSend, lived, diesPlanning }: Life): string[] {
  if (firstSend !== null) return firstSend > firstSendWithin ? [`the first card went after ${firstSend} ms`] : [];
  return diesPlanning && lived <= firstSendWithin ? [] : ['the first card went never'];
}
