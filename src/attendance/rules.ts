import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';

/** A row of the time clock. Minutes are of the day on which the duty began; `end` null means still at work. */
export interface ClockEntry {
  start: MinuteOfDay;
  end: MinuteOfDay | null;
}

/** An application as a file told of it, in the order in which it was told. */
export interface OrderEvent {
  /** 申請日時. */
  appliedAt: Instant;
  start: MinuteOfDay;
  end: MinuteOfDay;
  status: '申請' | '命令' | '取消';
}

/** An application as it stands now: 申請 (asked for), 命令 (ordered) or 取消 (withdrawn). */
export type Order = OrderEvent;

/** What the city's systems say of one person on one date. */
export interface Presence {
  clock: ClockEntry[];
  orders: Order[];
}

/** The same for a date and the day before it, whose duty may reach past midnight. */
export interface DayFacts extends Presence {
  date: LocalDate;
  before: Presence;
}

/** On what it rests that somebody is still at work; `answer` is the person's own word on the no-overtime day. */
export type Evidence = 'clock' | 'order' | 'application' | 'answer';

/**
 * Whether somebody is at work at a minute, with the evidence or the reason. `minute` is minutes of the asked date: since
 * when (clock; below 0 the day before), until when (order, application, answer), or when the person left.
 */
export type AtWork =
  | { atWork: true; evidence: Evidence; minute: MinuteOfDay }
  | { atWork: false; why: 'left'; minute: MinuteOfDay }
  | { atWork: false; why: 'not-at-work' };

const day = 1440;
const noon = 720;
/** An entry without 退勤 counts for this long after its 出勤; one that is older was forgotten (minutes). */
const longestOpen = day;

/**
 * Who is still at work at that minute of the date (personnel.md 0, D2 of the calendar): a clock entry without 退庁 by then;
 * else an order or an application past it; else the person's answer to stay past it. Somebody whose clock entry ended by
 * then, and who has no later one, has `left`, whatever was ordered. 取消 does not count. What belongs to the day before is
 * looked at only where the date itself says nothing, and only for who is still there: a night that ended, after midnight
 * too, says nothing of the day that follows it.
 */
export function stillAtWork(facts: DayFacts, minute: MinuteOfDay, stayUntil: MinuteOfDay | null = null): AtWork {
  const today = judge(facts, minute);
  if (today !== null) return today;
  const yesterday = judge(facts.before, minute + day);
  if (yesterday?.atWork) return { ...yesterday, minute: yesterday.minute - day };
  if (stayUntil !== null && stayUntil > minute) return { atWork: true, evidence: 'answer', minute: stayUntil };
  return { atWork: false, why: 'not-at-work' };
}

type Judged = Exclude<AtWork, { why: 'not-at-work' }>;

function judge({ clock, orders }: Presence, minute: MinuteOfDay): Judged | null {
  const begun = clock.filter((entry) => entry.start <= minute);
  const open = begun.find((entry) => (entry.end === null ? minute < entry.start + longestOpen : minute < entry.end));
  if (open) return { atWork: true, evidence: 'clock', minute: open.start };
  const left = begun.flatMap((entry) => entry.end ?? []);
  if (left.length > 0) return { atWork: false, why: 'left', minute: Math.max(...left) };
  for (const [status, evidence] of pastEvidence) {
    const ends = orders.filter((order) => order.status === status && isPast(order, minute)).map((order) => order.end);
    if (ends.length > 0) return { atWork: true, evidence, minute: Math.max(...ends) };
  }
  return null;
}

/** It ends later. One that has not begun speaks for the evening (19:30, asked for from 20:00 on), not for the night before. */
function isPast(order: Order, minute: MinuteOfDay): boolean {
  return order.end > minute && (order.start <= minute || minute >= noon);
}

const pastEvidence = [
  ['命令', 'order'],
  ['申請', 'application'],
] as const;

/**
 * Applications as they stand after everything that was told of them, in order of their beginning. The same 申請日時 and 開始
 * is the same application, and so is a 命令 or 取消 with its 開始 and 終了 under another 申請日時; the first 申請日時 stays.
 */
