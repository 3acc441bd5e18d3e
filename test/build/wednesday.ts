import { incomingOf } from '../../src/conversation/index.ts';
import type { PressAnswer } from '../../src/ports/incoming.ts';
import type { ItemTable } from '../../src/ports/tables.ts';
import { registry, rooms } from '../../src/rooms.ts';
import { senderOf, startTestService, type TestService, type TestServiceOptions } from './service.ts';

export const WEDNESDAY = '2026-11-18';

/** A 課 of four clerks (100001 …) whose head is 200001; over the head stands 300001, the 部長. */
export const SECTION: NonNullable<TestServiceOptions['staff']> = [
  { staff: '300001', name: '模擬 部長', unit: '', section_id: '見本局/見本部', manager: 1 },
  { staff: '200001', name: '模擬 課長', manager: 1, head: '300001' },
  { staff: '100001', name: '架空 一子', head: '200001' },
  { staff: '100002', name: '架空 二郎', head: '200001' },
  { staff: '100003', name: '架空 三枝', head: '200001' },
  { staff: '100004', name: '架空 四朗', head: '200001' },
];

/** The whole house on that section, a quarter past four on a Wednesday not yet come. */
export function startWednesday(options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  return startTestService({ registry, rooms, staff: SECTION, now: `${WEDNESDAY}T16:14:45+09:00`, ...options });
}

export const clock = (service: TestService, time: string, date = WEDNESDAY) =>
  service.ports.clock.moveTo(`${date}T${time}:00+09:00`);

export const runTo = (service: TestService, time: string, date = WEDNESDAY) =>
  service.runTo(`${date}T${time}:00+09:00`);

/** The item of a person under a rule; throws where there is none. */
export function itemOf(
  service: TestService,
  staff: string,
  rule = 'no-overtime-day',
  date = WEDNESDAY,
): Promise<ItemTable> {
  return service.db
    .selectFrom('item')
    .selectAll()
    .where('rule', '=', rule)
    .where('staff', '=', staff)
    .where('date', '=', date)
    .executeTakeFirstOrThrow();
}

/** The answer of a press with its card as an object. */
export type Answered = Exclude<PressAnswer, { card: unknown }> | { card: object };

/** The same whether its card is an object or written as JSON. */
export function answered(given: PressAnswer): Answered {
  if (!('card' in given)) return given;
  const { card } = given;
  return { card: card instanceof Uint8Array ? (JSON.parse(new TextDecoder().decode(card)) as object) : card };
}

/** A press as the Teams edge hands it over; what it queued is sent. `data` is what the button and its inputs carry. */
export async function press(
  service: TestService,
  staff: string,
  verb: string | null,
  data: unknown,
): Promise<Answered> {
  const incoming = incomingOf(service.ports, registry, service.delivery);
  const answer = await incoming.press({ sender: senderOf(staff), verb, data, activityId: null, replyToId: null });
  await service.settle();
  return answered(answer);
}

/** Answers C01 as the card would: with the present item and revision. */
export async function answer(service: TestService, staff: string, said: Record<string, unknown>): Promise<Answered> {
  const item = await itemOf(service, staff);
  return press(service, staff, 'no-overtime-day.answer', { i: item.id, r: item.revision, ...said });
}

/** What Teams has stored for the message of an item: the card of the last request that was made for it. */
export function storedCard(service: TestService, item: ItemTable): string {
  const shows = (card: object | undefined) => JSON.stringify(card ?? {}).includes(item.id);
  const calls = service.ports.chat.calls.filter((call) => shows(call.message.card));
  return wordsOn(calls.at(-1)?.message.card);
}

/** Everything a person can read on the card of an answer; the sentence where it is none. */
export function read(given: PressAnswer): string {
  const said = answered(given);
  if ('card' in said) return wordsOn(said.card);
  return 'text' in said ? said.text : `${said.error.code}: ${said.error.message}`;
}

/** Every text of a card in reading order, one a line. What is only for machines (speak, fallback, data) is left out. */
export function wordsOn(card: unknown): string {
  if (Array.isArray(card)) return card.map(wordsOn).filter(Boolean).join('\n');
  if (typeof card !== 'object' || card === null) return '';
  const skipped = ['speak', 'fallbackText', 'fallback', 'data', 'refresh'];
  const parts = Object.entries(card).flatMap(([key, value]) => {
    if (skipped.includes(key)) return [];
    if (typeof value === 'string') return ['text', 'title', 'value', 'label'].includes(key) ? [value] : [];
    return [wordsOn(value)];
  });
  return parts.filter(Boolean).join('\n');
}

/** What presses may have written, to compare before and after. */
export async function written({ db }: TestService): Promise<object> {
  return {
    answers: await db.selectFrom('no_overtime_answer').selectAll().orderBy('item_id').execute(),
    notes: await db.selectFrom('no_overtime_note').selectAll().orderBy('item_id').execute(),
    decisions: await db.selectFrom('no_overtime_decision').selectAll().orderBy('item_id').execute(),
    items: await db.selectFrom('item').selectAll().orderBy('id').execute(),
    updates: await db.selectFrom('message_update').selectAll().orderBy('message_id').execute(),
    languages: await db.selectFrom('language_choice').selectAll().execute(),
    audit: await db.selectFrom('audit').selectAll().execute(),
  };
}
