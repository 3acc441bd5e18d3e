import { type ImportReport, importReport, type Problem, type Table } from '../../intake/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports, Progress } from '../../ports/room.ts';
import { staffOn } from '../queries.ts';
import { recordImport } from '../record-import.ts';
import { findOrMakeSections, insertSections } from '../sections/find-or-make.ts';
import { compareRoster, type RosterChange } from './compare-roster.ts';
import { dropRows, holdRows } from './hold-rows.ts';
import { readRoster } from './read-roster.ts';

export interface RosterFlags {
  effective: LocalDate;
  /** The day was given by `--effective`. */
  explicit: boolean;
  confirmLeavers: boolean;
  dryRun: boolean;
  /** The day of the command or of the minute that is played; not before `effective` when something is written. */
  today: LocalDate;
}

/** Over this share of people missing, a file is taken only with `--confirm-leavers`: it is more often half a file than a reform. */
const leaversUnconfirmed = 0.2;

/** `tooMany`: so many would leave by this file that it needs to be confirmed; nothing was done. */
export interface RosterTaken {
  report: ImportReport;
  tooMany: { leavers: number; inService: number } | null;
}

/** Takes a whole staff file into the store, inside the given transaction: all of it, or, with a problem, nothing. */
export async function takeRoster(ports: Ports, db: Db, table: Table, flags: RosterFlags): Promise<RosterTaken> {
  const problems: Problem[] = [...table.problems];
  const rows = readRoster(table.rows, problems);
  const id = ports.random.id();
  const sections = await findOrMakeSections(db, id, flags.effective, rows);
  const entries = rows.map(({ line: _line, ...row }) => ({ ...row, section_id: sections.keyFor(row) }));
  const change = compareRoster(entries, await staffOn(db, flags.effective), flags);
  const { added, changed, unchanged, leavers, gone, inService } = change;
  const counts = { added, changed, unchanged, withdrawn: leavers.length };
  const file = { rows: table.rows.length, digest: table.digest, dryRun: flags.dryRun };
  if (problems.length > 0) return { report: importReport(file, problems, counts), tooMany: null };
  if (gone > inService * leaversUnconfirmed && !flags.confirmLeavers) {
    const nothing = { added: 0, changed: 0, withdrawn: 0, unchanged: 0 };
    return { report: importReport(file, [], nothing), tooMany: { leavers: gone, inService } };
  }
  if (!flags.dryRun && added + changed + leavers.length > 0) {
    await insertSections(db, sections.made);
    await write(db, change, id, ports.progress?.('取込み'));
    await recordImport(ports, db, {
      id,
      kind: 'staff',
      effective: flags.effective,
      ...counts,
      rows: file.rows,
      digest: file.digest,
    });
  }
  return { report: importReport(file, [], counts), tooMany: null };
}

async function write(db: Db, change: RosterChange, importId: string, watched?: Progress): Promise<void> {
  await dropRows(db, change.drop);
  await holdRows(
    db,
    change.hold.map((row) => ({ ...row, import_id: importId })),
    watched,
  );
}