export function standingOrders(events: readonly OrderEvent[]): Order[] {
  const applications: Application[] = [];
  for (const event of events) {
    const known = applicationOf(applications, event);
    if (known === undefined) applications.push({ order: event, moments: [event.appliedAt] });
    else {
      known.order = { ...event, appliedAt: known.order.appliedAt };
      known.moments.push(event.appliedAt);
    }
  }
  const standing = applications.map(({ order }) => order);
  return standing.sort((a, b) => a.start - b.start || a.end - b.end || a.appliedAt - b.appliedAt);
}

interface Application {
  order: Order;
  /** Every 申請日時 under which it was told of. */
  moments: Instant[];
}

function applicationOf(applications: readonly Application[], event: OrderEvent): Application | undefined {
  const same = applications.find(
    ({ order, moments }) => order.start === event.start && moments.includes(event.appliedAt),
  );
  if (same !== undefined || event.status === '申請') return same;
  return applications.find(({ order }) => {
    const open = order.status !== '取消' && order.status !== event.status;
    return open && order.start === event.start && order.end === event.end;
  });
}

/** The last 退勤 of a day, in its minutes; null where nobody knows: no entry, or one that has not ended. */
export function lastLeft(clock: readonly ClockEntry[]): MinuteOfDay | null {
  const ends = clock.flatMap((entry) => entry.end ?? []);
  return ends.length < clock.length || ends.length === 0 ? null : Math.max(...ends);
}

/** Minutes between the last 退勤 of a day and the 始業 of the next day (C12). */
export function restMinutes(left: MinuteOfDay, nextStart: MinuteOfDay): number {
  return nextStart + day - left;
}

/** How far the clock of one day goes beyond own hours and everything applied for (1-1-7b, P2). Minutes. */
export interface Gap {
  /** Before own 始業, after own 終業; on a day off all of it is `after`. */
  before: number;
  after: number;
  /** Last 退勤 of the day, and the last 終了 that was applied for or ordered (null: nothing was). */
  lastLeft: MinuteOfDay;
  appliedUntil: MinuteOfDay | null;
}

/**
 * The minutes of a day that the clock shows and neither own hours nor an application (申請 or 命令) covers; null while an
 * entry has not ended or where there is none. `own` is null on a day off. It is a question to the person, never a finding.
 */
export function gapOf({ clock, orders }: Presence, own: { start: MinuteOfDay; end: MinuteOfDay } | null): Gap | null {
  const left = lastLeft(clock);
  if (left === null) return null;
  const applied = orders.filter((order) => order.status !== '取消');
  const covered = [...applied, ...(own ? [own] : [])];
  const beyond = clock.flatMap((entry) => uncovered({ start: entry.start, end: entry.end ?? entry.start }, covered));
  const before = own ? beyond.filter((part) => part.end <= own.start) : [];
  const total = minutesOf(beyond);
  return {
    before: minutesOf(before),
    after: total - minutesOf(before),
    lastLeft: left,
    appliedUntil: applied.length === 0 ? null : Math.max(...applied.map((order) => order.end)),
  };
}

interface Span {
  start: MinuteOfDay;
  end: MinuteOfDay;
}

const minutesOf = (spans: readonly Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);

/** The parts of a span that no other span covers. */
function uncovered(span: Span, covers: readonly Span[]): Span[] {
  return covers.reduce<Span[]>(
    (parts, cover) =>
      parts
        .flatMap(({ start, end }) => [
          { start, end: Math.min(end, cover.start) },
          { start: Math.max(start, cover.end), end },
        ])
        .filter(({ start, end }) => start < end),
    [span],
  );
}

/** Whether an application was made after the work had begun (事後申請). `startsAt` is its 開始 as an instant. */
export function isAfterTheFact(order: Pick<Order, 'appliedAt'>, startsAt: Instant): boolean {
  return order.appliedAt > startsAt;
}
