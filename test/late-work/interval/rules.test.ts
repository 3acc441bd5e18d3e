import { describe } from 'vitest';
import { formatTimeOfDay } from '../../../src/calendar/index.ts';
import { type DayKind, decideRests } from '../../../src/late-work/interval/rules.ts';
import type { WhyNot } from '../../../src/ports/room.ts';
import { minuteOf, testCases } from '../cases-in.ts';

interface Facts {
  kind?: DayKind;
  target: number;
  people: {
    staff: string;
    start?: string;
    rest: number;
    shift?: boolean;
    away?: WhyNot;
    paused?: WhyNot;
    sharedTerminal?: boolean;
  }[];
}

describe('interval:', () => {
  testCases<Facts>(new URL('cases/', import.meta.url), ({ kind = 'working', target, people }) => {
    const facts = people.map(({ staff, start, rest, shift, away, paused, sharedTerminal }) => ({
      ...{ staff, rest, shift: shift ?? false, away: away ?? null, paused: paused ?? null },
      ...{ sharedTerminal: sharedTerminal ?? false, startMinute: minuteOf(start ?? '08:30') },
    }));
    return {
      decided: decideRests(kind, facts, target).map(({ staff, minute, lastUsefulMinute, rest, why }) => ({
        ...{ staff, at: formatTimeOfDay(minute), until: formatTimeOfDay(lastUsefulMinute), rest, why },
      })),
    };
  });
});
