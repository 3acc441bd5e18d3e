import { type HolidayOverride, holidaysWith } from '../calendar/index.ts';
import { type ImportCounts, importReport, importResult, openFile, readTable, recordImport } from '../intake/index.ts';
import type { Db } from '../ports/database.ts';
import type { CliResult, Ports } from '../ports/room.ts';
import { DATE_COLUMN, holidayChanges, NAME_COLUMN, readHolidays } from './holiday-file.ts';
import { forgetOverride, holidayOverrides, overrideHoliday } from './queries.ts';

/** `import holidays FILE [--dry-run]`: the Cabinet Office's file, or a short one of the city. Whole or not at all. */
export async function importHolidays(ports: Ports, file: string, dryRun: boolean): Promise<CliResult> {
  const table = readTable(await openFile(file), { required: [DATE_COLUMN, NAME_COLUMN], optional: [] });
  const read = readHolidays(table.rows);
  const problems = [...table.problems, ...read.problems];
  return ports.database.transaction(async (db) => {
    const { changes, counts } = holidayChanges(read.days, await holidayOverrides(db));
    const report = importReport({ rows: table.rows.length, digest: table.digest, dryRun }, problems, counts);
    if (problems.length === 0 && !dryRun && changes.length > 0) {
      await store(ports, db, changes, { rows: table.rows.length, digest: table.digest, ...counts });
    }
    return importResult(report, file);
  });
}

/** The table holds only what differs from the built-in holidays. */
async function store(
  ports: Ports,
  db: Db,
  changes: HolidayOverride[],
  file: ImportCounts & { rows: number; digest: string },
): Promise<void> {
  const id = ports.random.id();
  const builtIn = holidaysWith([]);
  for (const { date, name } of changes) {
    if (builtIn.nameOf(date) === name) await forgetOverride(db, date);
    else await overrideHoliday(db, { date, name, import_id: id });
  }
  await recordImport(ports, db, { id, kind: 'holidays', effective: null, ...file });
}
