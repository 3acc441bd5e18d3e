import type { DeliveryChatTable } from '../../ports/tables/delivery.ts';

/*
 * Microsoft's table for one conversation: 7 calls in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour. Ours lies below each: calls a second
 * apart (2, 3 and 31 in those times), of which 40 may go before they stand 2,050 ms apart (1,797 an hour).
 */
const gap = 1000;
const spacing = 2050;
const atOnce = 40;

export type ConversationCalls = Pick<DeliveryChatTable, 'called_at' | 'owed_until'>;

/** The elapsed moment from which the next call to this conversation may go. */
export function nextCallOf({ called_at: called, owed_until: owed }: ConversationCalls): number {
  return Math.max(called + gap, owed - atOnce * spacing);
}

/** What stands after a call at that moment. */
export function afterCall(calls: ConversationCalls | undefined, at: number): ConversationCalls {
  return { called_at: at, owed_until: Math.max(calls?.owed_until ?? at, at) + spacing };
}
