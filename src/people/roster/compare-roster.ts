import { addDays } from '../../calendar/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { StaffRowTable } from '../../ports/tables.ts';
import type { StaffMember } from '../rules.ts';

/** A row of the file with its section found. */
export type RosterEntry = Omit<StaffRowTable, 'valid_from' | 'import_id'>;

/** What has to be written so that the store says what the file says. */
export interface RosterChange {
  /** Rows to hold from their `valid_from`; one held from the same day is replaced. */
  hold: Omit<StaffRowTable, 'import_id'>[];
  /** Rows of people never yet in force that a newer row takes the place of. */
  drop: { staff: string; valid_from: LocalDate }[];
  added: number;
  changed: number;
  unchanged: number;
  /** People held and in service who are not in the file. */
  leavers: StaffMember[];
  /** Those of the leavers whom the file does not bring back under another number (P9). */
  gone: number;
  /** People held and not yet gone before this file. */
  inService: number;
}

/** From when a file holds: `explicit` where the day was given by `--effective`. */
export interface HoldsFrom {
  effective: LocalDate;
  explicit: boolean;
  today: LocalDate;
}

/**
 * Compares a whole staff file with what is held on the day from which it holds. Without `--effective` a number never held
 * is held from its 採用日. People who are not in the file have left on that day: their last day in service is the day
 * before. Somebody whom the store first holds after a day in the past is not missing in a file for that day.
 */
export function compareRoster(
  entries: readonly RosterEntry[],
  held: readonly StaffMember[],
  from: HoldsFrom,
): RosterChange {
  const before = new Map(held.map((member) => [member.staff, member]));
  const inFile = new Set(entries.map((entry) => entry.staff));
  const staying = held.filter(
    (member) =>
      (member.left_on === null || member.left_on >= from.effective) && (!member.notHired || isToCome(member, from)),
  );
  const leavers = staying.filter((member) => !inFile.has(member.staff));
  const change: RosterChange = {
    hold: [],
    drop: [],
    added: 0,
    changed: 0,
    unchanged: 0,
    leavers,
    gone: countGone(leavers, entries),
    inService: staying.length,
  };
  for (const entry of entries) holdEntry(change, entry, before.get(entry.staff), from);
  for (const member of leavers) holdLeaver(change, member, from.effective);
  return change;
}

/** Held only from a day that has not come: a number taken in before its 採用日. */
function isToCome(member: StaffMember, { effective, today }: HoldsFrom): boolean {
  return member.notHired === true && member.valid_from > (today > effective ? today : effective);
}

function countGone(leavers: readonly StaffMember[], entries: readonly RosterEntry[]): number {
  const numbers = new Set(entries.map((entry) => entry.previous_number));
  const ids = new Set(entries.map((entry) => entry.aad_id));
  const isBack = (member: StaffMember) =>
    numbers.has(member.staff) || (member.aad_id !== null && ids.has(member.aad_id));
  return leavers.filter((member) => !isBack(member)).length;
}

function holdEntry(change: RosterChange, entry: RosterEntry, held: StaffMember | undefined, from: HoldsFrom): void {
  const { effective, explicit } = from;
  if (held === undefined) {
    change.added += 1;
    change.hold.push({ ...entry, valid_from: explicit ? effective : entry.hired_on });
    return;
  }
  const earlier = explicit && held.notHired === true;
  if (!earlier && says(entry, held)) {
    change.unchanged += 1;
    return;
  }
  change.changed += 1;
  if (isToCome(held, from)) change.drop.push({ staff: held.staff, valid_from: held.valid_from });
  change.hold.push({ ...entry, valid_from: held.notHired && !explicit ? entry.hired_on : effective });
}

function holdLeaver(change: RosterChange, member: StaffMember, effective: LocalDate): void {
  const { notHired, ...row } = member;
  if (notHired) change.drop.push({ staff: row.staff, valid_from: row.valid_from });
  change.hold.push({ ...row, valid_from: effective, left_on: addDays(effective, -1) });
}

function says(entry: RosterEntry, held: StaffMember): boolean {
  return COMPARED.every((column) => entry[column] === held[column]);
}

const COMPARED: readonly (keyof RosterEntry)[] = [
  'name',
  'email',
  'aad_id',
  'bureau',
  'division',
  'unit',
  'section_id',
  'section_code',
  'post',
  'manager',
  'head',
  'work_type',
  'start_minute',
  'end_minute',
  'hired_on',
  'left_on',
  'language',
  'staff_class',
  'appointer',
  'category',
  'workplace',
  'week_minutes',
  'terminal',
  'previous_number',
  'deputy',
  'telework',
  'age_band',
  'gender',
];
