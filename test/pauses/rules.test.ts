import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayKind, holidaysWith, instantAt, localAt } from '../../src/calendar/index.ts';
import { endChoices, LONGEST, mayExtend, mayStart } from '../../src/pauses/emergency/rules.ts';
import { PROGRAMMES, type Programme } from '../../src/pauses/programmes.ts';
import { deferUntil, type ReceivingFacts } from '../../src/pauses/receiving/rules.ts';
import { decideRestPlan } from '../../src/pauses/rest-plan/rules.ts';
import { endOf, holdsAt, isWithin, type ModeFacts, periodsOf, whyPaused } from '../../src/pauses/rules.ts';
import { receivingWindow } from '../../src/people/rules.ts';
import type { WhyNot } from '../../src/ports/room.ts';
import { aStaffMember } from '../build/staff-member.ts';
import { decisionOn } from './read-case.ts';

const CASES = new URL('cases/', import.meta.url);

describe('pauses:', () => {
  test.each(readdirSync(fileURLToPath(CASES)))('%s', (name) => {
    const folder = new URL(`${encodeURIComponent(name)}/`, CASES);
    const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
    expect(read('_why.md').trim()).not.toBe('');
    expect(decisionOn(folder)).toEqual(JSON.parse(read('decision.json')));
  });
});

const hour = 3_600_000;
const start = Date.parse('2026-11-18T00:00:00+09:00');
const instants = fc.integer({ min: 0, max: 10 * 24 * 60 }).map((minutes) => start + minutes * 60_000);
const paths = fc.constantFrom('見本局', '見本局/見本部', '見本局/見本部/見本課', '見本局/見本部/別課', '別局');
const modes: fc.Arbitrary<ModeFacts[]> = fc.array(
  fc
    .record({
      path: paths,
      from: instants,
      length: fc.integer({ min: 1, max: 7 * 24 * 60 }),
      ended: fc.option(instants),
    })
    .map(({ path, from, length, ended }) => ({
      key: path,
      path,
      startedAt: from,
      endsAt: from + length * 60_000,
      endedAt: ended === null ? null : Math.max(from, ended),
    })),
  { maxLength: 8 },
);
const person = aStaffMember({ staff: '100001' });
const codes = Object.keys(PROGRAMMES) as Programme[];

describe('for any modes, nested, overlapping, ended early or late', () => {
  test('a mode never outlives the end that was said, and keeps back what is due after its start and before its end', () => {
    fc.assert(
      fc.property(modes, instants, (held, at) => {
        const covering = held.filter((mode) => '見本局/見本部/見本課'.startsWith(mode.path));
        const expected = covering.some(
          (mode) => mode.startedAt < at && at < mode.endsAt && at < (mode.endedAt ?? at + 1),
        );
        for (const code of codes) {
          const why = whyPaused({ modes: held, peaks: [], stoppedAt: () => null }, person, code, at);
          expect(why).toBe(expected && PROGRAMMES[code].emergencyOff ? 'emergency' : null);
        }
        for (const mode of held) expect(endOf(mode)).toBeLessThanOrEqual(mode.endsAt);
      }),
    );
  });

  test('candidate times are in order, apart, inside what was asked, and hold exactly the minutes some mode covers', () => {
    fc.assert(
      fc.property(modes, instants, instants, instants, (held, one, other, at) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const periods = periodsOf(held, person, from, to);
        for (const [index, period] of periods.entries()) {
          expect(period.from).toBeLessThan(period.to);
          expect(period.from).toBeGreaterThanOrEqual(from);
          expect(period.to).toBeLessThanOrEqual(to);
          expect(period.from).toBeGreaterThan(periods[index - 1]?.to ?? Number.NEGATIVE_INFINITY);
        }
        const covered = held.some((mode) => isWithin(person, mode) && holdsAt(mode, at));
        const inside = periods.some((period) => period.from <= at && at < period.to);
        expect(inside).toBe(covered && from <= at && at < to);
      }),
    );
  });

  test.each(['head', 'hr'] as const)(
    'every end that %s is offered may be set, and none is later than the role may',
    (as) => {
      const section = { key: 'A', path: 'A' };
      const authority = { as, sections: as === 'head' ? [section] : [] };
      fc.assert(
        fc.property(instants, fc.integer({ min: 0, max: 59_999 }), (minute, rest) => {
          const now = minute + rest;
          const ends = endChoices(as, now);
          expect(ends.length).toBeLessThanOrEqual(7);
          for (const end of ends) {
            expect(mayStart(authority, section, end, now, [])).toBe(null);
            expect(end).toBeLessThanOrEqual(now + LONGEST[as]);
            expect(localAt(end, 'Asia/Tokyo').minute % 15).toBe(0);
          }
        }),
      );
    },
  );

  test('however often a head extends, the mode ends within a day of its start', () => {
    const section = { key: 'A', path: 'A' };
    const authority = { as: 'head' as const, sections: [section] };
    fc.assert(
      fc.property(fc.array(fc.tuple(instants, instants), { maxLength: 20 }), (presses) => {
        const mode = { ...section, startedAt: start, endsAt: start + hour, endedAt: null, startedAs: 'head' as const };
        for (const [now, end] of presses) if (mayExtend(authority, mode, end, now) === null) mode.endsAt = end;
        expect(mode.endsAt).toBeLessThanOrEqual(start + 24 * hour);
      }),
    );
  });
});

