import type { Instant, LocalDate } from '../ports/clock.ts';

/** One item with the message that shows it now. */
export interface BookRow {
  item: string;
  rule: string;
  date: LocalDate;
  revision: number;
  shown: number | null;
  /** An update of its message that Teams refused or that nobody knows of, if any. */
  lost: string | null;
  staff: string;
  itemState: string;
  message: string | null;
  state: string | null;
  /** Why a waiting message waits. */
  waitsFor: string | null;
  lastUsefulAt: Instant;
}
