import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { cardsFrom } from '../../src/adapters/cards/index.ts';
import { type Delivery, type Registry, startDelivery } from '../../src/delivery/index.ts';
import { type Occasions, occasionsOf } from '../../src/occasions/index.ts';
import { rememberConversation, type StaffMember } from '../../src/people/index.ts';
import type { Db } from '../../src/ports/database.ts';
import type { Sender } from '../../src/ports/incoming.ts';
import type { Ports, Room } from '../../src/ports/room.ts';
import type { LeaveDayTable } from '../../src/ports/tables.ts';
import { type ScriptedChat, scriptedChat } from '../fakes/chat.ts';
import { type VirtualClock, virtualClock } from '../fakes/clock.ts';
import { A_WEDNESDAY, type LogLine, testPorts } from './ports.ts';
import { aadOf, aStaffMember } from './staff-member.ts';

export type TestPorts = Ports & { clock: VirtualClock; chat: ScriptedChat; logged: LogLine[] };

/** A service on a real store with a virtual clock and a scripted way to Teams. */
export interface TestService {
  ports: TestPorts;
  db: Db;
  delivery: Delivery;
  occasions: Occasions;
  /** Lets time run until nothing that may go now is waiting. */
  settle(): Promise<void>;
  /** Minutes up to that instant, in order, as after short pauses: every fifth and the last. Each is delivered before the next. */
  runTo(iso: string): Promise<void>;
  /** The process dies where it stands and another one starts on the same store. */
  crash(): Promise<void>;
}

export interface TestServiceOptions {
  registry: Registry;
  rooms?: Room[];
  staff?: (Partial<StaffMember> & { staff: string })[];
  leave?: (Partial<LeaveDayTable> & Pick<LeaveDayTable, 'staff' | 'date' | 'kind'>)[];
  /** policy.yaml; nothing but an organisation where left out. */
  policy?: string;
  now?: string;
  pace?: number;
  /** Whose personal chat is known; everybody's where left out. */
  installed?: string[];
  /** KAERU_SERVICE_URL. */
  serviceUrl?: string;
}

const oneMinute = 60_000;
const cards = cardsFrom(fileURLToPath(new URL('../../cards/', import.meta.url)));

/** Builds the store and starts delivering. It is stopped when the test has finished. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const ports = await testServicePorts(options);
  const { db } = ports.database;
  let life = { over: false };
  let lives = 0;
  const start = () => startDelivery(livingPorts(ports, life), options.registry, soleOwner(`life-${++lives}`));
  let delivery = await start();
  const occasionsNow = () => occasionsOf(ports, options.registry.rules, { wake: () => delivery.wake() });
  const service: TestService = {
    ports,
    db,
    delivery,
    occasions: occasionsNow(),
    settle: () => ports.clock.until(delivery.settled()),
    async runTo(iso) {
      const end = Date.parse(iso);
      for (let minute = nextMinute(ports.clock.now()); minute <= end; minute += oneMinute) {
        if (minute % (5 * oneMinute) !== 0 && minute !== end) continue;
        ports.clock.moveTo(minute);
        for (const room of options.rooms ?? []) await room.everyMinute?.(ports, minute);
        await service.occasions.runMinute(minute);
        await service.settle();
      }
    },
    async crash() {
      life.over = true;
      life = { over: false };
      delivery = await start();
      Object.assign(service, { delivery, occasions: occasionsNow() });
    },
  };
  onTestFinished(async () => {
    life.over = true;
    await ports.clock.still();
  });
  return service;
}

/** The one service of a store: whoever else claimed something has died. */
function soleOwner(owner: string) {
  return { owner, deadAmong: async (owners: string[]) => owners.filter((one) => one !== owner), news: null };
}

/** The ports of one process: once its life is over nothing it waits for ever comes back, as after SIGKILL. */
function livingPorts(ports: TestPorts, life: { over: boolean }): Ports {
  const lived = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    return life.over ? new Promise<T>(() => {}) : result;
  };
  const { clock, chat, database } = ports;
  return {
    ...ports,
    clock: { ...clock, wait: (milliseconds, signal) => lived(clock.wait(milliseconds, signal)) },
    chat: {
      ...chat,
      send: (target, message) => lived(chat.send(target, message)),
      update: (target, activity, message) => lived(chat.update(target, activity, message)),
      create: (serviceUrl, tenantId, aadId) => lived(chat.create(serviceUrl, tenantId, aadId)),
    },
    database: { ...database, transaction: (work) => lived(database.transaction(work)) },
  };
}

/** The ports of a test service, without anything that runs. */
export async function testServicePorts(options: Omit<TestServiceOptions, 'registry'>): Promise<TestPorts> {
  const clock = virtualClock(options.now ?? A_WEDNESDAY);
  const chat = scriptedChat(() => clock);
  const settings = { pace: options.pace ?? 45, serviceUrl: options.serviceUrl ?? null };
  const ports: TestPorts = { ...(await testPorts({ chat, cards, settings })), clock, chat };
  const { db } = ports.database;
  await applyPolicyText(db, options.policy ?? 'organisation: 見本市\n', 1);
  await putStaff(db, options.staff ?? [], clock.now());
  for (const leave of options.leave ?? []) await db.insertInto('leave_day').values(aLeave(leave)).execute();
  for (const staff of options.installed ?? (options.staff ?? []).map((one) => one.staff)) {
    await rememberConversation(db, senderOf(staff), clock.now());
  }
  return ports;
}

/** Stores a policy as the given version, as `policy apply` would. */
export async function applyPolicyText(db: Db, yaml: string, version: number): Promise<void> {
  const digest = createHash('sha256').update(yaml).digest('hex');
  await db.insertInto('policy_version').values({ version, digest, yaml, applied_at: 0, applied_by: 'test' }).execute();
}

/** Puts people into the roster and records one import of that instant. */
export async function putStaff(db: Db, staff: TestServiceOptions['staff'] & object, at: number): Promise<void> {
  const rows = staff.map(aStaffMember);
  for (let from = 0; from < rows.length; from += 400) {
    await db
      .insertInto('staff_row')
      .values(rows.slice(from, from + 400))
      .execute();
  }
  const counts = { rows: rows.length, added: rows.length, changed: 0, withdrawn: 0, unchanged: 0 };
  const id = `staff-${at}-${rows[0]?.staff ?? ''}`;
  await db
    .insertInto('import_file')
    .values({ id, kind: 'staff', digest: id, effective: null, imported_at: at, ...counts })
    .execute();
}

/** Who writes, as the signed activity says; the personal chat of that number. */
export function senderOf(staff: string): Sender {
  return {
    serviceUrl: 'http://127.0.0.1:1/',
    conversationId: `chat-${staff}`,
    tenantId: null,
    aadObjectId: aadOf(staff),
    userId: `29:${staff}`,
    botId: '28:kaeru',
    personal: true,
  };
}

function aLeave(leave: Partial<LeaveDayTable> & Pick<LeaveDayTable, 'staff' | 'date' | 'kind'>): LeaveDayTable {
  return { minutes: null, start_minute: null, category: '年次', import_id: 'test', ...leave };
}

const nextMinute = (instant: number) => Math.floor(instant / oneMinute) * oneMinute + oneMinute;