const clockTime = fc.integer({ min: 0, max: 1439 });
const receiving = fc
  .record({ startMinute: fc.integer({ min: 300, max: 1020 }), length: fc.integer({ min: 240, max: 780 }) })
  .map(
    ({ startMinute, length }): ReceivingFacts => ({
      kind: 'event',
      outsideHours: false,
      startMinute,
      endMinute: startMinute + length,
      office: { startMinute: 510, endMinute: 1035 },
      quiet: { eventFromMinute: 510, eventToMinute: 1080, eventNextMinute: 525 },
      calendar: { holidays: holidaysWith([]), closure: { from: '12-29', to: '01-03' } },
      timeZone: 'Asia/Tokyo',
      atWork: false,
      declaredDuty: null,
    }),
  );
const days = fc.integer({ min: 0, max: 400 }).map((count) => localAt(start + count * 24 * hour, 'Asia/Tokyo').date);

describe('for anybody, at any minute of a year', () => {
  test('an event comes in the person’s own time of a working day, never earlier than wanted, and asking again moves it no further', () => {
    fc.assert(
      fc.property(receiving, days, clockTime, (facts, date, minute) => {
        const wanted = instantAt(date, minute, facts.timeZone);
        const goes = deferUntil(facts, wanted);
        expect(goes).toBeGreaterThanOrEqual(wanted);
        const { from, to } = receivingWindow(facts);
        const local = localAt(goes, facts.timeZone);
        const begun = [local.date, localAt(goes - 24 * hour, facts.timeZone).date].filter((day) => {
          const [first, last] = [instantAt(day, from, facts.timeZone), instantAt(day, to, facts.timeZone)];
          return first <= goes && goes < last && dayKind(day, facts.calendar) === 'working';
        });
        expect(begun.length).toBeGreaterThan(0);
        expect(deferUntil(facts, goes)).toBe(goes);
      }),
    );
  });

  test('what may not wait never waits, and who chose to receive at any time never waits', () => {
    fc.assert(
      fc.property(receiving, days, clockTime, (facts, date, minute) => {
        const wanted = instantAt(date, minute, facts.timeZone);
        expect(deferUntil({ ...facts, kind: 'time-bound' }, wanted)).toBe(wanted);
        expect(deferUntil({ ...facts, kind: 'request', atWork: true }, wanted)).toBe(wanted);
        expect(deferUntil({ ...facts, outsideHours: true }, wanted)).toBe(wanted);
      }),
    );
  });
});

test('after an election nobody gets the card twice, whatever days they are away', () => {
  const away = fc.array(fc.constantFrom<(WhyNot | null)[]>(null, 'leave', 'trip', 'half-day'), {
    minLength: 8,
    maxLength: 8,
  });
  fc.assert(
    fc.property(away, (eight) => {
      const due = eight.flatMap((_why, at) =>
        decideRestPlan([{ staff: '100001', minute: 525, away: eight.slice(0, at + 1) }]).filter((one) => !one.why),
      );
      expect(due.length).toBe(eight.slice(0, 5).includes(null) ? 1 : 0);
    }),
  );
});
