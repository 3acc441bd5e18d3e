import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerMinutes,
  type DayFacts,
  decideCards,
  decideResults,
  decideSummaries,
  type PersonFacts,
  untilChoices,
} from '../../src/no-overtime-day/rules.ts';
import { decisionOn } from './read-case.ts';

const CASES = new URL('cases/', import.meta.url);

describe('no-overtime day:', () => {
  test.each(readdirSync(fileURLToPath(CASES)))('%s', (name) => {
    const folder = new URL(`${encodeURIComponent(name)}/`, CASES);
    const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
    expect(read('_why.md').trim()).not.toBe('');
    expect(decisionOn(folder)).toEqual(JSON.parse(read('decision.json')));
  });
});

const away = fc.constantFrom(null, 'leave', 'half-day', 'trip', 'absent', 'muted', 'not-hired', 'retired');
const day: fc.Arbitrary<DayFacts> = fc.record({
  date: fc.constant('2026-11-18'),
  kind: fc.constantFrom('working', 'weekend', 'holiday', 'year-end'),
  cityDay: fc.boolean(),
  movedHere: fc.boolean(),
  wlbDay: fc.boolean(),
});
const people = fc.uniqueArray(
  fc.record({
    staff: fc.integer({ min: 1, max: 60 }).map((n) => String(100000 + n)),
    endMinute: fc.integer({ min: 60, max: 2000 }),
    sectionDay: fc.boolean(),
    shift: fc.boolean(),
    away,
  }) as fc.Arbitrary<PersonFacts>,
  { selector: (person) => person.staff, maxLength: 30 },
);
const minutesBeforeEnd = fc.integer({ min: 0, max: 180 });

describe('on any day, for any people', () => {
  test('everybody the day concerns is decided exactly once, nobody else', () => {
    fc.assert(
      fc.property(day, people, minutesBeforeEnd, (facts, staff, before) => {
        const concerned = staff.filter((one) => facts.cityDay || facts.movedHere || one.sectionDay);
        const decided = decideCards(facts, staff, before).map((one) => one.staff);
        expect([...decided].sort()).toEqual(concerned.map((one) => one.staff).sort());
      }),
    );
  });

  test('the card goes the agreed minutes before the own end and is of use until the hour after it', () => {
    fc.assert(
      fc.property(day, people, minutesBeforeEnd, (facts, staff, before) => {
        const ends = new Map(staff.map((one) => [one.staff, one.endMinute]));
        for (const one of decideCards(facts, staff, before)) {
          expect(one.minute).toBe((ends.get(one.staff) ?? Number.NaN) - before);
          expect(one.lastUsefulMinute).toBe((ends.get(one.staff) ?? Number.NaN) + answerMinutes);
        }
      }),
    );
  });

  test('nobody is asked on a day off, on a WLB day, on a shift or when away; whoever is not asked has a reason', () => {
    fc.assert(
      fc.property(day, people, minutesBeforeEnd, (facts, staff, before) => {
        const facing = new Map(staff.map((one) => [one.staff, one]));
        for (const one of decideCards(facts, staff, before)) {
          const person = facing.get(one.staff);
          const free = facts.kind === 'working' && !facts.wlbDay && person?.away === null && !person.shift;
          expect(one.why === undefined).toBe(free);
          if ('why' in one) expect(one.why).toMatch(/^[a-z-]+$/);
        }
      }),
    );
  });
});

const headNumbers = ['200001', '200002', '200003', '200004'];
const teamsOf = fc
  .tuple(day, people, fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }))
  .chain(([facts, staff, of]) => {
    const cards = decideCards(facts, staff, 60);
    const acting = fc.constantFrom<(string | null)[]>(...headNumbers, '300001', null);
    return fc.array(acting, { minLength: 4, maxLength: 4 }).map((chosen) =>
      headNumbers
        .map((head, index) => ({
          head,
          acting: chosen[index] ?? null,
          headAway: chosen[index] === head ? null : ('leave' as const),
          members: cards.filter((_card, at) => of[at] === index),
        }))
        .filter((team) => team.members.length > 0),
    );
  });

describe('for any teams', () => {
  test.each(['summaries', 'results'] as const)(
    '%s: nobody gets two cards and every team is covered once or explained',
    (kind) => {
      fc.assert(
        fc.property(teamsOf, (teams) => {
          const decided =
            kind === 'summaries'
              ? decideSummaries(teams, (staff) => ({ staff, endMinute: 1035 }))
              : decideResults(teams, () => 540, 2475);
          const staff = decided.map((one) => one.staff);
          expect(new Set(staff).size).toBe(staff.length);
          const due = decided.filter((one) => !one.why);
          const covered = due.flatMap((one) => one.heads);
          expect(new Set(covered).size).toBe(covered.length);
          for (const team of teams) {
            const asked = team.members.some((member) => !member.why);
            expect(covered.includes(team.head)).toBe(asked && team.acting !== null);
            expect(staff.includes(team.head)).toBe(true);
          }
        }),
      );
    },
  );

  test('a summary is of use until nobody of the teams it covers can answer any more', () => {
    fc.assert(
      fc.property(teamsOf, (teams) => {
        for (const one of decideSummaries(teams, (staff) => ({ staff, endMinute: 1035 })).filter((card) => !card.why)) {
          const members = teams.filter((team) => one.heads.includes(team.head)).flatMap((team) => team.members);
          for (const member of members.filter((card) => !card.why))
            expect(one.lastUsefulMinute).toBeGreaterThanOrEqual(member.lastUsefulMinute);
        }
      }),
    );
  });

  test('the times to choose from are quarter hours after the own end, at least one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2800 }), fc.integer({ min: 0, max: 2800 }), (end, last) => {
        const choices = untilChoices(end, last);
        expect(choices.length).toBeGreaterThan(0);
        for (const choice of choices) expect(choice % 15 === 0 && choice > end).toBe(true);
        expect(choices.at(-1)).toBeLessThanOrEqual(Math.max(last, end + 15));
      }),
    );
  });
});
