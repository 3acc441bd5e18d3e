import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Sender } from '../../ports/incoming.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../../ports/kept-query.ts';
import type { ConversationTable } from '../../ports/tables.ts';

/** The personal chat of an AADオブジェクトID, or null where nobody wrote and none was opened. It may be unreachable. */
export async function conversationOf(db: Db, aadId: string): Promise<ConversationTable | null> {
  const row = await rowOf(db, aadId);
  return row === null || row.conversation_id === '' ? null : row;
}

const rowsOfMany = keptOfMany((db, _is: Slots<object>, aadIds) =>
  db.selectFrom('conversation').selectAll().where('aad_id', 'in', aadIds).where('conversation_id', '<>', ''),
);

/** The same for several ids at once; who has none is missing. */
export async function conversationsOf(db: Db, aadIds: readonly string[]): Promise<Map<string, ConversationTable>> {
  const rows = await rowsOfMany(
    db,
    {},
    aadIds.map((aadId) => aadId.toLowerCase()),
  );
  return new Map(rows.map((row) => [row.aad_id, row]));
}

/** Ties a personal chat to the person who writes in it. Other chats and senders without an id are not remembered. */
export async function rememberConversation(db: Db, sender: Sender, now: Instant): Promise<void> {
  if (!sender.personal || sender.aadObjectId === '') return;
  const held = await rowOf(db, sender.aadObjectId);
  const row = {
    aad_id: sender.aadObjectId.toLowerCase(),
    conversation_id: sender.conversationId,
    service_url: sender.serviceUrl,
    tenant_id: sender.tenantId ?? held?.tenant_id ?? null,
    user_id: sender.userId ?? held?.user_id ?? null,
    bot_id: sender.botId ?? held?.bot_id ?? null,
    updated_at: now,
    unreachable_why: null,
    unreachable_since: null,
  };
  await remember(db, row);
}

const remember = kept((db, is: Slots<ConversationTable>) => {
  const row = {
    conversation_id: is('conversation_id'),
    service_url: is('service_url'),
    tenant_id: is('tenant_id'),
    user_id: is('user_id'),
    bot_id: is('bot_id'),
    updated_at: is('updated_at'),
    unreachable_why: is('unreachable_why'),
    unreachable_since: is('unreachable_since'),
  };
  return db
    .insertInto('conversation')
    .values({ aad_id: is('aad_id'), ...row })
    .onConflict((old) => old.column('aad_id').doUpdateSet(row));
});

/** A chat that Kaeru opened with somebody who never wrote. What the person's own activities said before stays. */
export async function rememberOpened(
  db: Db,
  aadId: string,
  chat: { conversationId: string; serviceUrl: string; tenantId: string | null },
  now: Instant,
): Promise<void> {
  const where = { conversation_id: chat.conversationId, service_url: chat.serviceUrl, tenant_id: chat.tenantId };
  const nobody = { user_id: null, bot_id: null, unreachable_why: null, unreachable_since: null };
  await db
    .insertInto('conversation')
    .values({ aad_id: aadId.toLowerCase(), ...where, ...nobody, updated_at: now })
    .onConflict((held) => held.column('aad_id').doNothing())
    .execute();
}

/** Every id with a chat, or known to have none: they wrote, installed, took the app away or were refused. */
export async function knownAads(db: Db): Promise<Set<string>> {
  return new Set((await db.selectFrom('conversation').select('aad_id').execute()).map((row) => row.aad_id));
}

/** From now on nothing is posted to this person until they write or install again. The first reason and time stay. */
export async function markUnreachable(db: Db, aadId: string, why: string, now: Instant): Promise<void> {
  const nowhere = { conversation_id: '', service_url: '', tenant_id: null, user_id: null, bot_id: null };
  const since = { unreachable_why: why, unreachable_since: now };
  await db
    .insertInto('conversation')
    .values({ aad_id: aadId.toLowerCase(), ...nowhere, updated_at: now, ...since })
    .onConflict((old) => old.column('aad_id').doUpdateSet(since).where('conversation.unreachable_since', 'is', null))
    .execute();
}

/** The person can be written to again: they wrote, installed, or a breaker closed. */
export async function markReachable(db: Db, aadId: string): Promise<void> {
  await reachable(db, { aadId: aadId.toLowerCase() });
}

const reachable = kept((db, is: Slots<{ aadId: string }>) =>
  db
    .updateTable('conversation')
    .set({ unreachable_why: null, unreachable_since: null })
    .where('aad_id', '=', is('aadId')),
);

/** Why and since when nothing can be posted to this person; null where nothing is known against it. */
export async function isUnreachable(db: Db, aadId: string): Promise<{ why: string; since: Instant } | null> {
  const row = await rowOf(db, aadId);
  if (row === null || row.unreachable_since === null) return null;
  return { why: row.unreachable_why ?? '', since: row.unreachable_since };
}

/** Every id whose chat is known to be closed. */
export async function unreachableAads(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('conversation')
    .select('aad_id')
    .where('unreachable_since', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.aad_id));
}

/** Counts a sender the roster does not know, for HR's list. */
export async function noteUnknownSender(db: Db, aadId: string, now: Instant): Promise<void> {
  if (aadId === '') return;
  await db
    .insertInto('unknown_sender')
    .values({ aad_id: aadId.toLowerCase(), first_at: now, last_at: now, times: 1 })
    .onConflict((held) =>
      held.column('aad_id').doUpdateSet((row) => ({ last_at: now, times: row('unknown_sender.times', '+', 1) })),
    )
    .execute();
}

const rowOfOne = keptOne((db, is: Slots<{ aadId: string }>) =>
  db.selectFrom('conversation').selectAll().where('aad_id', '=', is('aadId')),
);

async function rowOf(db: Db, aadId: string): Promise<ConversationTable | null> {
  return (await rowOfOne(db, { aadId: aadId.toLowerCase() })) ?? null;
}
