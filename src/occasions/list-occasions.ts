import { addDays, isoAt, parseDate } from '../calendar/index.ts';
import { contactWeekStart } from '../delivery/index.ts';
import { chatsOf, staffMemberOn, unreachableAads } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import {
  type CliCommand,
  type CliResult,
  type Decision,
  type OccasionRule,
  type Ports,
  Refusal,
} from '../ports/room.ts';
import { beyondBudget, type CountedPing } from './beyond-budget.ts';
import { decidedPages } from './pages.ts';

interface DueRow {
  at: string;
  rule: string;
  date: string;
  staff: string;
  card: string;
  note?: string;
}

/** What is collected of all days. `pings`: rows that count against the contact budget, those of the days before too. */
interface Listing {
  due: DueRow[];
  skipped: SkippedRow[];
  pings: CountedPing<DueRow>[];
}

interface SkippedRow {
  rule: string;
  date: string;
  staff: string;
  why: string;
}

const mostDays = 800;

/** `occasions`: what would be sent, to whom and when, and what would not and why, from the store alone. Sends nothing. */
export function occasionsCommand(rules: () => OccasionRule[]): CliCommand {
  return {
    name: 'occasions',
    description: '何が誰にいつ届くか、届かないものはなぜかを一覧にします（送信はしません）',
    options: [
      { flags: '--from <date>', description: '最初の日', required: true },
      { flags: '--to <date>', description: '最後の日', required: true },
      { flags: '--staff <number>', description: '一人だけ見るときの職員番号' },
    ],
    run: (ports, _args, options) => list(ports, rules(), options),
  };
}

async function list(
  ports: Ports,
  rules: OccasionRule[],
  options: Record<string, string | boolean | undefined>,
): Promise<CliResult> {
  const from = dateOption(options, 'from');
  const to = dateOption(options, 'to');
  if (to < from) throw new Refusal('usage', `--to（${to}）が --from（${from}）より前です。`, '--to');
  if (to > addDays(from, mostDays)) throw new Refusal('usage', `一度に見られるのは ${mostDays} 日までです。`, '--to');
  const staff = typeof options.staff === 'string' ? options.staff : null;
  const { db } = ports.database;
  if (staff !== null && (await staffMemberOn(db, staff, to)) === null) {
    throw new Refusal('unknown-staff', `職員番号 ${staff} の職員はいません。`, '--staff');
  }
  const listing: Listing = { due: [], skipped: [], pings: [] };
  const { due, skipped, pings } = listing;
  await addDaysBefore(ports, rules, from, staff, pings);
  const dates = datesBetween(from, to);
  const progress = ports.progress?.('日数') ?? (() => {});
  for (const [done, date] of dates.entries()) {
    progress(done, dates.length);
    await addDay(ports, rules, date, staff, listing);
  }
  progress(dates.length, dates.length);
  for (const row of beyondBudget(pings)) row.note = 'budget';
  due.sort((a, b) => compare(a.at, b.at) || compare(a.rule, b.rule) || compare(a.staff, b.staff));
  skipped.sort((a, b) => compare(a.date, b.date) || compare(a.rule, b.rule) || compare(a.staff, b.staff));
  return { document: { due, skipped }, lines: linesOf(due, skipped) };
}

function datesBetween(from: LocalDate, to: LocalDate): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** What the days of the first week before the first date use of the contact budget. */
async function addDaysBefore(
  ports: Ports,
  rules: OccasionRule[],
  from: LocalDate,
  staff: string | null,
  pings: Listing['pings'],
): Promise<void> {
  const counted = rules.filter((rule) => rule.contact === 'counted');
  for (let date = contactWeekStart(from); date < from; date = addDays(date, 1)) {
    await addDay(ports, counted, date, staff, { due: [], skipped: [], pings });
  }
}

async function addDay(
  ports: Ports,
  rules: OccasionRule[],
  date: LocalDate,
  staff: string | null,
  { due, skipped, pings }: Listing,
): Promise<void> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const week = { week: contactWeekStart(date), budget: book.on(date).contactBudget.pingsPerWeek };
  const closed = await unreachableAads(db);
  for (const rule of rules) {
    for await (const page of decidedPages(ports, rule, date)) {
      const decisions = page.decisions.filter((one) => staff === null || one.staff === staff);
      const isOpen = await openOn(db, date, decisions, closed);
      for (const { staff: person, at, why } of decisions) {
        const key = { rule: rule.name, date, staff: person };
        if (why) {
          skipped.push({ ...key, why });
          continue;
        }
        const note = isOpen(person) ? {} : { note: 'unreachable' };
        const row: DueRow = { at: isoAt(at, book.timeZone), ...key, card: rule.card, ...note };
        due.push(row);
        if (rule.contact === 'counted' && !row.note) pings.push({ row, rule: rule.name, staff: person, at, ...week });
      }
    }
  }
}

/** With an AADオブジェクトID, and without a chat that is known to be closed. */
async function openOn(db: Db, date: LocalDate, decisions: Decision[], closed: Set<string>) {
  const due = decisions.flatMap((one) => (one.why ? [] : [one.staff]));
  const chats = await chatsOf(db, date, due);
  return (staff: string) => {
    const aad = chats.get(staff)?.aadId ?? null;
    return aad !== null && !closed.has(aad);
  };
}

function linesOf(due: DueRow[], skipped: SkippedRow[]): string[] {
  return [
    ...due.map((row) => `${row.at}  ${row.rule}  ${row.staff}  ${row.card}${row.note ? `  (${row.note})` : ''}`),
    ...skipped.map((row) => `${row.date}  ${row.rule}  ${row.staff}  送信なし: ${row.why}`),
    `送信 ${due.length} 件、送信なし ${skipped.length} 件`,
  ];
}

function dateOption(options: Record<string, string | boolean | undefined>, name: 'from' | 'to'): LocalDate {
  const read = parseDate(String(options[name] ?? ''));
  if ('problem' in read) throw new Refusal('usage', read.problem, `--${name}`);
  return read.date;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
