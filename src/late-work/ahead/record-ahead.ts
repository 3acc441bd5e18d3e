import { noteAct } from '../../audit/index.ts';
import { dayKind, localAt, nextWorkingDay, type WorkingCalendar } from '../../calendar/index.ts';
import { REASONS } from '../../no-overtime-day/index.ts';
import { directReports, ownEndOf, type StaffMember, staffMemberOn } from '../../people/index.ts';
import { currentPolicy, type Policy, workingCalendar } from '../../policy/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { isSharedTerminal } from '../decide-request.ts';
import { quarterHours } from '../rules.ts';
import { aheadSchema } from '../schema.ts';
import { type Ahead, aheadFrom, putAhead, withdrawAhead } from './queries.ts';

/** What a head may record now: for whom, from which day, until when of the evening. */
export interface AheadFacts {
  policy: Policy;
  calendar: WorkingCalendar;
  team: StaffMember[];
  recorded: Ahead[];
  from: LocalDate;
  untilChoices: MinuteOfDay[];
  /** The day of the card is over. */
  over: boolean;
}

/** A record holds from today until the head's own end of work, else from the next working day (P3). */
export async function gatherAhead(ports: Ports, db: Db, item: ItemTable, at: Instant): Promise<AheadFacts> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const calendar = await workingCalendar(db, book, item.date);
  const local = localAt(at, book.timeZone);
  const head = await staffMemberOn(db, item.staff, item.date);
  const ended = local.minute >= ownEndOf(head ?? { end_minute: null }, policy.office);
  const today = !ended && dayKind(item.date, calendar) === 'working';
  const team = await directReports(db, item.staff, item.date);
  return {
    policy,
    calendar,
    team,
    recorded: await aheadFrom(
      db,
      item.date,
      team.map((member) => member.staff),
    ),
    from: today ? item.date : nextWorkingDay(item.date, calendar),
    untilChoices: quarterHours(policy.lateWork.cutoffMinute, policy.lateWork.lastCardMinute),
    over: local.date > item.date,
  };
}

/**
 * 事前了承 (P3): the head records for own staff until when they may go on, for what, for up to ten working days, and takes it
 * back. They get no C02 and are counted. It is a 了承, never an order (P1); names are shown only when asked for (P11).
 */
export const aheadVerb: CardVerb = {
  name: 'late-work.ahead',
  rules: ['late-work.prior-ok'],
  async take(ports, db, press) {
    const read = aheadSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    if (await isSharedTerminal(db, press)) return { changed: false };
    const facts = await gatherAhead(ports, db, press.item, press.at);
    const { decision, show, page = 0, people } = read.data;
    if (facts.over && decision !== undefined) return { changed: false, note: 'closed' };
    if (decision === 'record') return record(ports, db, press, facts, read.data);
    if (decision === 'withdraw') return withdraw(db, press, facts, people);
    if (show === 'withdraw') return { changed: false, view: { named: true, again: true, page } };
    if (show === 'names') return reveal(ports, db, press, facts, page);
    return { changed: false };
  },
};

async function reveal(ports: Ports, db: Db, press: Press, facts: AheadFacts, page: number): Promise<PressOutcome> {
  const detail = { date: press.item.date, people: facts.team.length };
  await noteAct(ports, db, { actor: press.reader.staff, action: 'view-names', subject: press.item.rule, detail });
  return { changed: false, view: { named: true, page } };
}

interface Form {
  people: string[];
  days?: number | undefined;
  until?: MinuteOfDay | undefined;
  reason?: string | undefined;
  note?: string | undefined;
}

async function record(ports: Ports, db: Db, press: Press, facts: AheadFacts, form: Form): Promise<PressOutcome> {
  const view = { named: true };
  const reason = REASONS.find((code) => code === form.reason);
  const note = (form.note ?? '').trim().slice(0, 500) || null;
  const chosen = facts.team.filter((member) => form.people.includes(member.staff));
  const { days, until } = form;
  const timely = until !== undefined && facts.untilChoices.includes(until);
  if (chosen.length === 0 || !reason || days === undefined || !timely || (reason === 'other' && note === null)) {
    return { changed: false, note: 'incomplete', view };
  }
  const to = lastOf(facts, days);
  const isHeld = (staff: string) =>
    facts.recorded.some(
      (one) =>
        one.staff === staff &&
        one.from_date === facts.from &&
        one.to_date === to &&
        one.until_minute === until &&
        one.reason === reason,
    );
  const fresh = chosen.filter((member) => !isHeld(member.staff));
  for (const { staff } of fresh) {
    const row = { id: ports.random.id(), staff, head: press.reader.staff, from_date: facts.from, to_date: to };
    const what = { until_minute: until, reason, recorded_at: press.at, withdrawn_at: null };
    await putAhead(db, { ...row, ...what }, note);
  }
  return { changed: fresh.length > 0, note: 'recorded', view };
}

/** The last of so many working days, the first included. */
function lastOf({ from, calendar }: AheadFacts, days: number): LocalDate {
  let last = from;
  for (let left = days - 1; left > 0; left -= 1) last = nextWorkingDay(last, calendar);
  return last;
}

async function withdraw(db: Db, press: Press, facts: AheadFacts, chosen: string[]): Promise<PressOutcome> {
  const ids = facts.recorded.filter((one) => chosen.includes(one.id)).map((one) => one.id);
  if (ids.length === 0) return { changed: false, note: 'incomplete', view: { named: true, again: true } };
  await withdrawAhead(db, ids, press.at);
  return { changed: true, note: 'recorded', view: { named: true } };
}
