import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, localAt, weekdayOf } from '../../../src/calendar/index.ts';
import { ledger } from '../../../src/delivery/index.ts';
import type { Contact, Urgency } from '../../../src/ports/room.ts';
import type { TestService } from '../../build/service.ts';
import { type Call, never, refused, sent, throttled, unclear } from '../../fakes/chat.ts';
import { numbers, plan, toyService } from '../toy-room.ts';

const long = process.env['KAERU_LONG'] === '1';
const runs = long ? 150 : 6;
const limit = long ? 900_000 : 20_000;
const oneHour = 3_600_000;
const staff = numbers(3);
const BUDGET = 2;
const policy = `organisation: 見本市\ncontactBudget: { pingsPerWeek: ${BUDGET} }\n`;

/** What is planned, for whom, of use for how many hours, and how many hours later the next thing happens. */
const step = fc.record({
  kind: fc.constantFrom('counted', 'counted', 'counted', 'time-bound', 'awaited', 'urgent', 'digest', 'merge'),
  staff: fc.subarray(staff, { minLength: 1 }),
  hours: fc.integer({ min: 1, max: 120 }),
  next: fc.integer({ min: 0, max: 30 }),
});
const fate = fc.constantFrom('sent', 'sent', 'sent', 'sent', 'lost', 'unclear', 'throttled', 'paused', 'refused');

interface Step {
  kind: 'counted' | 'time-bound' | 'awaited' | 'urgent' | 'digest' | 'merge';
  staff: string[];
  hours: number;
  next: number;
}

const contactOf = ({ kind }: Step): Contact => (kind === 'digest' || kind === 'merge' ? 'counted' : kind);
const urgencyOf = ({ kind }: Step): Urgency => (kind === 'digest' || kind === 'merge' ? kind : 'ping');

/** What rang in each person's chat, written down beside the service: which step it was for, and in which week. */
class Bell {
  readonly rings: { staff: string; counted: boolean; week: string }[] = [];
  readonly #service: TestService;
  readonly #counted = new Map<string, boolean>();

  constructor(service: TestService) {
    this.#service = service;
  }

  async learn(steps: Step[]): Promise<void> {
    const items = await this.#service.db.selectFrom('item').select(['id', 'occasion']).execute();
    for (const { id, occasion } of items) {
      const one = steps[Number(occasion)];
      if (one) this.#counted.set(id, contactOf(one) === 'counted');
    }
  }

  /** A request that Teams accepted. The week is worked out from the weekday, day by day. */
  heard(call: Call): void {
    if (call.kind !== 'send') return;
    let { date } = localAt(this.#service.ports.clock.now(), 'Asia/Tokyo');
    while (weekdayOf(date) !== 'mon') date = addDays(date, -1);
    const item = /"refresh":.*?"i":"([^"]+)"/.exec(JSON.stringify(call.message.card))?.[1] ?? '';
    this.rings.push({ staff: call.conversation, counted: this.#counted.get(item) ?? false, week: date });
  }

  mostInAWeek(): number {
    const counts = Map.groupBy(
      this.rings.filter((ring) => ring.counted),
      (ring) => `${ring.staff} ${ring.week}`,
    );
    return Math.max(0, ...[...counts.values()].map((rings) => rings.length));
  }
}

async function planStep(service: TestService, one: Step, index: number): Promise<void> {
  const now = service.ports.clock.now();
  await plan(service.ports, one.staff, {
    occasion: String(index),
    date: localAt(now, 'Asia/Tokyo').date,
    dueAt: now,
    until: now + one.hours * oneHour,
    contact: contactOf(one),
    urgency: urgencyOf(one),
  });
}

const planned = (steps: Step[]) => steps.reduce((sum, one) => sum + one.staff.length, 0);
const total = (totals: Record<string, number>) => Object.values(totals).reduce((sum, count) => sum + count, 0);

/** Every open item stands on exactly one message. */
async function expectOneMessageEach({ db }: TestService): Promise<void> {
  const rows = await db.selectFrom('message_item').select('item_id').where('until_at', 'is', null).execute();
  expect(new Set(rows.map((row) => row.item_id)).size).toBe(rows.length);
  const open = await db.selectFrom('item').select('id').where('state', '=', 'open').execute();
  expect(rows).toHaveLength(open.length);
}

test('random weeks: never more counted pings than the budget, what is time-bound goes at once, the books add up', {
  timeout: limit,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const service = await toyService(staff, { policy, now: '2026-11-16T09:00:00+09:00' });
      const bell = new Bell(service);
      service.ports.chat.answer((call, number) => {
        bell.heard(call);
        return sent(number);
      });
      for (const [index, one] of steps.entries()) {
        await planStep(service, one, index);
        await bell.learn(steps);
        await service.settle();
        const { items, totals } = await ledger(service.db);
        expect(total(totals)).toBe(planned(steps.slice(0, index + 1)));
        if (contactOf(one) !== 'counted') {
          const rows = await service.db.selectFrom('item').select('id').where('occasion', '=', String(index)).execute();
          expect(rows).toHaveLength(one.staff.length);
          expect(items.filter((item) => item.state === 'pending' && item.why === undefined)).toEqual([]);
        }
        service.ports.clock.moveTo(service.ports.clock.now() + one.next * oneHour);
        service.delivery.wake();
        await service.settle();
      }
      service.ports.clock.moveTo(service.ports.clock.now() + 200 * oneHour);
      service.delivery.wake();
      await service.settle();
      const { items } = await ledger(service.db);
      expect(bell.mostInAWeek()).toBeLessThanOrEqual(BUDGET);
      for (const item of items)
        expect(`${item.state} ${item.why ?? ''}`).toMatch(/^(sent |skipped budget|skipped digest)$/);
      await expectNothingPassedOver(service, steps);
      await expectOneMessageEach(service);
    }),
    { numRuns: runs * 2 },
  );
});

