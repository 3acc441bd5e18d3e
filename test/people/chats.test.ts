import { describe, expect, test } from 'vitest';
import {
  chatsOf,
  conversationOf,
  markReachable,
  markUnreachable,
  noteUnknownSender,
  readerOf,
  rememberConversation,
  setLanguage,
  takeInstall,
  takeRemoval,
  unreachableAads,
} from '../../src/people/index.ts';
import type { Db } from '../../src/ports/database.ts';
import type { Sender } from '../../src/ports/incoming.ts';
import { aStaffRow } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { aadOf } from '../build/staff-member.ts';
import { runImport } from './import-command.ts';

const today = '2026-11-18';
const id = aadOf('100001');
const isReachable = async (db: Db) => (await chatsOf(db, today, ['100001'])).get('100001')?.reachable;

function sender(differs: Partial<Sender> = {}): Sender {
  return {
    conversationId: 'a:1',
    serviceUrl: 'http://127.0.0.1:1/',
    tenantId: 't',
    aadObjectId: id,
    userId: '29:1',
    botId: '28:kaeru',
    personal: true,
    ...differs,
  };
}

async function withStaff(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(ports, 'staff', [aStaffRow('100001')]);
  return ports;
}

const unknown = ({ database: { db } }: TestPorts) =>
  db.selectFrom('unknown_sender').select(['aad_id', 'first_at', 'last_at', 'times']).execute();

describe('an installation', () => {
  test('ties the chat to the person of the id and is greeted once, however often Teams tells of it', async () => {
    const ports = await withStaff();
    const { db } = ports.database;
    const first = await takeInstall(db, sender({ aadObjectId: id.toUpperCase() }), 1, today);
    expect([first.person?.staff, first.welcomeDue]).toEqual(['100001', true]);
    expect((await takeInstall(db, sender(), 2, today)).welcomeDue).toBe(false);
    expect(await conversationOf(db, id.toUpperCase())).toMatchObject({ aad_id: id, conversation_id: 'a:1' });
    expect(await unknown(ports)).toEqual([]);
  });

  test('after a removal, or in another chat, is greeted anew', async () => {
    const { database } = await withStaff();
    await takeInstall(database.db, sender(), 1, today);
    await takeRemoval(database.db, sender(), 2);
    expect((await takeInstall(database.db, sender(), 3, today)).welcomeDue).toBe(true);
    const other = await takeInstall(database.db, sender({ conversationId: 'a:2' }), 4, today);
    expect(other.welcomeDue).toBe(true);
    expect(await conversationOf(database.db, id)).toMatchObject({ conversation_id: 'a:2', unreachable_since: null });
  });

  test('of somebody the roster does not know is remembered and noted for HR', async () => {
    const ports = await withStaff();
    const stranger = sender({ aadObjectId: aadOf('999999') });
    const taken = await takeInstall(ports.database.db, stranger, 5, today);
    expect(taken).toEqual({ person: null, welcomeDue: false });
    expect(await conversationOf(ports.database.db, aadOf('999999'))).not.toBeNull();
    expect(await unknown(ports)).toEqual([{ aad_id: aadOf('999999'), first_at: 5, last_at: 5, times: 1 }]);
  });

  test.each([{ personal: false }, { aadObjectId: '' }])('with %j ties nothing', async (differs) => {
    const ports = await withStaff();
    expect(await takeInstall(ports.database.db, sender(differs), 1, today)).toMatchObject({ welcomeDue: false });
    await takeRemoval(ports.database.db, sender(differs), 2);
    expect(await ports.database.db.selectFrom('conversation').selectAll().execute()).toEqual([]);
  });
});

describe('a removal', () => {
  test('closes the chat until the person writes again; the first reason and time stay', async () => {
    const { database } = await withStaff();
    const { db } = database;
    await rememberConversation(db, sender(), 1);
    expect(await isReachable(db)).toBe(true);
    await takeRemoval(db, sender(), 2);
    await markUnreachable(db, id, 'refused', 3);
    expect([...(await unreachableAads(db))]).toEqual([id]);
    expect(await isReachable(db)).toBe(false);
    expect(await conversationOf(db, id)).toMatchObject({ unreachable_why: 'uninstalled', unreachable_since: 2 });
    await rememberConversation(db, sender(), 4);
    expect(await isReachable(db)).toBe(true);
  });

  test('of somebody who never wrote leaves no chat to post to, also when the person counts as reachable again', async () => {
    const { database } = await withStaff();
    await takeRemoval(database.db, sender(), 1);
    expect(await conversationOf(database.db, id)).toBeNull();
    await markReachable(database.db, id);
    expect(await isReachable(database.db)).toBe(false);
    expect((await unreachableAads(database.db)).size).toBe(0);
  });
});

describe('what is known of a chat', () => {
  test('is kept where a later activity does not say it', async () => {
    const { database } = await withStaff();
    await rememberConversation(database.db, sender(), 1);
    const bare = sender({ tenantId: null, userId: null, botId: null, serviceUrl: 'http://127.0.0.1:2/' });
    await rememberConversation(database.db, bare, 2);
    expect(await conversationOf(database.db, id)).toMatchObject({
      tenant_id: 't',
      user_id: '29:1',
      bot_id: '28:kaeru',
      service_url: 'http://127.0.0.1:2/',
      updated_at: 2,
    });
  });

  test('an unknown sender is one line with a count', async () => {
    const ports = await withStaff();
    await noteUnknownSender(ports.database.db, aadOf('999999').toUpperCase(), 1);
    await noteUnknownSender(ports.database.db, aadOf('999999'), 9);
    await noteUnknownSender(ports.database.db, '', 9);
    expect(await unknown(ports)).toEqual([{ aad_id: aadOf('999999'), first_at: 1, last_at: 9, times: 2 }]);
  });
});

test('the own choice of language wins over every file', async () => {
  const ports = await withStaff();
  const { db } = ports.database;
  expect(await readerOf(db, '100001', today)).toEqual({ staff: '100001', language: 'ja' });
  await setLanguage(db, '100001', 'en', 1);
  await runImport(ports, 'staff', [aStaffRow('100001', { 言語: 'easy' })]);
  expect((await readerOf(db, '100001', today)).language).toBe('en');
  await setLanguage(db, '100001', 'easy', 2);
  expect((await readerOf(db, '100001', today)).language).toBe('easy');
  expect((await readerOf(db, '999999', today)).language).toBe('ja');
});
