import { reachableAads, type StaffMember, staffMemberOn, staffOn } from '../people/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Decision, Ports } from '../ports/room.ts';
import type { ItemTable, MessageItemTable, MessageTable } from '../ports/tables.ts';
import { insertItems, insertMessages, staffWithItem } from './queries.ts';

/** Up to this many people are read one by one; more in one reading of the roster. */
const fewPeople = 5;

/** What is sent, apart from to whom. */
export interface Campaign {
  rule: string;
  /** Key of the occasion: the local date of a daily rule, or what makes a reply unique. */
  occasion: string;
  date: LocalDate;
  card: string;
  /** 0 a reply somebody waits for, 1 time-bound, 3 may wait. */
  priority: number;
  urgency: ItemTable['urgency'];
  policyVersion: number;
  /** When nobody knows whether a card arrived: `hold` (a reminder, also where left out) or one more try (a deadline). */
  whenUnknown?: 'hold' | 'resendOnce';
}

/**
 * Writes one item per decision, insert-or-ignore on (rule, occasion, person), and one waiting message for each that is due.
 * A decision whose last useful minute has passed is kept as skipped(expired); one for a person without a chat waits, held
 * back as `unreachable`. Nothing is sent here.
 */
export async function planItems(
  ports: Ports,
  db: Db,
  campaign: Campaign,
  decisions: Decision[],
): Promise<{ planned: number; skipped: number }> {
  const held = await staffWithItem(db, campaign.rule, campaign.occasion);
  const fresh = decisions.filter((decision) => !held.has(decision.staff));
  if (fresh.length === 0) return { planned: 0, skipped: 0 };
  const chatOf = await chatsOn(db, campaign.date, fresh);
  const now = ports.clock.now();
  const items = fresh.map((decision) => itemOf(ports, campaign, decision, now));
  const due = items.filter((item) => item.state === 'open');
  const resends = campaign.whenUnknown === 'resendOnce' ? 1 : 0;
  const messages = due.map((item) => messageOf(ports, item, chatOf(item.staff), resends));
  await insertItems(db, items);
  await insertMessages(db, messages, messages.map(linkTo(due)));
  return { planned: due.length, skipped: items.length - due.length };
}

interface PersonalChat {
  aadId: string | null;
  reachable: boolean;
}

/** Plans one message to a chat that belongs to nobody of the roster (an unknown sender). */
export async function planForStranger(
  ports: Ports,
  db: Db,
  campaign: Campaign,
  aadId: string,
  until: Instant,
): Promise<void> {
  const now = ports.clock.now();
  const item = itemOf(ports, campaign, { staff: '', at: now, lastUsefulAt: until }, now);
  const message = messageOf(ports, item, { aadId, reachable: true });
  await insertItems(db, [item]);
  await insertMessages(db, [message], [linkTo([item])(message, 0)]);
}

async function chatsOn(db: Db, date: LocalDate, decisions: Decision[]): Promise<(staff: string) => PersonalChat> {
  const few = decisions.length <= fewPeople;
  const people = few ? await someStaffOn(db, date, decisions) : await staffOn(db, date);
  const aads = new Map(people.map((person) => [person.staff, person.aad_id]));
  const reachable = await reachableAads(db, few ? [...aads.values()].filter((aad) => aad !== null) : null);
  return (staff) => {
    const aadId = aads.get(staff) ?? null;
    return { aadId, reachable: aadId !== null && reachable(aadId) };
  };
}

async function someStaffOn(db: Db, date: LocalDate, decisions: Decision[]): Promise<StaffMember[]> {
  const found = await Promise.all(decisions.map((decision) => staffMemberOn(db, decision.staff, date)));
  return found.filter((person) => person !== null);
}

function itemOf(ports: Ports, campaign: Campaign, decision: Decision, now: Instant): ItemTable {
  const why = decision.why ?? (decision.lastUsefulAt <= now ? 'expired' : null);
  return {
    id: ports.random.id(),
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

function messageOf(ports: Ports, item: ItemTable, chat: PersonalChat, resends = 0): MessageTable {
  return {
    id: ports.random.id(),
    staff: item.staff,
    aad_id: chat.aadId,
    priority: item.priority,
    due_at: item.due_at,
    last_useful_at: item.last_useful_at,
    state: 'pending',
    why: chat.reachable ? null : 'unreachable',
    attempts: 0,
    owner: null,
    activity_id: null,
    created_at: item.created_at,
    settled_at: null,
    shown_revision: null,
    resends_left: resends,
  };
}

function linkTo(items: ItemTable[]): (message: MessageTable, index: number) => MessageItemTable {
  return (message, index) => {
    const item = items[index];
    if (!item) throw new RangeError('A message without an item was planned.');
    return { message_id: message.id, item_id: item.id, revision: 0, from_at: message.created_at, until_at: null };
  };
}
