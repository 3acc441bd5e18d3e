import { parseDate } from '../../calendar/index.ts';
import { importResult, openFile, readTable } from '../../intake/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import { type CliResult, type Ports, Refusal } from '../../ports/room.ts';
import { openDueFiles } from '../sealed/open-due-files.ts';
import { sealFile } from '../sealed/seal-file.ts';
import { todayOf } from '../today.ts';
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
  const today = await todayOf(ports);
  const explicit = options.effective !== undefined;
  const effective = options.effective === undefined ? today : effectiveDate(options.effective);
  const flags = { effective, explicit, confirmLeavers: options.confirmLeavers, dryRun: options.dryRun };
  await openDueFiles(ports, today);
  const table = readTable(bytes, { required: STAFF_REQUIRED, optional: STAFF_OPTIONAL });
  const later = effective > today;
  return ports.database.transaction(async (db) => {
    const taken = await takeRoster(ports, db, table, later ? { ...flags, dryRun: true } : flags);
    if (later && taken.tooMany === null && taken.report.problemsTotal === 0 && !options.dryRun) {
      await sealFile(ports, db, { kind: 'staff', effective, digest: table.digest, bytes });
    }
    return resultOf(taken, file, options.dryRun, later ? effective : null);
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
  const message = `在籍${inService}人のうち${leavers}人がこのファイルにいません（20％超）。全員が離職したのであれば --confirm-leavers を付けてください。`;
  return { document: report, lines: [], failed: { code: 'confirm-leavers', message, where: file } };
}
