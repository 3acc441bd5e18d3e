import { conversationOf, readerOf } from '../people/index.ts';
import { oneMoment } from '../policy/index.ts';
import type { CardContent } from '../ports/cards.ts';
import type { Db } from '../ports/database.ts';
import type { Ports, Reader } from '../ports/room.ts';
import type { ItemTable, MessageTable } from '../ports/tables.ts';
import { openOnOthers } from './contact/queries.ts';
import { mostCarried } from './contact/rules.ts';
import { contentOf, type Drawing, drawTogether, type Together } from './draw-together.ts';
import { refreshedFor } from './frame.ts';
import { onceShownBy } from './links/queries.ts';
import { movedCard } from './moved-card.ts';
import type { KnownMessage } from './read-together.ts';
import type { Registry } from './registry.ts';

/**
 * The present drawing of a message for its reader; null when it never showed an item. One that `leaves` now also shows what
 * else of the day can still be pressed; one whose items stand on a newer message is one line. Throws when the card cannot be
 * drawn; an item that cannot be drawn as a line is left out.
 */
export async function drawMessage(
  ports: Ports,
  registry: Registry,
  message: MessageTable,
  { chat, items, who }: KnownMessage,
  leaves: boolean,
): Promise<Drawing | null> {
  const { db } = ports.database;
  const [focus, ...others] = items;
  if (!focus) return drawMoved(ports, message);
  const reader = who?.reader ?? (await readerOfItem(ports, focus));
  const room = mostCarried - others.length;
  const comes = leaves && message.carries === 1 && room > 0;
  const moving = comes ? await openOnOthers(db, message, focus.date, ports.clock.now(), room) : [];
  const extra = who ? { person: who.person } : {};
  const together = { focus, rest: [...others, ...moving], moving, reader, extra };
  return drawItems(ports, registry, together, chat?.user_id ?? null);
}

/** The Teams user behind an AADオブジェクトID, as the person's own chat said; null where nobody wrote. */
export async function userWithId(db: Db, aadId: string): Promise<string | null> {
  return (await conversationOf(db, aadId))?.user_id ?? null;
}

/**
 * The same message wherever it stands: the item in focus in full, with what belongs to this answer alone; its card is JSON where
 * cards are written, else an object. `user` refreshes it.
 */
export async function drawItems(
  ports: Ports,
  registry: Registry,
  together: Together,
  user: string | null,
): Promise<Drawing> {
  const present = oneMoment(ports);
  const { focus, rest, reader, extra } = together;
  const write = (content: CardContent) => written(ports, refreshedFor(content, user ? [user] : []));
  if (rest.length > 0) return drawTogether(present, registry, together, write);
  const content = await contentOf(present, registry, focus, reader, extra);
  return { items: [focus], outgoing: { card: write(content), summary: content.summary } };
}

const written = ({ cards }: Ports, content: CardContent): object | Uint8Array =>
  cards.write?.(content) ?? cards.expand(content);

/** The items of a message stand on a newer one by now. */
async function drawMoved(ports: Ports, message: MessageTable): Promise<Drawing | null> {
  const item = await onceShownBy(ports.database.db, message.id);
  if (!item) return null;
  const { language } = await readerOfItem(ports, item);
  const content = movedCard({ language, date: item.date });
  return { items: [], outgoing: { card: written(ports, content), summary: content.summary } };
}

/** Who reads an item; somebody who is not in the roster reads Japanese. */
async function readerOfItem(ports: Ports, item: ItemTable): Promise<Reader> {
  if (item.staff === '') return { staff: '', language: 'ja' };
  return readerOf(ports.database.db, item.staff, item.date);
}
