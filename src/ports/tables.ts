import type { Instant, LocalDate } from './clock.ts';
import type { AttendanceTables } from './tables/attendance.ts';
import type { DeliveryTables } from './tables/delivery.ts';
import type { ItemTables } from './tables/items.ts';
import type { LateWorkTables } from './tables/late-work.ts';
import type { NoOvertimeDayTables } from './tables/no-overtime-day.ts';
import type { OvertimeTables } from './tables/overtime.ts';
import type { PausesTables } from './tables/pauses.ts';
import type { PeopleTables } from './tables/people.ts';
import type { PriorApplicationTables } from './tables/prior-application.ts';

export type * from './tables/items.ts';
export type * from './tables/no-overtime-day.ts';
export type * from './tables/people.ts';

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

/** An activity that was handled, so that Teams' repetition of it has no effect. */
export interface HandledActivityTable {
  activity_id: string;
  handled_at: Instant;
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
  extends PeopleTables,
    ItemTables,
    DeliveryTables,
    NoOvertimeDayTables,
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
  occasion: OccasionTable;
  handled_activity: HandledActivityTable;
  audit: AuditTable;
}
