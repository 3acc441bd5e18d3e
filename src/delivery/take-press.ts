import { localAt } from '../calendar/index.ts';
import { noteUnknownSender, readerByAad, staffMemberOn } from '../people/index.ts';
import { currentPolicy, oneMoment } from '../policy/index.ts';
import { type Db, StoreUnavailable } from '../ports/database.ts';
import { type IncomingPress, type PressAnswer, promptly, type Sender } from '../ports/incoming.ts';
import type { CardPerson, CardVerb, DrawExtra, Ports, PressOutcome, Reader } from '../ports/room.ts';
import { atEnd, mustBeAlone } from '../ports/side-by-side.ts';
import type { ItemTable } from '../ports/tables.ts';
import { drawItems, userWithId } from './draw-message.ts';
import { lineShows } from './frame.ts';
import { noteSeen, putFirst } from './links/queries.ts';
import { isOutdated, pressedItem, reviseItem, type ShowingMessage } from './press/queries.ts';
import { itemById, itemsShownBy, messageShowing, nextRevision, setMessage } from './queries.ts';
import type { Registry } from './registry.ts';
import { pressedDataSchema } from './schema.ts';
import { queueUpdates } from './updates/queries.ts';
import { pressSentences } from './wording.ts';

/** Shows the present card of an item and writes nothing but the proof that it arrived. */
export const refreshVerb = 'delivery.refresh';
/** Opens a line of a card that carries several items: that one is drawn in full. Nothing is written but the same proof. */
export const openVerb = 'delivery.open';

interface Taken {
  /** Of the moment at which it was taken: the card is drawn by the policy that held then. */
  ports: Ports;
  item: ItemTable;
  /** The message that shows it. */
  message: ShowingMessage | undefined;
  reader: Reader;
  extra: DrawExtra;
  changed: boolean;
}

/**
 * Takes a press to its verb: the person from the signed activity, the item from the button, the item bound to the person.
 * What is written is written in one transaction; the answer is the present card, a sentence, or an error for a payload
 * nobody's card carries. A press twice, late or out of order does no harm.
 */
export async function takePress(
  ports: Ports,
  registry: Registry,
  press: IncomingPress,
): Promise<{ answer: PressAnswer; changed: boolean }> {
  const data = pressedDataSchema.safeParse(press.data);
  if (!data.success) return { answer: badRequest(pressSentences.unreadable), changed: false };
  const patience = { ...promptly, ...besideOthers(registry, press, data.data.i) };
  const taken = await ports.database.transaction((db) => take(ports, registry, db, press, data.data), patience);
  if (!('item' in taken)) return { answer: taken, changed: false };
  const card = await drawn(registry, taken, press.sender).catch(itIsRecorded);
  return { answer: { card }, changed: taken.changed };
}

/** What a press changes that is its person's own: the item by its name, the message that shows it and all else by the person's. */
function besideOthers(registry: Registry, { verb, sender }: IncomingPress, item: string): { beside?: string[] } {
  const isOwn = verb === refreshVerb || verb === openVerb || (verb !== null && registry.verb(verb)?.ownOnly === true);
  if (!isOwn) return {};
  return { beside: [`item ${item}`, `person ${sender.aadObjectId}`] };
}

/** The present card, to be refreshed by whoever pressed. */
async function drawn(registry: Registry, taken: Taken, sender: Sender): Promise<object | Uint8Array> {
  const { ports, item, message, reader, extra } = taken;
  const { db } = ports.database;
  const rest = message?.carries === 1 ? await itemsBeside(db, message, item) : [];
  const user = sender.aadObjectId === '' ? null : (sender.userId ?? (await userWithId(db, sender.aadObjectId)));
  const { outgoing } = await drawItems(ports, registry, { focus: item, rest, moving: [], reader, extra }, user);
  return outgoing.card;
}

/** A store that goes away between the record and its card: nobody must be told that nothing is recorded. */
function itIsRecorded(error: unknown): never {
  if (error instanceof StoreUnavailable) throw new StoreUnavailable(error.message, { cause: error, unclear: true });
  throw error;
}

async function take(
  around: Ports,
  registry: Registry,
  db: Db,
  press: IncomingPress,
  data: { i: string; r: number } & Record<string, unknown>,
): Promise<Taken | PressAnswer> {
  const ports = oneMoment(around, db);
  const now = ports.clock.now();
  // What needs no answer of the other is asked at once: on a server both are one way there and back.
  const [book, pressed] = await Promise.all([currentPolicy(db, ports.settings), pressedItem(db, data.i)]);
  const today = localAt(now, book.timeZone).date;
  const found = await readerByAad(db, press.sender.aadObjectId, today);
  const item = pressed?.item;
  if (!found && !(item && item.staff === '')) {
    await noteUnknownSender(db, press.sender.aadObjectId, now);
    return { text: pressSentences.notRegistered };
  }
  if (!pressed || !item) return { text: pressSentences.closed };
  const reader: Reader = found?.reader ?? { staff: '', language: 'ja' };
  if (item.staff !== reader.staff) return { text: pressSentences.notYours };
  const message = await proveDelivery(db, pressed.message, press.replyToId, now);
  const asItStands: Taken = { ports, item, message, reader, extra: {}, changed: false };
  if (press.verb === refreshVerb || press.verb === openVerb) return asItStands;
  if (press.verb === null && data.show === lineShows) {
    await openStored(db, message, item, now);
    return { ...asItStands, changed: true };
  }
  const verb = verbFor(registry, press.verb, item.rule);
  if (!verb && press.verb === null) return asItStands;
  if (!verb) return badRequest(pressSentences.unreadable);
  const person = await personOn(db, item, found?.person, today);
  const outcome = await verb.take(ports, db, { item, reader, person, revision: data.r, data, at: now });
  const present = await applied(db, item, message, outcome, now);
  const changed = outcome.changed || press.verb === null;
  if (changed && !outcome.changed) await updateMessage(db, message, now);
  const readerNow = { ...reader, language: outcome.language ?? reader.language };
  return { ports, item: present, message, reader: readerNow, extra: extraOf(outcome, person), changed };
}

