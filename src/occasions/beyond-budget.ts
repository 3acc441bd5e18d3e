import type { Instant, LocalDate } from '../ports/clock.ts';

/** A due row that counts against the contact budget of its person. */
export interface CountedPing<Row> {
  row: Row;
  rule: string;
  staff: string;
  at: Instant;
  /** The Monday of its week, and how many a person may have in it. */
  week: LocalDate;
  budget: number;
}

/** Rows that come when earlier ones of the week have used the budget of their person: these wait for the next ping. */
export function beyondBudget<Row>(pings: CountedPing<Row>[]): Row[] {
  const used = new Map<string, number>();
  const ordered = pings.toSorted((a, b) => a.at - b.at || (a.rule < b.rule ? -1 : 1));
  return ordered.flatMap(({ row, staff, week, budget }) => {
    const key = `${staff} ${week}`;
    const before = used.get(key) ?? 0;
    if (before >= budget) return [row];
    used.set(key, before + 1);
    return [];
  });
}
