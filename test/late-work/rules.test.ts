import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, type RouteFacts, routeRequest } from '../../src/late-work/route-request.ts';
import { decideCards, type PersonFacts, quarterHours } from '../../src/late-work/rules.ts';
import { decisionOn } from './read-case.ts';

const CASES = new URL('cases/', import.meta.url);

describe('20:00:', () => {
  test.each(readdirSync(fileURLToPath(CASES)))('%s', (name) => {
    const folder = new URL(`${encodeURIComponent(name)}/`, CASES);
    const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
    expect(read('_why.md').trim()).not.toBe('');
    expect(decisionOn(folder)).toEqual(JSON.parse(read('decision.json')));
  });
});

const away = fc.constantFrom(null, 'leave', 'half-day', 'trip', 'absent', 'muted', 'not-hired', 'retired');
const people = fc.uniqueArray(
  fc.record({
    staff: fc.integer({ min: 1, max: 60 }).map((n) => String(100000 + n)),
    agreed: fc.boolean(),
    shift: fc.boolean(),
    onOwnHours: fc.boolean(),
    away,
    paused: fc.constantFrom(null, 'emergency', 'peak'),
    presence: fc.constantFrom('at-work', 'left', 'not-at-work'),
    stated: fc.boolean(),
    prior: fc.boolean(),
    recent: fc.integer({ min: 0, max: 4 }),
  }) as fc.Arbitrary<PersonFacts>,
  { selector: (person) => person.staff, maxLength: 30 },
);

describe('on any evening, for any people', () => {
  const day = { cardMinute: 1170, lastCardMinute: 1320 };

  test('a card goes only to somebody at work on a working day, and whoever gets none has a reason', () => {
    fc.assert(
      fc.property(fc.constantFrom('working', 'holiday', 'year-end'), people, (kind, staff) => {
        const decided = decideCards({ kind, ...day } as Parameters<typeof decideCards>[0], staff);
        expect(decided.map((one) => one.staff)).toEqual(staff.map((one) => one.staff));
        for (const [at, one] of decided.entries()) {
          const person = staff[at];
          const free =
            person?.agreed && !person.shift && !person.onOwnHours && person.away === null && person.paused === null;
          const asks = !person?.stated && !person?.prior && (person?.recent ?? 0) < 2;
          expect(one.why === undefined).toBe(
            kind === 'working' && free === true && person.presence === 'at-work' && asks,
          );
        }
      }),
    );
  });
});

const candidate = fc.record({
  staff: fc.integer({ min: 1, max: 9 }).map(String),
  away,
  presence: fc.constantFrom('at-work', 'left', 'unknown'),
}) as fc.Arbitrary<Candidate>;
const route = fc.record({
  head: fc.option(candidate),
  deputies: fc.array(candidate, { maxLength: 3 }),
  above: fc.array(candidate, { maxLength: 3 }),
  office: fc.array(candidate, { maxLength: 2 }),
  over: fc.boolean(),
}) as fc.Arbitrary<RouteFacts>;

describe('a request, wherever everybody is', () => {
  test('never reaches somebody away, and somebody who has left only as the head, marked 任意', () => {
    fc.assert(
      fc.property(route, (facts) => {
        const asked = routeRequest(facts);
        if (asked === null) {
          expect(facts.over || facts.head?.away !== null).toBe(true);
          return;
        }
        expect(facts.over).toBe(false);
        const among = [...(facts.head ? [facts.head] : []), ...facts.deputies, ...facts.above, ...facts.office];
        const possible = among.filter((one) => one.staff === asked.staff && one.away === null);
        expect(possible).not.toEqual([]);
        expect(asked.optional).toBe(asked.as === 'head' && facts.head?.presence === 'left');
        if (!asked.optional) expect(possible.some((one) => one.presence !== 'left')).toBe(true);
      }),
    );
  });
});

test('quarter hours lie after now, on quarters, and not after 22:00', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1500 }), (now) => {
      const choices = quarterHours(now, 1320);
      for (const minute of choices) expect(minute > now && minute % 15 === 0 && minute <= 1320).toBe(true);
      expect(choices.length > 0).toBe(now < 1320);
    }),
  );
});
