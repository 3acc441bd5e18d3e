import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DayFacts, type Presence, stillAtWork } from '../../src/attendance/index.ts';
import { type OrderEvent, standingOrders } from '../../src/attendance/rules.ts';
import { parseTimeOfDay } from '../../src/calendar/index.ts';

/** `_facts.json`: what is known of a person on 2026-11-18 (and the day before), and the minute that is asked about. */
interface Facts extends Day {
  at: string;
  stay?: string;
  yesterday?: Day;
}

interface Day {
  /** 出勤 and 退勤; null is no 退勤 yet. */
  clock?: [string, string | null][];
  /** Told in this order. `applied` is local time of Tokyo. */
  orders?: { applied: string; start: string; end: string; status: OrderEvent['status'] }[];
}

const cases = new URL('cases/', import.meta.url);

function minute(text: string): number {
  const read = parseTimeOfDay(text);
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json has the time ${text}. ${read.problem}`);
}

function presence({ clock = [], orders = [] }: Day): Presence {
  return {
    clock: clock.map(([start, end]) => ({ start: minute(start), end: end === null ? null : minute(end) })),
    orders: standingOrders(
      orders.map(({ applied, start, end, status }) => ({
        appliedAt: Date.parse(`${applied}:00+09:00`),
        start: minute(start),
        end: minute(end),
        status,
      })),
    ),
  };
}

const json = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`${encodeURIComponent(name)}/${file}`, cases), 'utf8'));

describe('at work', () => {
  test.each(readdirSync(cases))('%s', (name) => {
    const facts = json(name, '_facts.json') as Facts;
    const day: DayFacts = { date: '2026-11-18', ...presence(facts), before: presence(facts.yesterday ?? {}) };
    const stay = facts.stay === undefined ? null : minute(facts.stay);
    expect(stillAtWork(day, minute(facts.at), stay)).toEqual(json(name, 'decision.json'));
  });
});

describe('whatever the facts are', () => {
  const minuteOfDay = fc.integer({ min: 0, max: 2879 });
  const span = fc.tuple(minuteOfDay, minuteOfDay).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
  const entry = fc.oneof(
    span,
    span.map(({ start }) => ({ start, end: null })),
  );
  const order = fc
    .record({ appliedAt: fc.nat(), status: fc.constantFrom('申請', '命令', '取消') })
    .chain((told) => span.map((when) => ({ ...told, ...when }) as OrderEvent));
  const side = fc.record({ clock: fc.array(entry, { maxLength: 4 }), orders: fc.array(order, { maxLength: 4 }) });
  const day = fc.record({
    date: fc.constant('2026-11-18'),
    clock: side.map((one) => one.clock),
    orders: side.map((one) => one.orders),
    before: side,
  });

  test('a clock entry that holds the minute is named, and nothing is named that is not among the facts', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1439 }), fc.option(minuteOfDay), (facts, at, stay) => {
        const found = stillAtWork(facts, at, stay);
        const holds = facts.clock.some(({ start, end }) => start <= at && (end === null || end > at));
        if (holds) expect(found).toMatchObject({ atWork: true, evidence: 'clock' });
        if (!found.atWork) return;
        const ends = [...facts.orders, ...facts.before.orders.map((one) => ({ ...one, end: one.end - 1440 }))];
        const status = { order: '命令', application: '申請' } as const;
        if (found.evidence === 'clock') expect(found.minute).toBeLessThanOrEqual(at);
        else expect(found.minute).toBeGreaterThan(at);
        if (found.evidence === 'order' || found.evidence === 'application') {
          const named = status[found.evidence];
          expect(ends.some((one) => one.status === named && one.end === found.minute)).toBe(true);
        }
        if (found.evidence === 'answer') expect(found.minute).toBe(stay);
      }),
    );
  });

  test('orders that were all cancelled never keep anybody at work', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1439 }), (facts, at) => {
        const cancel = (orders: OrderEvent[]) => orders.map((one) => ({ ...one, status: '取消' as const }));
        const gone = {
          ...facts,
          orders: cancel(facts.orders),
          before: { ...facts.before, orders: cancel(facts.before.orders) },
        };
        const found = stillAtWork(gone, at);
        expect(found.atWork && found.evidence !== 'clock').toBe(false);
      }),
    );
  });
});
