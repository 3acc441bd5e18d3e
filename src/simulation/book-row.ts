import type { Instant, LocalDate } from '../ports/clock.ts';

/** One item with the message that shows it now. */
export interface BookRow {
  item: string;
  rule: string;
  date: LocalDate;
  revision: number;
  shown: number | null;
  staff: string;
  itemState: string;
  message: string | null;
  state: string | null;
  lastUsefulAt: Instant;
}
