import type { LocalDate } from '../ports/clock.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Somebody of a simulated town, as those who watch know them: from the town's own facts, not from what the rooms made of them. */
export interface Citizen {
  staff: string;
  aad: string;
  shift: boolean;
  /** 休職, or not employed on any day of the run. */
  away: boolean;
  /** Whether the app is ever installed there. */
  installed: boolean;
  /** Employed from this day on, and up to that one; null where it has no end. */
  from: LocalDate;
  to: LocalDate | null;
  /** Full days of leave. */
  leave: Set<LocalDate>;
}

/** What is simulated: who lives there, since when, and what an operator imports at the beginning. */
export interface Town {
  firstDay: LocalDate;
  people: Citizen[];
  /** The contact budget of its policy. */
  pingsPerWeek: number;
  /** Commands of the product with the file each takes, in order. */
  imports: { command: string; file: string; content: string }[];
}

/** Who is still at work at 19:25 of a day, and who has left, as the town's clock system sends it. */
export function clockFile(people: Citizen[], date: LocalDate, random: SeededRandom): string {
  const rows = people
    .filter((one) => !one.shift && !one.away && !one.leave.has(date) && isEmployed(one, date))
    .map((one) => `${one.staff},${date},08:20,${random.chance(0.06) ? '' : '18:10'}`);
  return `${['職員番号,日付,出勤,退勤', ...rows].join('\n')}\n`;
}

export function isEmployed(one: Citizen, date: LocalDate): boolean {
  return date >= one.from && (one.to === null || date <= one.to);
}
