import type { Instant, LocalDate } from '../clock.ts';

/** What a head set for the own section, from a day on (people/section-settings). The latest `valid_from` up to a date holds. */
export interface SectionSettingTable {
  section_id: string;
  name: 'prior-application' | 'no-overtime-days';
  /** `on` or `off`; weekdays with commas (`tue,fri`), empty for none. */
  value: string;
  valid_from: LocalDate;
  set_by: string;
  set_at: Instant;
}

/** C03. */
export interface PriorApplicationAnswerTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  answer: 'applied' | 'none' | 'off';
  answered_at: Instant;
}

/** What a person said of one day on which the clock goes beyond what was applied for (P2). */
export interface ClockGapAnswerTable {
  staff: string;
  date: LocalDate;
  answer: 'claimed' | 'not-work' | 'wrong-record';
  answered_at: Instant;
}

/** What a head wrote on a weekly digest for the next one. */
export interface WeeklyDigestCommentTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  comment: string;
  written_at: Instant;
}

/** C12. */
export interface IntervalAnswerTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  answer: 'consult' | 'fine' | 'stopped';
  answered_at: Instant;
  /** Who was asked, and when that person confirmed (consult only). */
  asked: string | null;
  seen_at: Instant | null;
}

/** The words of a consultation, apart because they live 31 days. */
export interface IntervalNoteTable {
  item_id: string;
  note: string;
  written_at: Instant;
}

export interface PriorApplicationTables {
  section_setting: SectionSettingTable;
  prior_application_answer: PriorApplicationAnswerTable;
  clock_gap_answer: ClockGapAnswerTable;
  weekly_digest_comment: WeeklyDigestCommentTable;
  interval_answer: IntervalAnswerTable;
  interval_note: IntervalNoteTable;
}
