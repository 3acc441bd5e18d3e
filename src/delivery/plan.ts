import { chatsOf } from '../people/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Contact, Decision, Ports, Urgency } from '../ports/room.ts';
import type { ItemTable, MessageItemTable, MessageTable } from '../ports/tables.ts';
import { chooseWays, type Ways } from './contact/choose-ways.ts';
import { joinToday } from './contact/join-today.ts';
import type { Way } from './contact/rules.ts';
import { insertItems, insertMessages, staffWithItem } from './planning/queries.ts';

/** What is sent, apart from to whom. */
export interface Campaign {
  rule: string;
  /** Key of the occasion: the local date of a daily rule, or what makes a reply unique. */
  occasion: string;
  date: LocalDate;
  card: string;
  /** 0 a reply somebody waits for, 1 time-bound, 3 may wait. */
  priority: number;
  urgency: Urgency;
  /** Whether it counts against the contact budget, or why not. */
  contact: Contact;
  policyVersion: number;
  /** When nobody knows whether a card arrived: `hold` (a reminder, also where left out) or one more try (a deadline). */
  whenUnknown?: 'hold' | 'resendOnce';
}

/**
 * Writes one item per decision, insert-or-ignore on (rule, occasion, person), and one waiting message for each that is due.
 * A decision whose last useful minute has passed is kept as skipped(expired); one for a person without a chat waits, held
 * back as `unreachable`; a digest, or what is beyond the contact budget, waits for the person's next ping. Nothing is sent here.
 */
export async function planItems(
  ports: Ports,
  db: Db,
  campaign: Campaign,
  decisions: Decision[],
): Promise<{ planned: number; skipped: number }> {
  const { rule, occasion } = campaign;
  const held = await staffWithItem(db, { rule, occasion }, decisions.map(staffOf));
  const fresh = decisions.filter((decision) => !held.has(decision.staff));
  if (fresh.length === 0) return { planned: 0, skipped: 0 };
  const now = ports.clock.now();
  const ids = { item: idsTogether(ports), message: idsTogether(ports) };
  const decided = fresh.map((decision) => itemOf(ids.item, campaign, decision, now));
  const asked = decided.flatMap((item) => (item.state === 'open' ? [item.staff] : []));
  const [chats, ways] = await Promise.all([chatsOf(db, campaign.date, asked), chooseWays(ports, db, campaign, asked)]);
  const items = decided.map((item) => digestWhereHeld(item, ways.way(item.staff)));
  const due = items.filter((item) => item.state === 'open');
  const resends = campaign.whenUnknown === 'resendOnce' ? 1 : 0;
  const messages = due.map((item) => messageOf(ids.message, item, chats.get(item.staff) ?? noChat, ways, resends));
  await Promise.all([insertItems(db, items), insertMessages(db, messages, messages.map(linkTo(due)))]);
  await joinToday(db, joining(messages, due, ways), now);
  return { planned: due.length, skipped: items.length - due.length };
}

const digestWhereHeld = (item: ItemTable, way: Way): ItemTable =>
  way.way === 'held' && item.state === 'open' ? { ...item, urgency: 'digest' } : item;

/** What goes onto a card that stands in the chat today, and onto which. */
function joining(messages: MessageTable[], items: ItemTable[], ways: Ways) {
  return items.flatMap(({ id, staff }, index) => {
    const [own, carrier] = [messages[index], ways.cardToday(staff)];
    const joins = own !== undefined && carrier !== undefined && ways.way(staff).way === 'join';
    return joins ? [{ item: id, own: own.id, carrier }] : [];
  });
}

/**
 * Identifiers of what is planned together begin alike, and are as hard to guess as others: so they stand together in the store's
 * indexes, and a page of a million people changes few leaves of them, not one for each person (decision 0017).
 */
function idsTogether({ random }: Pick<Ports, 'random'>): () => string {
  const place = random.id().slice(0, 5);
  return () => place + random.id();
}

const staffOf = ({ staff }: Decision) => staff;

interface PersonalChat {
  aadId: string | null;
  reachable: boolean;
}

const noChat: PersonalChat = { aadId: null, reachable: false };

/** Plans one message to a chat that belongs to nobody of the roster (an unknown sender). */
export async function planForStranger(
  ports: Ports,
  db: Db,
  campaign: Campaign,
  aadId: string,
  until: Instant,
): Promise<void> {
  const now = ports.clock.now();
  const item = itemOf(() => ports.random.id(), campaign, { staff: '', at: now, lastUsefulAt: until }, now);
  const message = messageOf(() => ports.random.id(), item, { aadId, reachable: true }, alone);
  await insertItems(db, [item]);
  await insertMessages(db, [message], [linkTo([item])(message, 0)]);
}

function itemOf(id: () => string, campaign: Campaign, decision: Decision, now: Instant): ItemTable {
  const why = decision.why ?? (decision.lastUsefulAt <= now ? 'expired' : null);
  return {
    id: id(),
    rule: campaign.rule,
    occasion: campaign.occasion,
    date: campaign.date,
    staff: decision.staff,
    card: campaign.card,
    due_at: decision.at,
    last_useful_at: decision.lastUsefulAt,
    urgency: campaign.urgency,
    priority: campaign.priority,
    state: why ? 'skipped' : 'open',
    why,
    note: null,
    about: decision.about ?? null,
    revision: 0,
    policy_version: campaign.policyVersion,
    created_at: now,
  };
}

/** A reply: a message of its own, with nothing else on it. */
const alone: Pick<Ways, 'way' | 'carries'> = { way: () => ({ way: 'ping', counts: false }), carries: () => false };

/** What waits for a ping waits whether or not the chat is open; an item that joins another card is put onto it at once. */
function whyWaiting(way: Way, chat: PersonalChat): string | null {
  if (way.way !== 'ping') return way.way === 'held' ? way.why : 'digest';
  return chat.reachable ? null : 'unreachable';
}

function messageOf(
  id: () => string,
  item: ItemTable,
  chat: PersonalChat,
  ways: Pick<Ways, 'way' | 'carries'>,
  resends = 0,
): MessageTable {
  const way = ways.way(item.staff);
  return {
    id: id(),
    staff: item.staff,
    aad_id: chat.aadId,
    priority: item.priority,
    due_at: item.due_at,
    last_useful_at: item.last_useful_at,
    state: 'pending',
    why: whyWaiting(way, chat),
    attempts: 0,
    owner: null,
    activity_id: null,
    created_at: item.created_at,
    settled_at: null,
    shown_revision: null,
    resends_left: resends,
    counts: way.way === 'ping' && !way.counts ? 0 : 1,
    counted_week: null,
    carries: ways.carries(item.staff) ? 1 : 0,
  };
}

function linkTo(items: ItemTable[]): (message: MessageTable, index: number) => MessageItemTable {
  return (message, index) => {
    const item = items[index];
    if (!item) throw new RangeError('A message without an item was planned.');
    return {
      message_id: message.id,
      item_id: item.id,
      revision: 0,
      from_at: message.created_at,
      until_at: null,
      place: 0,
    };
  };
}
