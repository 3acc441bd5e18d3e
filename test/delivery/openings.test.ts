import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { planOpenings } from '../../src/delivery/openings/plan-openings.ts';
import type { CreateResult } from '../../src/ports/chat.ts';
import type { TestService } from '../build/service.ts';
import { aadOf } from '../build/staff-member.ts';
import { sent } from '../fakes/chat.ts';
import { at, numbers, plan, toyService } from './toy-room.ts';

const serviceUrl = 'https://smba.trafficmanager.net/jp/';
const openings = (service: TestService) =>
  service.db.selectFrom('chat_opening').select(['aad_id', 'state', 'why']).orderBy('aad_id').execute();

/** Nobody has written yet, but for the first. */
async function strangers(staff: string[], more: Parameters<typeof toyService>[1] = {}): Promise<TestService> {
  const service = await toyService(staff, { installed: staff.slice(0, 1), serviceUrl, ...more });
  await planOpenings(service.ports, service.ports.clock.now());
  return service;
}

/** Requests that are claimed and wait for their moment within 160 ms: at twice a pace of 20, while a standstill is made up for, no more than these. */
const claimedAhead = 7;

describe('people who never wrote', () => {
  test('get their chat opened ahead, and then their cards', async () => {
    const staff = numbers(12);
    const service = await strangers(staff);
    await service.settle();
    expect(service.ports.chat.created.sort()).toEqual(staff.slice(1).map(aadOf).sort());
    await plan(service.ports, staff);
    await service.settle();
    expect((await ledger(service.db)).totals).toEqual({ sent: 12 });
    const conversations = service.ports.chat.calls.map((call) => call.conversation);
    expect(conversations).toContain(`opened-${aadOf('100002')}`);
  });

  test('whose cards wait already get them when the chat is there', async () => {
    const staff = numbers(4);
    const service = await toyService(staff, { installed: [], serviceUrl });
    await plan(service.ports, staff);
    await service.settle();
    expect((await ledger(service.db)).totals).toEqual({ pending: 4 });
    await planOpenings(service.ports, service.ports.clock.now());
    await service.settle();
    expect((await ledger(service.db)).totals).toEqual({ sent: 4 });
  });

  test('are left alone where KAERU_SERVICE_URL is not set', async () => {
    const service = await toyService(numbers(3), { installed: [] });
    await planOpenings(service.ports, service.ports.clock.now());
    await service.settle();
    expect(service.ports.chat.created).toEqual([]);
  });

  test('are not asked a second time after a refusal or an unclear answer, whatever is imported', async () => {
    const staff = numbers(5);
    const service = await strangers(staff);
    const answers: CreateResult[] = [
      { kind: 'refused', why: 'blocked', status: 403 },
      { kind: 'unknown', why: 'timeout', status: null },
      { kind: 'unknown', why: 'server-error', status: 502 },
      { kind: 'refused', why: 'not-found', status: 404 },
    ];
    service.ports.chat.answerCreate(
      (_aad, number) => answers[number - 1] ?? { kind: 'unknown', why: 'x', status: null },
    );
    await service.settle();
    service.ports.clock.moveTo(at('16:15') + 86_400_000);
    await planOpenings(service.ports, service.ports.clock.now());
    await service.settle();
    expect(service.ports.chat.created).toHaveLength(4);
    expect((await openings(service)).map((row) => row.state).sort()).toEqual([
      'refused',
      'refused',
      'unknown',
      'unknown',
    ]);
  });

  test('are tried again after a 429, when it allows, and not before', async () => {
    const service = await strangers(numbers(3));
    service.ports.chat.answerCreate((aad, number) =>
      number === 1
        ? { kind: 'throttled', why: 'throttled', retryAfter: 9000, status: 429 }
        : { kind: 'created', conversationId: `opened-${aad}`, status: 201 },
    );
    await service.settle();
    expect((await openings(service)).map((row) => row.state)).toEqual(['opened', 'opened']);
    expect(service.ports.clock.elapsed()).toBeGreaterThanOrEqual(9000);
  });

  test('on 休職, without an id, or who have left are not asked', async () => {
    const service = await toyService([], {
      staff: [
        { staff: '100001', work_type: '休職' },
        { staff: '100002', aad_id: null },
        { staff: '100003', left_on: '2026-10-31' },
        { staff: '100004' },
      ],
      installed: [],
      serviceUrl,
    });
    await planOpenings(service.ports, service.ports.clock.now());
    await service.settle();
    expect(service.ports.chat.created).toEqual([aadOf('100004')]);
  });

  test('are asked at most once each over any number of crashes', async () => {
    const staff = numbers(30);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(900), { minLength: 1, maxLength: 12 }), async (crashes) => {
        const service = await strangers(staff, { pace: 20 });
        service.ports.chat.answerCreate(async (aad, number) => {
          await service.ports.clock.wait(number % 3 === 0 ? 400 : 0);
          return { kind: 'created', conversationId: `opened-${aad}`, status: 201 };
        });
        for (const after of crashes) {
          service.delivery.wake();
          await service.ports.clock.advance(after);
          await service.crash();
        }
        await service.settle();
        expect(new Set(service.ports.chat.created).size).toBe(service.ports.chat.created.length);
        const rows = await openings(service);
        expect(rows).toHaveLength(29);
        for (const row of rows) expect(['opened', 'unknown']).toContain(row.state);
        const attempts = await service.db.selectFrom('attempt').select('id').where('kind', '=', 'create').execute();
        const unasked = attempts.length - service.ports.chat.created.length;
        expect(unasked).toBeGreaterThanOrEqual(0);
        expect(unasked).toBeLessThanOrEqual(claimedAhead * crashes.length);
      }),
      { numRuns: 8 },
    );
  });
});

test('a card is sent before chats are opened for others', async () => {
  const staff = numbers(20);
  const service = await strangers(staff, { pace: 5 });
  await plan(service.ports, ['100001']);
  service.ports.chat.answer((_call, number) => sent(number));
  service.delivery.wake();
  await service.ports.clock.advance(100);
  expect(service.ports.chat.calls.length).toBe(1);
  await service.settle();
  expect(service.ports.chat.created).toHaveLength(19);
});
