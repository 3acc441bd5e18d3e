import type { Instant, LocalDate, MinuteOfDay } from './clock.ts';
import type { AttendanceTables } from './tables/attendance.ts';
import type { DeliveryTables } from './tables/delivery.ts';
import type { LateWorkTables } from './tables/late-work.ts';
import type { OvertimeTables } from './tables/overtime.ts';
import type { PausesTables } from './tables/pauses.ts';
import type { PriorApplicationTables } from './tables/prior-application.ts';

/*
 * Every table, one shape for SQLite and PostgreSQL: text, integers and JSON as text. Flags are 0 or 1; instants are
 * milliseconds since 1970; dates are YYYY-MM-DD; times of day are minutes after midnight.
 */

export interface MetaTable {
  key: string;
  value: string;
}

/** Which retention class a table belongs to and how many days it is kept (null: as long as the thing it describes). */
export interface RetentionTable {
  table_name: string;
  class: string;
  days: number | null;
  /** The column by which a row's age is told, and what it holds; null: rows are not deleted one by one. */
  aged_by: string | null;
  aged_in: 'date' | 'instant' | null;
}

export interface PolicyVersionTable {
  version: number;
  digest: string;
  yaml: string;
  applied_at: Instant;
  applied_by: string;
}

export interface HolidayTable {
  date: LocalDate;
  name: string | null;
  import_id: string;
}

export interface ImportTable {
  id: string;
  kind: string;
  digest: string;
  effective: LocalDate | null;
  imported_at: Instant;
  rows: number;
  added: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
}

/** A file for a day to come: sealed until 00:00 of that day. `content` is ciphertext only. */
export interface SealedFileTable {
  id: string;
  kind: string;
  effective: LocalDate;
  digest: string;
  sealed_at: Instant;
  content: string;
  opened_at: Instant | null;
}

/** One state of one person, held from `valid_from` until the next row of the same number. */
export interface StaffRowTable {
  staff: string;
  valid_from: LocalDate;
  name: string;
  email: string;
  aad_id: string | null;
  bureau: string;
  division: string;
  unit: string;
  section_id: string;
  section_code: string | null;
  post: string;
  manager: 0 | 1;
  head: string | null;
  work_type: '日勤' | '時差' | '交替' | '育短' | '休職';
  start_minute: MinuteOfDay | null;
  end_minute: MinuteOfDay | null;
  hired_on: LocalDate;
  left_on: LocalDate | null;
  language: 'ja' | 'easy' | 'en';
  staff_class: string | null;
  appointer: string | null;
  category: string | null;
  workplace: string | null;
  week_minutes: number | null;
  terminal: string | null;
  previous_number: string | null;
  deputy: string | null;
  telework: string | null;
  age_band: string | null;
  gender: string | null;
  import_id: string;
}

export interface SectionTable {
  id: string;
  code: string | null;
  bureau: string;
  division: string;
  unit: string;
  path: string;
  valid_from: LocalDate | null;
  valid_to: LocalDate | null;
  appointer: string | null;
  schedule_item: string | null;
  successor_code: string | null;
  import_id: string;
}

export interface PostTable {
  section_id: string;
  role: '所属長' | '部長' | '庶務担当' | '代理';
  staff: string | null;
  kind: '本務' | '兼務' | '事務取扱' | '心得' | '代理';
  valid_from: LocalDate;
  valid_to: LocalDate | null;
  ground: string | null;
  import_id: string;
}

export interface LeaveDayTable {
  staff: string;
  date: LocalDate;
  kind: '全日' | '午前' | '午後' | '時間';
  minutes: number | null;
  start_minute: MinuteOfDay | null;
  category: '年次' | '出張' | 'その他';
  import_id: string;
}

export interface LeaveBalanceTable {
  staff: string;
  year: number;
  granted_days: number;
  granted_minutes: number;
  carried_days: number;
  carried_minutes: number;
  import_id: string;
}

/** A person's personal chat, tied to the person by `aad_id` (lower case). */
export interface ConversationTable {
  aad_id: string;
  conversation_id: string;
  service_url: string;
  tenant_id: string | null;
  user_id: string | null;
  bot_id: string | null;
  updated_at: Instant;
  unreachable_why: string | null;
  unreachable_since: Instant | null;
}

export interface LanguageChoiceTable {
  staff: string;
  language: 'ja' | 'easy' | 'en';
  chosen_at: Instant;
}
export interface UnknownSenderTable {
  aad_id: string;
  first_at: Instant;
  last_at: Instant;
  times: number;
}
export interface RoleGrantTable {
  staff: string;
  role: string;
  section_id: string | null;
  valid_from: LocalDate;
  valid_to: LocalDate | null;
  granted_by: string;
  granted_at: Instant;
}

