import type { Instant, LocalDate, MinuteOfDay } from '../clock.ts';

/** What a person last said of an evening, on whichever card or by 残る; one row per person and date. */
export interface LateWorkAnswerTable {
  staff: string;
  date: LocalDate;
  answer: 'finish' | 'continue' | 'left';
  reason: string | null;
  until_minute: MinuteOfDay | null;
  answered_at: Instant;
}

/** The free text of that answer, apart because it lives 31 days while the answer lives 93 (P27). */
export interface LateWorkNoteTable {
  staff: string;
  date: LocalDate;
  note: string;
  written_at: Instant;
}

/** What somebody is asked to say about a person of an evening: a wish to go on, or that nothing was answered (20:00). */
export interface LateWorkRequestTable {
  staff: string;
  date: LocalDate;
  kind: 'continue' | 'unanswered';
  /** The person's own 所属長 on that date; empty where the post is vacant. */
  head: string;
  /** Who was asked (P3); null where nobody is there. */
  asked_of: string | null;
  asked_as: 'head' | 'deputy' | 'division-head' | 'office' | null;
  /** 任意: the head was known to have left. */
  optional: 0 | 1;
  until_minute: MinuteOfDay | null;
  asked_at: Instant;
}

/** The word of a head on one request: an acknowledgement, never an order (P1). A later request has its own. */
export interface LateWorkDecisionTable {
  staff: string;
  date: LocalDate;
  /** `asked_at` of the request it answers. */
  asked_at: Instant;
  head: string;
  decision: 'acknowledged' | 'asked-to-finish';
  until_minute: MinuteOfDay | null;
  decided_at: Instant;
  /** 「翌日の始業を繰り下げる」 was pressed then: an intention, no change of roster (P22). */
  later_start_at: Instant | null;
}

/** 事前了承 (P3): who may go on, on which dates (both included), until when, for what. */
export interface LateWorkPriorTable {
  id: string;
  staff: string;
  head: string;
  from_date: LocalDate;
  to_date: LocalDate;
  until_minute: MinuteOfDay;
  reason: string;
  recorded_at: Instant;
  withdrawn_at: Instant | null;
}

export interface LateWorkPriorNoteTable {
  prior_id: string;
  note: string;
  written_at: Instant;
}

/** What is left of an evening when the answers are gone: counts by section. */
export interface LateWorkCountTable {
  date: LocalDate;
  section_id: string;
  kind: 'finish' | 'continue' | 'left' | 'unanswered' | 'prior';
  people: number;
}

export interface LateWorkTables {
  late_work_answer: LateWorkAnswerTable;
  late_work_note: LateWorkNoteTable;
  late_work_request: LateWorkRequestTable;
  late_work_decision: LateWorkDecisionTable;
  late_work_prior: LateWorkPriorTable;
  late_work_prior_note: LateWorkPriorNoteTable;
  late_work_count: LateWorkCountTable;
}
