import { conversationOf, readerOf } from '../people/index.ts';
import { oneMoment } from '../policy/index.ts';
import type { OutgoingMessage } from '../ports/chat.ts';
import type { DrawExtra, Ports, Reader } from '../ports/room.ts';
import type { ItemTable, MessageTable } from '../ports/tables.ts';
import { refreshedFor } from './frame.ts';
import { itemsShownBy } from './queries.ts';
import type { Registry } from './registry.ts';

export interface Drawing {
  item: ItemTable;
  outgoing: OutgoingMessage;
}

/** The present drawing of a message for its reader; null when it shows no item any more. Throws when the card cannot be drawn. */
export async function drawMessage(ports: Ports, registry: Registry, message: MessageTable): Promise<Drawing | null> {
  const [item] = await itemsShownBy(ports.database.db, message.id);
  if (!item) return null;
  const reader = await readerOfItem(ports, item);
  return { item, outgoing: await drawItem(ports, registry, item, reader, {}, message.aad_id) };
}

/** One item as a card with its toast. Teams refreshes it by itself for the person whose chat it stands in. */
export async function drawItem(
  ports: Ports,
  registry: Registry,
  item: ItemTable,
  reader: Reader,
  extra: DrawExtra,
  aadId: string | null,
): Promise<OutgoingMessage> {
  const { db } = ports.database;
  const draw = registry.draw(item.rule);
  if (!draw) throw new Error(`No room draws the cards of ${item.rule}.`);
  const content = await draw(oneMoment(ports), db, item, reader, extra);
  const user = aadId === null ? null : (await conversationOf(db, aadId))?.user_id;
  return { card: ports.cards.expand(refreshedFor(content, user ? [user] : [])), summary: content.summary };
}

/** Who reads an item; somebody who is not in the roster reads Japanese. */
async function readerOfItem(ports: Ports, item: ItemTable): Promise<Reader> {
  if (item.staff === '') return { staff: '', language: 'ja' };
  return readerOf(ports.database.db, item.staff, item.date);
}
