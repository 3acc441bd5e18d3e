import { instantAt, localAt } from '../../calendar/index.ts';
import { isInService, rolesOf, type StaffMember, staffMemberOn, staffOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { chatsByAad, openingsByAad, unknownSenders } from './queries.ts';
import { REACH_CLASSES, type Unreached, whyUnreached } from './rules.ts';

/** Who sees the list: 人事課, 労務 and ICT. */
export const listRoles = ['hr', 'labour', 'ict'];

export interface UnreachedPerson extends Unreached {
  staff: string;
  name: string;
  bureau: string;
  /** `局区/部/課`. */
  section: string;
}

export interface UnknownSender {
  aad: string;
  first: Instant;
  last: Instant;
  times: number;
}

/** Everybody in service who cannot be reached (休職 left out), and who wrote or installed and stands in no roster. */
export interface RepairList {
  people: UnreachedPerson[];
  senders: UnknownSender[];
  timeZone: string;
}

/** The list as it stands at an instant: by class, then section, then 職員番号. */
export async function repairList(ports: Ports, db: Db, at: Instant): Promise<RepairList> {
  const { timeZone } = await currentPolicy(db, ports.settings);
  const { date } = localAt(at, timeZone);
  const staff = await staffOn(db, date);
  const chats = await chatsByAad(db);
  const openings = await openingsByAad(db);
  const asked = staff.filter((person) => isInService(person, date) && person.work_type !== '休職');
  const people = asked.flatMap((person) => {
    const aad = person.aad_id ?? '';
    const unreached = whyUnreached(person.aad_id, chats.get(aad), openings.get(aad), heldSince(person, timeZone));
    return unreached === null ? [] : [{ ...placeOf(person), ...unreached }];
  });
  return { people: people.sort(inOrder), senders: await strangers(db, staff, date), timeZone };
}

/** Whether a person may see the list now; a shared terminal (端末 共用) shows counts only (P11). Deny by default. */
export async function mayList(
  ports: Ports,
  db: Db,
  staff: string,
  at: Instant,
): Promise<{ list: boolean; names: boolean }> {
  const book = await currentPolicy(db, ports.settings);
  const { date } = localAt(at, book.timeZone);
  const roles = await rolesOf(db, book.on(date), staff, date);
  if (!roles.some((role) => listRoles.includes(role))) return { list: false, names: false };
  return { list: true, names: (await staffMemberOn(db, staff, date))?.terminal !== '共用' };
}

/** From when the roster holds the person as now, but not before 採用日. */
function heldSince(person: StaffMember, timeZone: string): Instant {
  const date = person.valid_from > person.hired_on ? person.valid_from : person.hired_on;
  return instantAt(date, 0, timeZone);
}

function placeOf({ staff, name, bureau, division, unit }: StaffMember) {
  const section = [bureau, division, unit].filter((level) => level !== '').join('/');
  return { staff, name, bureau, section };
}

function inOrder(a: UnreachedPerson, b: UnreachedPerson): number {
  const byClass = REACH_CLASSES.indexOf(a.class) - REACH_CLASSES.indexOf(b.class);
  if (byClass !== 0) return byClass;
  return `${a.section} ${a.staff}` < `${b.section} ${b.staff}` ? -1 : 1;
}

/** An id that a file has brought into the roster since is no stranger's any more. */
async function strangers(db: Db, staff: StaffMember[], date: LocalDate): Promise<UnknownSender[]> {
  const known = new Set(
    staff.flatMap((person) => (person.left_on === null || person.left_on >= date ? (person.aad_id ?? []) : [])),
  );
  const rows = (await unknownSenders(db)).filter((row) => !known.has(row.aad_id));
  return rows.map((row) => ({ aad: row.aad_id, first: row.first_at, last: row.last_at, times: row.times }));
}
