import type { RestrictionTable } from '../ports/tables/overtime.ts';
import type { Figures } from './figures.ts';

export type RestrictionKind = RestrictionTable['kind'];

/** 24 hours a month and 150 a year (育児・介護). */
const monthAllowed = 1440;
const yearAllowed = 9000;

/**
 * Minutes a restriction still leaves (P4); null where none is counted in minutes (深夜不可 and 要相談 bar hours of the day, or
 * ask first). An unknown year does not narrow what the month leaves.
 */
export function restrictionRoom(kinds: readonly RestrictionKind[], figures: Figures): number | null {
  if (kinds.includes('時間外不可')) return 0;
  if (!kinds.includes('月24年150')) return null;
  const inYear = figures.year === null ? Number.POSITIVE_INFINITY : yearAllowed - figures.year;
  return Math.max(0, Math.min(monthAllowed - figures.minutes, inYear));
}
