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
  /** People held and not yet gone before this file. */
  inService: number;
}

/**
 * Compares a whole staff file with what is held on the day from which it holds. `explicit`: the day was given by
 * `--effective`; without it a number never held is held from its 採用日. People who are not in the file have left on that
 * day: their last day in service is the day before.
 */
export function compareRoster(
  entries: readonly RosterEntry[],
  held: readonly StaffMember[],
  effective: LocalDate,
  explicit: boolean,
): RosterChange {
  const before = new Map(held.map((member) => [member.staff, member]));
  const inFile = new Set(entries.map((entry) => entry.staff));
  const staying = held.filter((member) => member.left_on === null || member.left_on >= effective);
  const leavers = staying.filter((member) => !inFile.has(member.staff) && !(explicit && member.notHired));
  const change: RosterChange = {
    hold: [],
    drop: [],
    added: 0,
    changed: 0,
    unchanged: 0,
    leavers,
    inService: staying.length,
  };
  for (const entry of entries) holdEntry(change, entry, before.get(entry.staff), effective, explicit);
  for (const member of leavers) holdLeaver(change, member, effective);
  return change;
}

function holdEntry(
  change: RosterChange,
  entry: RosterEntry,
  held: StaffMember | undefined,
  effective: LocalDate,
  explicit: boolean,
): void {
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
  if (held.notHired && !explicit) change.drop.push({ staff: held.staff, valid_from: held.valid_from });
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
