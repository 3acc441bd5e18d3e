import { incomingOf } from '../../src/conversation/index.ts';
import type { ItemTable } from '../../src/ports/tables.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService, type TestServiceOptions } from '../build/service.ts';
import { type Answered, itemOf, press, SECTION, startWednesday, storedCard } from '../build/wednesday.ts';

/** A Thursday: no card of the no-overtime day is in the way. */
export const THURSDAY = '2026-11-19';
export const FRIDAY = '2026-11-20';

/** P12: the programme runs because an agreement is recorded. */
export const POLICY = `organisation: 見本市
agreements:
  - { programme: late-work, 相手: 見本職員団体, 文書日付: 2026-03-02, 対象: 午後8時以降の案内, 見直し日: 2027-03-31 }
`;

export const DECISION = 'late-work.decision';

/** The section of wednesday.ts on a Thursday evening, with a labour clerk; nobody is at work yet. */
export function startThursday(options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  return startWednesday({ policy: POLICY, staff: SECTION, now: `${THURSDAY}T19:29:00+09:00`, ...options });
}

/** A clock entry: `until` null is still at work. Minutes of the date. */
export async function clockIn(service: TestService, staff: string, until: number | null = null, date = THURSDAY) {
  await service.db.deleteFrom('clock_entry').where('staff', '=', staff).where('date', '=', date).execute();
  await service.db
    .insertInto('clock_entry')
    .values({ staff, date, start_minute: 510, end_minute: until, import_id: 'test' })
    .execute();
}

/** A 命令 (or 申請) in the feed. */
export async function order(
  service: TestService,
  staff: string,
  end: number,
  status: '申請' | '命令' | '取消' = '命令',
  date = THURSDAY,
) {
  await service.db
    .insertInto('overtime_order')
    .values({
      staff,
      date,
      seq: 1,
      applied_at: 0,
      start_minute: 1035,
      end_minute: end,
      status,
      taken_at: 0,
      import_id: 't',
    })
    .execute();
}

export const theItem = (service: TestService, staff: string, rule = 'late-work', date = THURSDAY) =>
  itemOf(service, staff, rule, date);

/** An answer on C02 (or another card of the evening) with its present item and revision. */
export async function say(
  service: TestService,
  staff: string,
  said: Record<string, unknown>,
  rule = 'late-work',
): Promise<Answered> {
  const item = await theItem(service, staff, rule);
  return press(service, staff, 'late-work.answer', { i: item.id, r: item.revision, ...said });
}

export const goOn = { answer: 'continue', reason: 'deadline', until: '21:00' };

/** A press of whoever holds the evening's card, for these people as their wishes stand now. */
export async function decide(
  service: TestService,
  head: string,
  staff: string[],
  decision = 'acknowledged',
  more: Record<string, unknown> = {},
): Promise<Answered> {
  const item = await theItem(service, head, DECISION);
  const requests = await service.db.selectFrom('late_work_request').selectAll().where('date', '=', item.date).execute();
  const people = staff.map((number) => {
    const request = requests.find((one) => one.staff === number);
    return `${number}-${request?.asked_at ?? 0}`;
  });
  return press(service, head, 'late-work.decide', {
    i: item.id,
    r: item.revision,
    decision,
    people: people.join(','),
    ...more,
  });
}

/** Somebody writes to Kaeru; what it answers is sent. Gives the item of the reply. */
export async function write(service: TestService, staff: string, text: string, rule: string): Promise<ItemTable> {
  const incoming = incomingOf(service.ports, registry, service.delivery);
  await incoming.message({ sender: senderOf(staff), text, activityId: null });
  await service.settle();
  return service.db
    .selectFrom('item')
    .selectAll()
    .where('staff', '=', staff)
    .where('rule', '=', rule)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
}

/** What Teams has stored of an item of that rule. */
export const stored = async (service: TestService, staff: string, rule = 'late-work', date = THURSDAY) =>
  storedCard(service, await theItem(service, staff, rule, date));

/** Items of a rule as 「who state why」, in order. */
export async function itemsUnder(service: TestService, rule: string): Promise<string[]> {
  const rows = await service.db.selectFrom('item').selectAll().where('rule', '=', rule).orderBy('staff').execute();
  return rows.map((row) => `${row.staff} ${row.state}${row.why ? ` ${row.why}` : ''}`);
}

/** How many messages went to somebody's chat; updates in place are not counted. */
export const sendsTo = (service: TestService, staff: string) =>
  service.ports.chat.sends().filter((call) => call.conversation === `chat-${staff}`).length;
