import type { AtWork } from '../attendance/index.ts';
import {
  leaveOf,
  officeOf,
  type StaffMember,
  staffMemberOn,
  standInsFor,
  standInsOfSection,
  whyAway,
} from '../people/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Candidate, RouteFacts } from './route-request.ts';

/** Own start of work where the roster names none: only the night before lies before it. */
const officeOpens: MinuteOfDay = 6 * 60;

/** Whether somebody is at work at that moment. */
export type PresenceOf = (staff: string) => Promise<AtWork>;

/** The minute of a date at which somebody is looked for, and what is known of everybody. */
export interface Moment {
  date: LocalDate;
  minute: MinuteOfDay;
  lastCardMinute: MinuteOfDay;
  presence: PresenceOf;
  /** Who stands over whom at this moment: many wishes of one evening go to few heads. */
  known: Map<string, Promise<RouteFacts>>;
}

/**
 * Who might be asked about a person at that minute, each with where they are (P3, design 4). The post counts as vacant where
 * the roster names no 所属長, or one who is not in service. Nobody is asked about themselves.
 */
export async function gatherRoute(db: Db, staff: string, moment: Moment): Promise<RouteFacts> {
  const member = await staffMemberOn(db, staff, moment.date);
  const key = member?.head ?? `in ${member?.section_id ?? ''}`;
  const facts = moment.known.get(key) ?? routeOver(db, member, moment);
  moment.known.set(key, facts);
  const { head, deputies, above, office, over } = await facts;
  const others = (candidates: Candidate[]) => candidates.filter((one) => one.staff !== staff);
  return { head, deputies: others(deputies), above: others(above), office: others(office), over };
}

async function routeOver(db: Db, member: StaffMember | null, moment: Moment): Promise<RouteFacts> {
  const { date, minute, lastCardMinute } = moment;
  const named = member?.head ? await candidateOf(db, member.head, moment) : null;
  const head = named && named.away !== 'retired' && named.away !== 'not-hired' ? named : null;
  const { deputies, above } = member?.head
    ? await standInsFor(db, member.head, date)
    : { deputies: member ? await standInsOfSection(db, member.section_id, date) : [], above: [] };
  const office = head === null && member ? await officeOf(db, member, date) : [];
  const all = async (numbers: string[]) =>
    (await Promise.all(numbers.map((one) => candidateOf(db, one, moment)))).filter((one) => one !== null);
  const over = minute >= lastCardMinute;
  return { head, deputies: await all(deputies), above: await all(above), office: await all(office), over };
}

async function candidateOf(db: Db, staff: string, moment: Moment): Promise<Candidate | null> {
  const { date, minute, presence } = moment;
  const member = await staffMemberOn(db, staff, date);
  if (!member) return null;
  const where = whereabouts(await presence(staff), member.start_minute ?? officeOpens);
  const away = whyAway(member, await leaveOf(db, staff, date), date, minute);
  return { staff, away: away === 'half-day' && where === 'at-work' ? null : away, presence: where };
}

/** Who went home after last midnight, before this day began, is not known to have left today. */
function whereabouts(seen: AtWork, startMinute: MinuteOfDay): Candidate['presence'] {
  if (seen.atWork) return 'at-work';
  return seen.why === 'left' && seen.minute >= startMinute ? 'left' : 'unknown';
}
