import type { Fact } from '../../delivery/index.ts';
import type { OwnHoursWords } from './words.ts';

/** The figures of one profile as the card shows them. Minutes; null is unknown. */
export interface SetView {
  /** The profile's name, with the 事業場 where there are several. */
  name: string;
  minutes: number;
  year: number | null;
  months45: { count: number | null; allowed: number } | null;
  managerMinutes: number;
  flaggedMinutes: number;
  /** By the names of the contract: `month-70`, `year-480`, `average`, `restriction`. */
  headroom: Record<string, number | null>;
  /** Hours of the average limit, as `80`. */
  averageHours: string | null;
  passed: string[];
  /** The month before which nothing is known, as the reader's language writes it. */
  noRecordUntil: string;
  outlook: {
    monthEnd: number;
    yearEnd: number | null;
    /** The nearest averaging window that would pass. */
    breaks: { length: number; month: number } | null;
  } | null;
}

/** The lines of one profile, in reading order: what is, what is left, what is to be expected. */
export function factsOf(set: SetView, words: OwnHoursWords): Fact[] {
  const { facts, duration } = words;
  const unknown = words.noRecord(set.noRecordUntil);
  const lines: (Fact | null)[] = [
    { title: facts.month, value: duration(set.minutes) },
    { title: facts.year, value: set.year === null ? unknown : duration(set.year) },
    set.months45 === null ? null : { title: facts.months45, value: monthsText(set.months45, unknown, words) },
    set.managerMinutes > 0 ? { title: facts.manager, value: duration(set.managerMinutes) } : null,
    set.flaggedMinutes > 0 ? { title: facts.flagged, value: duration(set.flaggedMinutes) } : null,
    ...roomsOf(set, unknown, words),
    ...outlookOf(set, words),
  ];
  return lines.filter((line) => line !== null);
}

function monthsText({ count, allowed }: NonNullable<SetView['months45']>, unknown: string, words: OwnHoursWords) {
  return count === null ? unknown : words.months(count, allowed);
}

function roomsOf(set: SetView, unknown: string, words: OwnHoursWords): (Fact | null)[] {
  const { room } = words;
  return Object.entries(set.headroom).map(([name, minutes]) => {
    const [family = '', hours = ''] = name.split(/-(.*)/);
    if (family === 'months45') return null;
    const none = family === 'average' && set.year !== null ? words.noAverage : unknown;
    const value = minutes === null ? none : minutes === 0 ? words.nothingLeft : words.left(words.duration(minutes));
    if (family === 'restriction') return { title: room.restriction, value };
    if (family === 'average') return { title: room.average(set.averageHours ?? ''), value };
    return { title: family === 'year' ? room.year(hours) : room.month(hours), value };
  });
}

function outlookOf({ outlook, averageHours }: SetView, words: OwnHoursWords): (Fact | null)[] {
  if (outlook === null) return [];
  const { monthEnd, yearEnd, breaks } = outlook;
  return [
    { title: words.facts.monthEnd, value: words.duration(monthEnd) },
    yearEnd === null ? null : { title: words.facts.yearEnd, value: words.duration(yearEnd) },
    breaks === null
      ? null
      : { title: words.breaksLabel, value: words.breaks(breaks.length, breaks.month, averageHours ?? '') },
  ];
}
