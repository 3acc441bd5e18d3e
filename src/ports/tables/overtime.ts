import type { Instant, LocalDate } from '../clock.ts';

/** A file of hours (or of opening months) that was taken in, numbered in the order of arrival. */
export interface HoursFileTable {
  no: number;
  import_id: string;
  kind: 'hours' | 'opening';
  digest: string;
  imported_at: Instant;
  /** The days its rows are of; null for opening months. */
  first_date: LocalDate | null;
  last_date: LocalDate | null;
}

/** The class of minutes as the file writes it (D6); `weekoff_other_week` counts as weekoff. */
export type HoursKind =
  | 'weekday'
  | 'weekoff'
  | 'weekoff_same_week'
  | 'weekoff_other_week'
  | 'legal_holiday'
  | 'holiday_normal'
  | 'holiday_extra'
  | 'duty';

/** One row of a file. It is never changed: a later file withdraws it (`withdrawn_no` is the number of that file). */
export interface HoursRowTable {
  staff: string;
  date: LocalDate;
  kind: HoursKind;
  minutes: number;
  /** Where the minutes were worked, where the file says it; null is the person's own section of that day. */
  section_id: string | null;
  flag: '33条' | '特例業務' | null;
  /** 事由 of personnel.md P7; null is 通常. */
  reason: string | null;
  file_no: number;
  withdrawn_no: number | null;
}

/** Minutes of a whole month before the ledger begins, `YYYY-MM`. */
export interface HoursOpeningTable {
  staff: string;
  month: string;
  minutes: number;
  file_no: number;
  withdrawn_no: number | null;
}

/** What a person may not be asked to work (P4); no reason is kept. */
export interface RestrictionTable {
  staff: string;
  kind: '時間外不可' | '月24年150' | '深夜不可' | '要相談';
  valid_from: LocalDate;
  valid_to: LocalDate | null;
  import_id: string;
}

export interface OvertimeTables {
  hours_file: HoursFileTable;
  hours_row: HoursRowTable;
  hours_opening: HoursOpeningTable;
  restriction: RestrictionTable;
}
