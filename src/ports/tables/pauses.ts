import type { Instant, LocalDate } from '../clock.ts';

/** 災害モード of one section: it stops reminders and marks minutes as candidates; it sets no legal flag (P6). */
export interface EmergencyModeTable {
  id: string;
  /** 所属コード, or the path where the section has none. */
  section_key: string;
  path: string;
  reason: string;
  started_at: Instant;
  started_by: string;
  started_as: 'head' | 'hr';
  /** The end that was said; the mode never outlives it. */
  ends_at: Instant;
  extended_by: string | null;
  extended_at: Instant | null;
  /** Null while it runs and nobody has noted the end. */
  ended_at: Instant | null;
  /** Null where it ended by itself. */
  ended_by: string | null;
  /** Cards taken back before they left, and cards that had left when it began. */
  stopped: number;
  had_left: number;
  /** When the closing card for who started it was planned. */
  told_at: Instant | null;
}

/** A programme a person has stopped for themselves (停止). */
export interface ProgrammeStopTable {
  staff: string;
  programme: string;
  stopped_at: Instant;
}

/** A person's own setting for the time outside work; no row: 「勤務時間外は受け取らない」 (P24). */
export interface ReceiveSettingTable {
  staff: string;
  outside_hours: 0 | 1;
  set_at: Instant;
}

/** What a person said on 「休息・振替(代休)の予定」 after an election (P7). */
export interface RestPlanAnswerTable {
  item_id: string;
  staff: string;
  date: LocalDate;
  answer: 'planned' | 'not-yet' | 'off';
  answered_at: Instant;
}

export interface PausesTables {
  emergency_mode: EmergencyModeTable;
  programme_stop: ProgrammeStopTable;
  receive_setting: ReceiveSettingTable;
  rest_plan_answer: RestPlanAnswerTable;
}