/** The row that holds on the item's date: on most days the one that told who presses. */
async function personOn(
  db: Db,
  item: ItemTable,
  today: CardPerson | undefined,
  date: string,
): Promise<CardPerson | null> {
  if (today === undefined) return null;
  return item.date === date ? today : staffMemberOn(db, item.staff, item.date);
}

/**
 * A verb acts only on items of its own rules; a press without one (Action.Submit) goes to the verb of its item's rule, and
 * only shows the present card where that has none.
 */
function verbFor(registry: Registry, name: string | null, rule: string): CardVerb | null {
  const verb = name === null ? registry.verbOf(rule) : registry.verb(name);
  return verb?.rules.includes(rule) ? verb : null;
}

/** Action.Submit reads no answer: the stored message is drawn with this item in full. */
async function openStored(db: Db, message: ShowingMessage | undefined, item: ItemTable, now: number): Promise<void> {
  if (message) await putFirst(db, message.id, item.id);
  await updateShowing(db, item.id, now);
}

/** The other items on the message that shows an item: where it carries any, an answer shows them too. */
async function itemsBeside(db: Db, message: ShowingMessage, item: ItemTable): Promise<ItemTable[]> {
  const items = await itemsShownBy(db, message.id);
  return items.some((one) => one.id === item.id) ? items.filter((one) => one.id !== item.id) : [];
}

/**
 * A press shows that the card arrived: `unknown` becomes `sent`, and so does `sending`, whatever its own answer will be. An
 * item moves to a newer message only when that one is known to have arrived, so a press on an older one proves nothing wrong.
 * Where the items have changed since they were sent, the stored card is brought to their present state.
 */
async function proveDelivery(
  db: Db,
  message: ShowingMessage | undefined,
  replyToId: string | null,
  now: number,
): Promise<ShowingMessage | undefined> {
  if (!message || !['sending', 'unknown', 'sent'].includes(message.state)) return message;
  if (message.state === 'sent' && message.activity_id !== null) return message;
  // What others change about the items of this message is looked at here.
  mustBeAlone(db);
  const proven = {
    state: 'sent' as const,
    why: null,
    settled_at: message.settled_at ?? now,
    activity_id: message.activity_id ?? replyToId,
  };
  await setMessage(db, message.id, proven);
  if (message.carries === 1) await noteSeen(db, message.id);
  const arrived = { ...message, ...proven };
  // What changed while nobody knew whether the card had arrived was not brought to it.
  if (await isOutdated(db, message.id)) await updateMessage(db, arrived, now);
  return arrived;
}

/** Bumps the revision of what changed and queues one update of each stored message that shows it; gives the item as it is now. */
async function applied(
  db: Db,
  item: ItemTable,
  message: ShowingMessage | undefined,
  { changed, touched = [], itemStands }: PressOutcome,
  now: number,
): Promise<ItemTable> {
  const itself = changed || touched.includes(item.id);
  const present = itself
    ? (await Promise.all([reviseItem(db, item, itemStands), updateMessage(db, message, now)]))[0]
    : ((await itemById(db, item.id)) ?? item);
  const others = touched.filter((id) => id !== item.id);
  if (others.length > 0) await atEnd(db, 'delivery.items', others, (db, all) => changeItems(db, all, now));
  return present;
}

/** Makes the next drawing of these items a new revision, and has stored messages that show them updated. */
export async function changeItems(db: Db, items: string[], now: number): Promise<void> {
  await Promise.all([...new Set(items)].flatMap((id) => [nextRevision(db, id), updateShowing(db, id, now)]));
}

/** The stored message is drawn anew. After Action.Submit it is the only answer a person sees. */
async function updateShowing(db: Db, item: string, now: number): Promise<void> {
  await updateMessage(db, await messageShowing(db, item), now);
}

async function updateMessage(db: Db, message: ShowingMessage | undefined, now: number): Promise<void> {
  if (message?.state !== 'sent' || message.activity_id === null) return;
  await atEnd(db, 'delivery.updates', [message.id], (db, all) => queueUpdates(db, all, now));
}

function extraOf({ note, view, known }: PressOutcome, person: CardPerson | null): DrawExtra {
  return {
    ...(note === undefined ? {} : { note }),
    ...(view === undefined ? {} : { view }),
    ...(known === undefined ? {} : { known }),
    ...(person === null ? {} : { person }),
  };
}

function badRequest(message: string): PressAnswer {
  return { error: { code: 'BadRequest', message } };
}
