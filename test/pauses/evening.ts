import { incomingOf } from '../../src/conversation/index.ts';
import type { ItemTable } from '../../src/ports/tables.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { type Answered, press } from '../build/wednesday.ts';

/** What a person types in the personal chat; what it planned is sent. */
export async function say(service: TestService, staff: string, text: string): Promise<void> {
  await incomingOf(service.ports, registry, service.delivery).message({
    sender: senderOf(staff),
    text,
    activityId: null,
  });
  await service.settle();
}

/** The newest item of a person under a rule; throws where there is none. */
export function newest(service: TestService, staff: string, rule: string): Promise<ItemTable> {
  return service.db
    .selectFrom('item')
    .selectAll()
    .where('rule', '=', rule)
    .where('staff', '=', staff)
    .orderBy('created_at', 'desc')
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

/** Opens the card of 災害モード, as somebody who types it. */
export async function openEmergency(service: TestService, staff: string): Promise<ItemTable> {
  await say(service, staff, '災害モード');
  return newest(service, staff, 'pauses.emergency');
}

/** A press on that card with what stands in its form. */
export async function emergency(service: TestService, staff: string, said: Record<string, unknown>): Promise<Answered> {
  const item = await newest(service, staff, 'pauses.emergency');
  return press(service, staff, 'pauses.emergency', { i: item.id, r: item.revision, ...said });
}

/** Starts 災害モード for the head's section until that wall clock. */
export function start(service: TestService, staff: string, until: string, section = '見本局/見本部/見本課') {
  return emergency(service, staff, { answer: 'start', section, reason: 'storm', until });
}

export function modes(service: TestService) {
  return service.db.selectFrom('emergency_mode').selectAll().orderBy('started_at').execute();
}

/** State and reason of the items of a rule, by person. */
export async function statesOf(service: TestService, rule = 'no-overtime-day'): Promise<Record<string, string>> {
  const items = await service.db.selectFrom('item').selectAll().where('rule', '=', rule).orderBy('staff').execute();
  return Object.fromEntries(items.map((item) => [item.staff, item.why ? `${item.state}(${item.why})` : item.state]));
}

/** Gives sections their rows, as an import does. */
export async function putSections(service: Pick<TestService, 'db'>, paths: string[]): Promise<void> {
  const rest = {
    code: null,
    valid_from: null,
    valid_to: null,
    appointer: null,
    schedule_item: null,
    successor_code: null,
  };
  for (const path of paths) {
    const [bureau = '', division = '', unit = ''] = path.split('/');
    const row = { id: path, path, bureau, division, unit, ...rest, import_id: 'test' };
    await service.db.insertInto('section').values(row).execute();
  }
}
