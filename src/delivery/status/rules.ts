import type { Instant } from '../../ports/clock.ts';

/** What has to be done for a person differs by class: write the id, have the app installed, have it installed again. */
export const REACH_CLASSES = ['no-id', 'no-chat', 'unreachable'] as const;
export type ReachClass = (typeof REACH_CLASSES)[number];

export type ReachWhy =
  | 'no-id'
  | 'not-opened'
  | 'opening-pending'
  | 'opening-refused'
  | 'opening-unknown'
  | 'uninstalled'
  | 'blocked'
  | 'not-found'
  | 'refused';

/** What the store knows of the chat of one AADオブジェクトID. */
export interface ChatFacts {
  /** Empty where nobody wrote and none was opened. */
  conversationId: string;
  unreachableWhy: string | null;
  unreachableSince: Instant | null;
}

/** What became of opening a chat with somebody who never wrote. */
export interface OpeningFacts {
  state: 'pending' | 'opening' | 'opened' | 'refused' | 'unknown';
  createdAt: Instant;
  settledAt: Instant | null;
}

export interface Unreached {
  class: ReachClass;
  why: ReachWhy;
  since: Instant;
}

/**
 * Why a person in service cannot be reached, and since when; null where a card may go. `heldSince`: from when the roster holds
 * the person as now, which is the answer where nothing else is known.
 */
export function whyUnreached(
  aadId: string | null,
  chat: ChatFacts | undefined,
  opening: OpeningFacts | undefined,
  heldSince: Instant,
): Unreached | null {
  if (aadId === null || aadId === '') return { class: 'no-id', why: 'no-id', since: heldSince };
  const never = chat === undefined || chat.conversationId === '';
  if (never && opening?.state === 'refused') {
    return { class: 'no-chat', why: 'opening-refused', since: opening.settledAt ?? opening.createdAt };
  }
  if (chat !== undefined && chat.unreachableSince !== null) {
    return { class: 'unreachable', why: closedWhy(chat.unreachableWhy), since: chat.unreachableSince };
  }
  if (!never) return null;
  if (opening === undefined) return { class: 'no-chat', why: 'not-opened', since: heldSince };
  const why = opening.state === 'pending' || opening.state === 'opening' ? 'opening-pending' : 'opening-unknown';
  return { class: 'no-chat', why, since: opening.settledAt ?? opening.createdAt };
}

/** The word for the status; the Connector's own code behind the colon is a hint and left out. */
function closedWhy(why: string | null): ReachWhy {
  const word = why?.split(':')[0];
  return word === 'uninstalled' || word === 'blocked' || word === 'not-found' ? word : 'refused';
}

/** Rows of one page (cards.md). */
export const rowsPerPage = 8;

/** A page of the list: first all pages of people, then those of senders whom no roster knows. A page past the end is the last. */
export function pageOf<Person, Sender>(
  people: Person[],
  senders: Sender[],
  asked: number,
): { people: Person[]; senders: Sender[]; page: number; pages: number; more: number } {
  const peoplePages = Math.ceil(people.length / rowsPerPage);
  const pages = peoplePages + Math.ceil(senders.length / rowsPerPage);
  const page = Math.max(0, Math.min(asked, pages - 1));
  const rowsOf = <Row>(rows: Row[], at: number) => rows.slice(at * rowsPerPage, (at + 1) * rowsPerPage);
  if (page < peoplePages) {
    const shown = rowsOf(people, page);
    return { people: shown, senders: [], page, pages, more: people.length - shown.length };
  }
  const shown = rowsOf(senders, page - peoplePages);
  return { people: [], senders: shown, page, pages, more: senders.length - shown.length };
}

/** How many of each class, every class named. */
export function countByClass(people: readonly { class: ReachClass }[]): Record<ReachClass, number> {
  const counts = { 'no-id': 0, 'no-chat': 0, unreachable: 0 };
  for (const person of people) counts[person.class] += 1;
  return counts;
}

/** How many of each 局区, by its name. */
export function countByBureau(people: readonly { bureau: string }[]): { name: string; people: number }[] {
  const counts = new Map<string, number>();
  for (const { bureau } of people) counts.set(bureau, (counts.get(bureau) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, people: count })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
