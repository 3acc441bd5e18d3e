import { addDays, instantAt, localAt } from '../calendar/index.ts';
import { staffOn } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { LateWorkCountTable } from '../ports/tables/late-work.ts';
import { cardItemsOn } from './items/queries.ts';
import { answersOn, datesToCount, putCounts } from './queries.ts';

/** 03:00: nobody can answer for the evening before any more, and nothing of it is deleted yet. */
const countingMinute = 3 * 60;
const daysBack = 14;

type Kind = LateWorkCountTable['kind'];

/** One evening in people: how many got C02, what they said, and how many 事前了承 excepted. */
export type EveningCounts = Record<Kind | 'asked', number>;

/** The counts of an evening, of everybody or of these people. Somebody who said 残る without a card counts as `continue`. */
export async function countEvening(db: Db, date: LocalDate, among?: ReadonlySet<string>): Promise<EveningCounts> {
  const counts: EveningCounts = { asked: 0, finish: 0, continue: 0, left: 0, unanswered: 0, prior: 0 };
  for (const { staff, kind, asked } of await kindsOn(db, date)) {
    if (among && !among.has(staff)) continue;
    counts[kind] += 1;
    if (asked) counts.asked += 1;
  }
  return counts;
}

/** What became of every person of an evening whom C02 or an own word concerns. */
async function kindsOn(db: Db, date: LocalDate): Promise<{ staff: string; kind: Kind; asked: boolean }[]> {
  const answers = new Map((await answersOn(db, date)).map((row) => [row.staff, row.answer]));
  const items = new Map((await cardItemsOn(db, date)).map((item) => [item.staff, item]));
  return [...new Set([...answers.keys(), ...items.keys()])].flatMap((staff) => {
    const item = items.get(staff);
    const asked = item?.state === 'open';
    const kind = answers.get(staff) ?? (asked ? 'unanswered' : item?.why === 'already-done' ? 'prior' : null);
    return kind === null ? [] : [{ staff, kind, asked }];
  });
}

/** Keeps the counts of each past evening by section, for when the answers are gone (P27). */
export async function keepCounts(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const { timeZone } = await currentPolicy(db, ports.settings);
  const local = localAt(minute, timeZone);
  if (minute !== instantAt(local.date, countingMinute, timeZone)) return;
  for (const date of await datesToCount(db, addDays(local.date, -daysBack), addDays(local.date, -1))) {
    await ports.database.transaction((trx) => keepOne(trx, date));
  }
}

async function keepOne(db: Db, date: LocalDate): Promise<void> {
  const sections = new Map((await staffOn(db, date)).map((person) => [person.staff, person.section_id]));
  const bySection = new Map<string, LateWorkCountTable>();
  for (const { staff, kind } of await kindsOn(db, date)) {
    const section_id = sections.get(staff) ?? '';
    const key = `${section_id} ${kind}`;
    const held = bySection.get(key) ?? { date, section_id, kind, people: 0 };
    bySection.set(key, { ...held, people: held.people + 1 });
  }
  await putCounts(db, [...bySection.values()]);
}