/** Nothing that was exempt is skipped, and nothing waited past a ping of its person that had room for it. */
async function expectNothingPassedOver({ db }: TestService, steps: Step[]): Promise<void> {
  const skipped = await db
    .selectFrom('item')
    .innerJoin('message_item', 'message_item.item_id', 'item.id')
    .innerJoin('message', 'message.id', 'message_item.message_id')
    .select(['item.staff', 'item.occasion', 'item.created_at', 'item.last_useful_at'])
    .where('message.state', '=', 'skipped')
    .execute();
  const cards = await db
    .selectFrom('message')
    .innerJoin('message_item', 'message_item.message_id', 'message.id')
    .select((row) => ['message.id', 'message.staff', 'message.created_at', row.fn.countAll<number>().as('items')])
    .where('message.state', '=', 'sent')
    .groupBy(['message.id', 'message.staff', 'message.created_at'])
    .execute();
  for (const item of skipped) {
    const one = steps[Number(item.occasion)];
    expect(one && contactOf(one)).toBe('counted');
    const passed = cards.filter(
      (card) =>
        card.staff === item.staff &&
        card.created_at > item.created_at &&
        card.created_at < item.last_useful_at &&
        Number(card.items) < 7,
    );
    expect(passed).toEqual([]);
  }
}

test('with every fault on the way and deaths in between: the budget holds, nobody is lost, nothing stands in two places', {
  timeout: limit,
}, async () => {
  const run = fc.record({
    steps: fc.array(step, { minLength: 4, maxLength: 10 }),
    fates: fc.array(fate, { minLength: 5, maxLength: 30 }),
    deaths: fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(run, async ({ steps, fates, deaths }) => {
      const service = await toyService(staff, { policy, now: '2026-11-16T09:00:00+09:00' });
      const bell = new Bell(service);
      let calls = 0;
      service.ports.chat.answer((call, number) => {
        calls += 1;
        const what = fates[calls % fates.length] ?? 'sent';
        if (['sent', 'lost', 'unclear'].includes(what)) bell.heard(call);
        if (what === 'lost') return deaths.length > 0 ? never : unclear;
        if (what === 'unclear') return unclear;
        if (what === 'throttled') return throttled(null);
        if (what === 'paused') return throttled(400);
        return what === 'refused' ? refused(413) : sent(number);
      });
      for (const [index, one] of steps.entries()) {
        await planStep(service, one, index);
        await bell.learn(steps);
        service.delivery.wake();
        await service.ports.clock.advance(index % 2 === 0 ? 700 : 25_000);
        if (deaths.includes(index)) await service.crash();
        service.ports.clock.moveTo(service.ports.clock.now() + one.next * oneHour);
        service.delivery.wake();
        await service.ports.clock.advance(2000);
        expect(total((await ledger(service.db)).totals)).toBe(planned(steps.slice(0, index + 1)));
        await expectOneMessageEach(service);
      }
      await service.crash();
      service.ports.chat.answer((call, number) => {
        bell.heard(call);
        return sent(number);
      });
      await service.settle();
      expect(bell.mostInAWeek()).toBeLessThanOrEqual(BUDGET);
      const { totals } = await ledger(service.db);
      expect(total(totals)).toBe(planned(steps));
      expect(totals['sending']).toBeUndefined();
      await expectOneMessageEach(service);
    }),
    { numRuns: runs },
  );
});
