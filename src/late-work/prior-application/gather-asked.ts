import { attendanceOn } from '../../attendance/index.ts';
import { dayKind, instantAt } from '../../calendar/index.ts';
import { pausesOn } from '../../pauses/index.ts';
import {
  headSettings,
  leavesOn,
  membersOn,
  ownEndOf,
  ownStartOf,
  type Planned,
  pathOfMember,
  resolveSection,
  settingFor,
  whyAway,
} from '../../people/index.ts';
import { currentPolicy, type Policy, type PolicyBook, workingCalendar } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Page, Ports } from '../../ports/room.ts';
import { type AskedFacts, askingMinute, type DayKind } from './rules.ts';

/** What the decisions of C03 on one date have in common, whoever is looked at. */
export interface AskedDay {
  book: PolicyBook;
  policy: Policy;
  kind: DayKind;
  isOn: (member: Planned) => boolean;
}

/** Reads where C03 is on. Null on a weekend and where it is on for nobody, which costs three queries. */
export async function gatherAsked(ports: Ports, db: Db, date: LocalDate): Promise<AskedDay | null> {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(date);
  const kind = dayKind(date, await workingCalendar(db, book, date));
  const isOn = kind === 'weekend' ? null : await sectionsWithCard(db, policy, date);
  return isOn && { book, policy, kind, isOn };
}

/** Reads pauses; then, page by page, those in whose section C03 is on, their leave and what they applied for. */
export async function askedPages(
  db: Db,
  { book, policy, isOn }: AskedDay,
  date: LocalDate,
): Promise<(page: Page) => Promise<AskedFacts[]>> {
  const paused = await pausesOn(db, book, date, policy.office.endMinute);
  return async (page) => {
    const concerned = (await membersOn(db, date, page)).filter(isOn);
    if (concerned.length === 0) return [];
    const numbers = concerned.map((member) => member.staff);
    const leaves = await leavesOn(db, date, numbers);
    const attendance = await attendanceOn(db, date, numbers);
    return concerned.map((member): AskedFacts => {
      const times = {
        startMinute: ownStartOf(member, policy.office),
        endMinute: ownEndOf(member, policy.office),
      };
      const minute = askingMinute(times, policy.priorApplication.minutesBeforeEnd);
      const askedAt = instantAt(date, minute, book.timeZone);
      return {
        staff: member.staff,
        ...times,
        shift: member.work_type === '交替',
        away: whyAway(member, leaves.get(member.staff) ?? [], date, minute),
        paused: paused(member, 'C03', minute),
        applied: attendance(member.staff).orders.some((one) => one.status !== '取消' && one.appliedAt <= askedAt),
      };
    });
  };
}

/** Whether C03 is on for a person: the policy's sections, and what heads have set for their own; null where it is on nowhere. */
export async function sectionsWithCard(
  db: Db,
  policy: Policy,
  date: LocalDate,
): Promise<((member: Planned) => boolean) | null> {
  const named = await Promise.all(policy.priorApplication.sections.map((section) => resolveSection(db, section, date)));
  const sections = named.flatMap((one) => ('path' in one ? [one.path] : []));
  const heads = await headSettings(db, 'prior-application', date);
  if (sections.length === 0 && heads.every((one) => one.value !== 'on')) return null;
  return (member) => {
    const { said, policy: nearer } = settingFor(pathOfMember(member), sections, heads);
    return said === 'on' || nearer.length > 0;
  };
}
