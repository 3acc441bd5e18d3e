import type { Instant, LocalDate, MinuteOfDay } from '../clock.ts';

/** A row of the time clock, on the day its duty began (25:30 is half past one of the next day). */
export interface ClockEntryTable {
  staff: string;
  date: LocalDate;
  start_minute: MinuteOfDay;
  /** Null: still at work. */
  end_minute: MinuteOfDay | null;
  import_id: string;
}

/** One state of one overtime application; states are added and never overwritten. `seq` counts them by person and day. */
export interface OvertimeOrderTable {
  staff: string;
  date: LocalDate;
  seq: number;
  applied_at: Instant;
  start_minute: MinuteOfDay;
  end_minute: MinuteOfDay;
  status: '申請' | '命令' | '取消';
  taken_at: Instant;
  import_id: string;
}

export interface AttendanceTables {
  clock_entry: ClockEntryTable;
  overtime_order: OvertimeOrderTable;
}
