import { noteAct } from '../audit/index.ts';
import { formatTimeOfDay, isoAt, localAt, parseDate } from '../calendar/index.ts';
import { currentPolicy, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { type CliCommand, type CliResult, type Ports, Refusal } from '../ports/room.ts';
import { countEvening } from './count-evening.ts';
import { ordersOf, workingDaysBefore } from './order-missing/find-missing.ts';
import { officeAfter } from './order-missing/send-missing.ts';
import { decisionsBetween, requestsBetween } from './queries.ts';

/** `late-work status --date D`: one evening in figures, what heads were asked and said, and which 命令 are missing (P1). It names people by 職員番号: every look is audited. */
export const statusCommand: CliCommand = {
  name: 'late-work status',
  description: '午後8時以降の勤務の一日分（案内・申出・了承・命令未登録）を表示します',
  options: [{ flags: '--date <date>', description: '見る日', required: true }],
  run: async (ports, _args, options) => {
    const read = parseDate(String(options.date ?? ''));
    if ('problem' in read) throw new Refusal('usage', read.problem, '--date');
    return ports.database.transaction((db) => statusOf(ports, db, read.date));
  },
};

async function statusOf(ports: Ports, db: Db, date: LocalDate): Promise<CliResult> {
  const counts = await countEvening(db, date);
  const requests = await requestsOn(ports, db, date);
  const missing = await missingOn(ports, db, date);
  const detail = { date, requests: requests.length, missing: missing.length };
  await noteAct(ports, db, { actor: 'cli', action: 'view-list', subject: 'late-work', detail });
  const document = { date, counts, requests, missing };
  return {
    document,
    lines: [
      `${date}  案内 ${counts.asked} 人（終了 ${counts.finish}、継続 ${counts.continue}、退庁済 ${counts.left}、未回答 ${counts.unanswered}）、事前了承 ${counts.prior} 人`,
      ...requests.map(
        (one) => `申出 ${one.staff}  ${one.until ?? '-'}  宛先 ${one.askedOf ?? 'なし'}  ${one.decision ?? '回答なし'}`,
      ),
      ...missing.map((one) => `命令未登録 ${one.staff}  ${one.kind}  ${one.until ?? '-'}  確認先 ${one.with}`),
      `申出 ${requests.length} 件、命令未登録 ${missing.length} 件`,
    ],
  };
}

async function requestsOn(ports: Ports, db: Db, date: LocalDate) {
  const { timeZone } = await currentPolicy(db, ports.settings);
  const decided = new Map((await decisionsBetween(db, date, date)).map((one) => [`${one.staff} ${one.asked_at}`, one]));
  return (await requestsBetween(db, date, date)).map((one) => {
    const decision = decided.get(`${one.staff} ${one.asked_at}`);
    return {
      staff: one.staff,
      kind: one.kind,
      until: timeOrNull(one.until_minute),
      askedAt: isoAt(one.asked_at, timeZone),
      askedOf: one.asked_of,
      as: one.asked_as,
      optional: one.optional === 1,
      decision: decision?.decision ?? null,
      acknowledgedUntil: timeOrNull(decision?.until_minute ?? null),
      laterStart: decision?.later_start_at != null,
    };
  });
}

async function missingOn(ports: Ports, db: Db, date: LocalDate) {
  const book = await currentPolicy(db, ports.settings);
  const today = localAt(ports.clock.now(), book.timeZone).date;
  const office = workingDaysBefore(today, officeAfter, await workingCalendar(db, book, today));
  return (await ordersOf(db, book, date, date)).missing.map(({ staff, head, kind, untilMinute }) => ({
    staff,
    head: head === '' ? null : head,
    kind,
    until: timeOrNull(untilMinute),
    with: date <= office ? ('office' as const) : ('head' as const),
  }));
}

const timeOrNull = (minute: number | null) => (minute === null ? null : formatTimeOfDay(minute));
