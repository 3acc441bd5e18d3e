import { addDays, localAt } from '../calendar/index.ts';
import { staffOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import { answersOn, datesToCount, putCounts } from './queries.ts';

/** 03:00: nobody can answer for the day before any more, and nothing of it is deleted yet. */
const countingMinute = 3 * 60;

/** Keeps how many of a section gave which answer on each past day (P13: the answers go after 93 days, the counts stay). */
export async function countAnswers(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const { timeZone } = await currentPolicy(db, ports.settings);
  const local = localAt(minute, timeZone);
  if (local.minute !== countingMinute) return;
  for (const date of await datesToCount(db, addDays(local.date, -1))) {
    await ports.database.transaction((trx) => countOne(trx, date));
  }
}

async function countOne(db: Db, date: LocalDate): Promise<void> {
  const sections = new Map((await staffOn(db, date)).map((person) => [person.staff, person.section_id]));
  const answers = await answersOn(db, date);
  const bySection = Map.groupBy(answers, (row) => `${row.answer} ${sections.get(row.staff) ?? ''}`);
  await putCounts(
    db,
    [...bySection.values()].flatMap((rows) => {
      const [first] = rows;
      return first
        ? [{ date, section_id: sections.get(first.staff) ?? '', answer: first.answer, people: rows.length }]
        : [];
    }),
  );
}
