import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Sender } from '../../ports/incoming.ts';
import { type ReadingPerson, staffByAad } from '../queries.ts';
import { conversationOf, isUnreachable, noteUnknownSender, rememberConversation } from './queries.ts';

export interface Installed {
  /** Who it is on that date; null is noted for HR as an unknown sender. */
  person: ReadingPerson | null;
  /** Once an installation: Teams may repeat the activity, and a known chat is not greeted again. */
  welcomeDue: boolean;
}

/**
 * Takes an installation: remembers the chat, also of somebody the roster does not know yet, and says who it is. A chat
 * that was uninstalled, or is another one now, is greeted anew.
 */
export async function takeInstall(db: Db, sender: Sender, now: Instant, today: LocalDate): Promise<Installed> {
  if (!sender.personal || sender.aadObjectId === '') return { person: null, welcomeDue: false };
  const held = await conversationOf(db, sender.aadObjectId);
  const closed = await isUnreachable(db, sender.aadObjectId);
  const known = held !== null && closed === null && held.conversation_id === sender.conversationId;
  await rememberConversation(db, sender, now);
  const person = await staffByAad(db, sender.aadObjectId, today);
  if (person === null) await noteUnknownSender(db, sender.aadObjectId, now);
  return { person, welcomeDue: person !== null && !known };
}
