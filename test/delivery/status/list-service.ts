import { conversationRoom, incomingOf } from '../../../src/conversation/index.ts';
import { deliveryRoom, type Registry, registryOf } from '../../../src/delivery/index.ts';
import { markUnreachable } from '../../../src/people/index.ts';
import type { ChatOpeningTable } from '../../../src/ports/tables/delivery.ts';
import type { ItemTable } from '../../../src/ports/tables.ts';
import { senderOf, startTestService, type TestService, type TestServiceOptions } from '../../build/service.ts';
import { aadOf } from '../../build/staff-member.ts';
import { read } from '../../build/wednesday.ts';

export const TODAY = '2026-11-18';
export const at = (time: string) => Date.parse(`${TODAY}T${time}:00+09:00`);

export const registry: Registry = registryOf([deliveryRoom, conversationRoom(() => registry)]);

/** HR (900001), ICT (900002), 労務 on a shared terminal (900003), an auditor (900004). */
const policy = `organisation: 見本市
roles: { hr: ["900001"], ict: ["900002"], labour: ["900003"], audit: ["900004"] }
`;
const officers = ['900001', '900002', '900003', '900004'];

/** One person of every class; only 100001 and the officers can be reached. */
const STAFF: NonNullable<TestServiceOptions['staff']> = [
  { staff: '100001', name: '見本 一子' },
  { staff: '100002', name: '架空 二郎', aad_id: null, valid_from: '2026-04-01' },
  { staff: '100003', name: '例示 三枝', bureau: '例示局', division: '', unit: '例示課' },
  { staff: '100004', name: '仮名 四朗' },
  { staff: '100005', name: '試作 五月' },
  { staff: '100006', name: '素案 六実' },
  { staff: '100007', name: '原案 七海' },
  { staff: '100008', name: '休み 八重', work_type: '休職', aad_id: null },
  { staff: '100009', name: '去った 九子', aad_id: null, left_on: '2026-10-31' },
  { staff: '100010', name: '来る 十子', aad_id: null, hired_on: '2027-04-01' },
];

export function startList(options: Partial<TestServiceOptions> = {}): Promise<TestService> {
  const people = officers.map((staff) => ({ staff, ...(staff === '900003' ? { terminal: '共用' } : {}) }));
  return startTestService({
    registry,
    rooms: [deliveryRoom],
    policy,
    now: `${TODAY}T16:15:00+09:00`,
    installed: ['100001', ...officers],
    ...options,
    staff: [...(options.staff ?? STAFF), ...people],
  });
}

/** The city of STAFF with its removals, refusals and openings. */
export async function brokenCity(): Promise<TestService> {
  const service = await startList();
  await markUnreachable(service.db, aadOf('100004'), 'uninstalled', at('09:00'));
  await markUnreachable(service.db, aadOf('100005'), 'blocked:ForbiddenOperationException', at('10:00'));
  await markUnreachable(service.db, aadOf('100006'), 'blocked', at('11:00'));
  await putOpening(service, '100006', { state: 'refused', why: 'blocked', settled_at: at('11:00') });
  await putOpening(service, '100007', { state: 'unknown', why: 'timeout', settled_at: at('12:00') });
  return service;
}

export async function putOpening(
  service: TestService,
  staff: string,
  change: Partial<ChatOpeningTable>,
): Promise<void> {
  const opening: ChatOpeningTable = {
    id: `opening-${staff}`,
    aad_id: aadOf(staff),
    state: 'pending',
    why: null,
    attempts: 0,
    owner: null,
    created_at: at('08:00'),
    settled_at: null,
    ...change,
  };
  await service.db.insertInto('chat_opening').values(opening).execute();
}

/** What somebody types, with what came back. */
export async function say(service: TestService, staff: string, text: string): Promise<void> {
  await incomingOf(service.ports, registry, service.delivery).message({
    sender: senderOf(staff),
    text,
    activityId: null,
  });
  await service.settle();
}

/** The list that the person asked for last. */
export function listOf(service: TestService, staff: string): Promise<ItemTable> {
  const items = service.db.selectFrom('item').selectAll().where('rule', '=', 'delivery.unreachable');
  return items.where('staff', '=', staff).executeTakeFirstOrThrow();
}

/** A press on the own list, and everything a person can read on the answer. */
export async function press(
  service: TestService,
  staff: string,
  data: Record<string, unknown> = { show: 'names' },
  from = staff,
): Promise<string> {
  const item = await listOf(service, from);
  const pressed = { verb: 'delivery.list', data: { i: item.id, r: item.revision, ...data } };
  const incoming = incomingOf(service.ports, registry, service.delivery);
  return read(await incoming.press({ sender: senderOf(staff), ...pressed, activityId: null, replyToId: null }));
}
