import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { NoOvertimeDecisionTable } from '../ports/tables.ts';
import { acknowledgementsOn, staysOn } from './queries.ts';

/** Until when those (of these people, where they are named) who answered 「残る予定です」 on that date said they stay (minutes of the date), by 職員番号. */
export async function stayUntil(db: Db, date: LocalDate, staff?: readonly string[]): Promise<Map<string, MinuteOfDay>> {
  const rows = await staysOn(db, date, staff);
  return new Map(rows.flatMap((row) => (row.until_minute === null ? [] : [[row.staff, row.until_minute] as const])));
}

/** Every 了承 of the no-overtime days in [from, to], by date and person: the morning after asks for its 命令 (P1). */
export function acknowledgedOn(db: Db, from: LocalDate, to: LocalDate): Promise<NoOvertimeDecisionTable[]> {
  return acknowledgementsOn(db, from, to);
}
