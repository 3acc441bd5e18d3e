import type { ChatOpeningTable } from '../ports/tables/delivery.ts';
import type { MessageTable } from '../ports/tables.ts';

/** One call that may be made: a message to send, a stored message to update, a chat to open. */
export type Waiting =
  | { kind: 'send' | 'update'; message: MessageTable }
  | { kind: 'create'; opening: ChatOpeningTable };

/**
 * What was claimed, and the attempt that was committed before its request; `at` is its moment in this service's elapsed time,
 * `sharedAt` in that of all services, `number` its place among their calls.
 */
export type Claim = Waiting & { attempt: string; at: number; sharedAt: number; number: number };

/** The row a call is made for. */
export const rowOf = (waiting: Waiting) => (waiting.kind === 'create' ? waiting.opening.id : waiting.message.id);

/** The conversation it goes to. */
export const chatOf = (waiting: Waiting) =>
  waiting.kind === 'create' ? waiting.opening.aad_id : (waiting.message.aad_id ?? waiting.message.id);

/** Sends above this number may wait for updates after presses. */
const beforeUpdates = 2;

/**
 * The order in which calls go: replies somebody waits for; cards about to expire, the earliest end first, whatever their number;
 * time-bound cards; updates after presses; what may wait; chats to open. Each row once; `hurried` are the cards about to expire.
 */
export function inOrder(
  sends: MessageTable[],
  hurried: MessageTable[],
  updates: MessageTable[],
  openings: ChatOpeningTable[],
): Waiting[] {
  const hurry = new Set(hurried.map((message) => message.id));
  const calm = sends.filter((message) => message.priority > 0 && !hurry.has(message.id));
  const as = (kind: 'send' | 'update') => (message: MessageTable) => ({ message, kind });
  return [
    ...sends.filter((message) => message.priority === 0).map(as('send')),
    ...hurried.filter((message) => message.priority > 0).map(as('send')),
    ...calm.filter((message) => message.priority < beforeUpdates).map(as('send')),
    ...updates.map(as('update')),
    ...calm.filter((message) => message.priority >= beforeUpdates).map(as('send')),
    ...openings.map((opening) => ({ opening, kind: 'create' as const })),
  ];
}
