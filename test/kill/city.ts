import { chatOf, type Person, staffFile } from '../end-to-end/teams.ts';

/** The people of a kill run, and what each is to get on a Wednesday. */
export interface City {
  staff: string;
  leave: string;
  people: string[];
  /** 職員番号 of those who install the app. */
  installed: string[];
  /** Who is asked and can be reached: exactly these have a card, or an `unknown`, at the end of a send. */
  reached: string[];
  /** Everybody else, with state and reason. */
  others: Map<string, { state: string; why: string }>;
}

const teamOf = 20;

/** `size` people in teams of twenty; some on 交替 duty, some on leave on each of those dates, some without the app. */
export function cityOf(size: number, dates: string[]): City {
  const people: Person[] = Array.from({ length: size }, (_, index) => ({
    staff: String(100_000 + index),
    ...(index === 0 ? {} : { head: String(100_000 + (index % teamOf === 0 ? 0 : index - (index % teamOf))) }),
    ...(index % 40 === 7 ? { type: '交替' } : {}),
    language: ['ja', 'easy', 'en'][index % 3] ?? 'ja',
  }));
  const everyone = people.map(({ staff }) => staff);
  const onLeave = everyone.filter((_, index) => index % 60 === 11);
  const without = new Set(everyone.filter((_, index) => index % 80 === 21));
  const others: City['others'] = new Map([
    ...people.filter(({ type }) => type === '交替').map(({ staff }) => [staff, skipped('shift')] as const),
    ...onLeave.map((staff) => [staff, skipped('leave')] as const),
    ...[...without].map((staff) => [staff, { state: 'pending', why: 'unreachable' }] as const),
  ]);
  const days = onLeave.flatMap((staff) => dates.map((date) => `${staff},${date},全日\n`));
  return {
    staff: staffFile(people),
    leave: `職員番号,日付,種別\n${days.join('')}`,
    people: everyone,
    installed: everyone.filter((staff) => !without.has(staff)),
    reached: everyone.filter((staff) => !others.has(staff)),
    others,
  };
}

const skipped = (why: string) => ({ state: 'skipped', why });

/** The 職員番号 of a chat that `teams.ts` made. */
export const staffOfChat = (conversation: string) => conversation.slice(chatOf('').length);