export interface OccasionTable {
  rule: string;
  date: LocalDate;
  minute: Instant;
  /** `planning`: not all of its people have been looked at. */
  state: 'planning' | 'fired' | 'caught-up' | 'missed';
  fired_at: Instant;
  policy_version: number;
  planned: number;
  skipped: number;
}

/** What a programme wants of a person: one row per (rule, occasion, person), whether it was sent or not. */
export interface ItemTable {
  id: string;
  rule: string;
  occasion: string;
  date: LocalDate;
  staff: string;
  card: string;
  due_at: Instant;
  last_useful_at: Instant;
  urgency: 'ping' | 'merge' | 'digest';
  priority: number;
  state: 'open' | 'skipped' | 'cancelled';
  why: string | null;
  note: string | null;
  /** What the item is about, in the words of the room that made it (JSON). */
  about: string | null;
  revision: number;
  policy_version: number;
  created_at: Instant;
}

export type MessageState =
  | 'pending'
  | 'sending'
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'skipped'
  | 'cancelled'
  | 'recalled';

/** What Teams shows: one activity. */
export interface MessageTable {
  id: string;
  staff: string;
  aad_id: string | null;
  priority: number;
  due_at: Instant;
  last_useful_at: Instant;
  state: MessageState;
  why: string | null;
  attempts: number;
  owner: string | null;
  activity_id: string | null;
  created_at: Instant;
  settled_at: Instant | null;
  shown_revision: number | null;
  /** How often it is sent again by itself when it is unknown whether it arrived (`resendOnce`); 0 for a reminder. */
  resends_left: number;
  /** It counts against the contact budget of its person when it goes. */
  counts: 0 | 1;
  /** The Monday of the week it was counted in when it was claimed last; null where it was not. */
  counted_week: LocalDate | null;
  /** Other items may stand on it beside its own: it is looked at when it is claimed, drawn or updated. */
  carries: 0 | 1;
}

/**
 * Which message showed which item at which revision, and when. `until_at` is null for the one that shows it now; revision -1:
 * it is to show it and has not been seen to yet.
 */
export interface MessageItemTable {
  message_id: string;
  item_id: string;
  revision: number;
  from_at: Instant;
  until_at: Instant | null;
  /** 0: the item the message was planned for, drawn in full. Further ones are lines under it, in this order. */
  place: number;
}

/** At most one waiting update per message; the latest revision wins. `again`: asked for while one was under way. */
export interface MessageUpdateTable {
  message_id: string;
  state: 'pending' | 'sending';
  attempts: number;
  owner: string | null;
  queued_at: Instant;
  again: 0 | 1;
}

/** One row = one HTTP request to the Connector. */
export interface AttemptTable {
  id: string;
  message_id: string;
  kind: 'create' | 'send' | 'update';
  started_at: Instant;
  ended_at: Instant | null;
  outcome: string | null;
  status: number | null;
  why: string | null;
}

/** An activity that was handled, so that Teams' repetition of it has no effect. */
export interface HandledActivityTable {
  activity_id: string;
  handled_at: Instant;
}

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

export interface AuditTable {
  seq: number;
  at: Instant;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  previous: string;
  hash: string;
}

export interface Tables
  extends DeliveryTables,
    OvertimeTables,
    AttendanceTables,
    LateWorkTables,
    PausesTables,
    PriorApplicationTables {
  meta: MetaTable;
  retention: RetentionTable;
  policy_version: PolicyVersionTable;
  holiday: HolidayTable;
  import_file: ImportTable;
  sealed_file: SealedFileTable;
  staff_row: StaffRowTable;
  section: SectionTable;
  post: PostTable;
  leave_day: LeaveDayTable;
  leave_balance: LeaveBalanceTable;
  conversation: ConversationTable;
  language_choice: LanguageChoiceTable;
  unknown_sender: UnknownSenderTable;
  role_grant: RoleGrantTable;
  occasion: OccasionTable;
  item: ItemTable;
  message: MessageTable;
  message_item: MessageItemTable;
  message_update: MessageUpdateTable;
  attempt: AttemptTable;
  handled_activity: HandledActivityTable;
  no_overtime_answer: NoOvertimeAnswerTable;
  no_overtime_note: NoOvertimeNoteTable;
  no_overtime_decision: NoOvertimeDecisionTable;
  no_overtime_count: NoOvertimeCountTable;
  audit: AuditTable;
}
