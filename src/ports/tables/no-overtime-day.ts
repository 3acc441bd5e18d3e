import type { Instant, LocalDate, MinuteOfDay } from '../clock.ts';

export interface NoOvertimeAnswerTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  answer: 'leave' | 'stay' | 'unsure' | 'off';
  reason: string | null;
  until_minute: MinuteOfDay | null;
  answered_at: Instant;
}

/** The free text of an answer, apart because it lives 31 days while the answer lives 93 (P13). */
export interface NoOvertimeNoteTable {
  item_id: string;
  note: string;
  written_at: Instant;
}

export interface NoOvertimeDecisionTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  head: string;
  decision: 'acknowledged' | 'asked-to-finish';
  until_minute: MinuteOfDay | null;
  decided_at: Instant;
}

/** What is left of the answers of a day when they are gone (P13): counts by section. */
export interface NoOvertimeCountTable {
  date: LocalDate;
  section_id: string;
  answer: NoOvertimeAnswerTable['answer'];
  people: number;
}

export interface NoOvertimeDayTables {
  no_overtime_answer: NoOvertimeAnswerTable;
  no_overtime_note: NoOvertimeNoteTable;
  no_overtime_decision: NoOvertimeDecisionTable;
  no_overtime_count: NoOvertimeCountTable;
}
