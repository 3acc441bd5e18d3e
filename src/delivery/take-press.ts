import { localAt } from '../calendar/index.ts';
import { noteUnknownSender, readerOf, staffByAad } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { IncomingPress, PressAnswer } from '../ports/incoming.ts';
import type { CardVerb, DrawExtra, Ports, PressOutcome, Reader } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import { drawItem } from './draw-message.ts';
import { itemById, messageShowing, setMessage } from './queries.ts';
import type { Registry } from './registry.ts';
import { pressedDataSchema } from './schema.ts';
import { queueUpdate } from './updates/queries.ts';
import { pressSentences } from './wording.ts';

/** Shows the present card of an item and writes nothing but the proof that it arrived. */
export const refreshVerb = 'delivery.refresh';

interface Taken {
  item: ItemTable;
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
  const taken = await ports.database.transaction((db) => take(ports, registry, db, press, data.data));
  if (!('item' in taken)) return { answer: taken, changed: false };
  const { aadObjectId } = press.sender;
  const drawn = await drawItem(ports, registry, taken.item, taken.reader, taken.extra, aadObjectId || null);
  return { answer: { card: drawn.card ?? {} }, changed: taken.changed };
}

async function take(
  ports: Ports,
  registry: Registry,
  db: Db,
  press: IncomingPress,
  data: { i: string; r: number } & Record<string, unknown>,
): Promise<Taken | PressAnswer> {
  const now = ports.clock.now();
  const book = await currentPolicy(db, ports.settings);
  const today = localAt(now, book.timeZone).date;
  const person = await staffByAad(db, press.sender.aadObjectId, today);
  const item = await itemById(db, data.i);
  if (!person && !(item && item.staff === '')) {
    await noteUnknownSender(db, press.sender.aadObjectId, now);
    return { text: pressSentences.notRegistered };
  }
  if (!item) return { text: pressSentences.closed };
  if (item.staff !== (person?.staff ?? '')) return { text: pressSentences.notYours };
  const reader: Reader = person ? await readerOf(db, person.staff, today) : { staff: '', language: 'ja' };
  await proveDelivery(db, item, press.replyToId, now);
  if (press.verb === refreshVerb) return { item, reader, extra: {}, changed: false };
  const verb = verbFor(registry, press.verb, item.rule);
  if (!verb) return badRequest(pressSentences.unreadable);
  const outcome = await verb.take(ports, db, { item, reader, revision: data.r, data, at: now });
  const present = await applied(db, item, outcome, now);
  if (press.verb === null) await updateShowing(db, item.id, now);
  const readerNow = person && outcome.changed ? await readerOf(db, person.staff, today) : reader;
  return { item: present, reader: readerNow, extra: extraOf(outcome), changed: outcome.changed || press.verb === null };
}

/** A verb acts only on items of its own rules; a press without one (Action.Submit) goes to the verb of its item's rule. */
function verbFor(registry: Registry, name: string | null, rule: string): CardVerb | null {
  const verb = name === null ? registry.verbOf(rule) : registry.verb(name);
  return verb?.rules.includes(rule) ? verb : null;
}

/** A press shows that the card arrived: `unknown` becomes `sent`, and so does `sending`, whatever its own answer will be. */
async function proveDelivery(db: Db, item: ItemTable, replyToId: string | null, now: number): Promise<void> {
  const message = await messageShowing(db, item.id);
  if (!message || !['sending', 'unknown', 'sent'].includes(message.state)) return;
  if (message.state === 'sent' && message.activity_id !== null) return;
  await setMessage(db, message.id, {
    state: 'sent',
    why: null,
    settled_at: message.settled_at ?? now,
    activity_id: message.activity_id ?? replyToId,
  });
}

/** Bumps the revision of what changed and queues one update of each stored message that shows it. */
async function applied(db: Db, item: ItemTable, outcome: PressOutcome, now: number): Promise<ItemTable> {
  const changed = [...(outcome.changed ? [item.id] : []), ...(outcome.touched ?? [])];
  await changeItems(db, changed, now);
  return (await itemById(db, item.id)) ?? item;
}

/** Makes the next drawing of these items a new revision, and has stored messages that show them updated. */
export async function changeItems(db: Db, items: string[], now: number): Promise<void> {
  for (const id of new Set(items)) {
    await db
      .updateTable('item')
      .set((row) => ({ revision: row('revision', '+', 1) }))
      .where('id', '=', id)
      .execute();
    await updateShowing(db, id, now);
  }
}

/** The stored message is drawn anew. After Action.Submit it is the only answer a person sees. */
async function updateShowing(db: Db, item: string, now: number): Promise<void> {
  const message = await messageShowing(db, item);
  if (message?.state === 'sent' && message.activity_id !== null) await queueUpdate(db, message.id, now);
}

function extraOf(outcome: PressOutcome): DrawExtra {
  return {
    ...(outcome.note === undefined ? {} : { note: outcome.note }),
    ...(outcome.view === undefined ? {} : { view: outcome.view }),
  };
}

function badRequest(message: string): PressAnswer {
  return { error: { code: 'BadRequest', message } };
}
