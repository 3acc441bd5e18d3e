import type { Instant, LocalDate, MinuteOfDay } from '../clock.ts';

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

export interface PeopleTables {
  staff_row: StaffRowTable;
  section: SectionTable;
  post: PostTable;
  leave_day: LeaveDayTable;
  leave_balance: LeaveBalanceTable;
  conversation: ConversationTable;
  language_choice: LanguageChoiceTable;
  unknown_sender: UnknownSenderTable;
  role_grant: RoleGrantTable;
}
