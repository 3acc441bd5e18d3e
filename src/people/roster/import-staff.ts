import { parseDate } from '../../calendar/index.ts';
import { importResult, openFile, readTable } from '../../intake/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import { type CliResult, type Ports, Refusal } from '../../ports/room.ts';
import { runImport } from '../run-import.ts';
import { sealFile } from '../sealed/seal-file.ts';
import { STAFF_OPTIONAL, STAFF_REQUIRED } from './schema.ts';
import { type RosterTaken, takeRoster } from './take-roster.ts';

export interface StaffOptions {
  dryRun: boolean;
  effective: string | undefined;
  confirmLeavers: boolean;
}

/**
 * `import staff FILE`: the whole roster as it holds from a day on (default today). A file for a day to come is checked now
 * and kept sealed until 00:00 of that day (P8).
 */
export async function importStaff(ports: Ports, file: string, options: StaffOptions): Promise<CliResult> {
  const bytes = await openFile(file);
  const { dryRun, confirmLeavers } = options;
  const given = options.effective === undefined ? null : effectiveDate(options.effective);
  const table = readTable(bytes, { required: STAFF_REQUIRED, optional: STAFF_OPTIONAL });
  return runImport(ports, dryRun, async (db, today) => {
    const effective = given ?? today;
    const later = effective > today;
    const flags = { effective, explicit: given !== null, confirmLeavers, dryRun: dryRun || later, today };
    const taken = await takeRoster(ports, db, table, flags);
    if (later && !dryRun && taken.tooMany === null && taken.report.problemsTotal === 0) {
      await sealFile(ports, db, { kind: 'staff', effective, digest: table.digest, bytes });
    }
    return resultOf(taken, file, dryRun, later ? effective : null);
  });
}

function effectiveDate(text: string): LocalDate {
  const read = parseDate(text);
  if ('problem' in read) throw new Refusal('usage', read.problem, '--effective');
  return read.date;
}

function resultOf(taken: RosterTaken, file: string, dryRun: boolean, sealedUntil: LocalDate | null): CliResult {
  const report = { ...taken.report, dryRun };
  if (taken.tooMany === null) {
    const note =
      sealedUntil === null || dryRun
        ? undefined
        : `${sealedUntil} の午前0時まで封印して保管します。それまでどの画面にも出ません。`;
    return importResult(report, file, note);
  }
  const { leavers, inService } = taken.tooMany;
  const message = `在籍${inService}人のうち${leavers}人がこのファイルにいません（20％超）。ファイルが全員分であることを確かめ、離職したのであれば --confirm-leavers を付けてください。`;
  return { document: report, lines: [], failed: { code: 'confirm-leavers', message, where: file } };
}
