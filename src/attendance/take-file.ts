import {
  type ImportCounts,
  importReport,
  importResult,
  type Problem,
  problemAt,
  readTable,
  recordImport,
  type Table,
} from '../intake/index.ts';
import { runImport, staffEverHeld } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { CliResult, Ports, Progress } from '../ports/room.ts';

/** A file on its way in: its bytes, the name problems are told under, and who sent it (null: a command). */
export interface FileIn {
  content: Uint8Array;
  name: string;
  dryRun: boolean;
  sender: string | null;
}

/** A kind of file: its columns, its rows, and what they change in the store. */
export interface FileKind<R> {
  kind: 'clock' | 'orders';
  columns: readonly string[];
  read(rows: Table['rows'], problems: Problem[], timeZone: string): R[];
  /** What taking these rows in would change; `write` does it. Writes nothing by itself. */
  compare(
    db: Db,
    rows: R[],
  ): Promise<{ counts: ImportCounts; write(importId: string, watched?: Progress): Promise<void> }>;
}

/** Takes a file in whole or not at all; one that changes nothing leaves no trace. Bad rows are a result that `failed`. */
export async function takeFile<R extends { line: number; staff: string }>(
  ports: Ports,
  { kind, columns, read, compare }: FileKind<R>,
  { content, name, dryRun, sender }: FileIn,
): Promise<CliResult> {
  const table = readTable(content, { required: columns, optional: [] });
  const { timeZone } = await currentPolicy(ports.database.db, ports.settings);
  const wrong = [...table.problems];
  const rows = read(table.rows, wrong, timeZone);
  const file = { rows: table.rows.length, digest: table.digest };
  return runImport(ports, dryRun, async (db) => {
    const problems = wrong.concat(await unknownStaff(db, rows));
    const change = problems.length === 0 ? await compare(db, rows) : nothing;
    const { counts } = change;
    if (!dryRun && counts.added + counts.changed + counts.withdrawn > 0) {
      const id = ports.random.id();
      await change.write(id, ports.progress?.('取込み'));
      await recordImport(ports, db, { id, kind, effective: null, ...file, ...counts }, sender ?? undefined);
    }
    return importResult(importReport({ ...file, dryRun }, problems, counts), name);
  });
}

const nothing = {
  counts: { added: 0, changed: 0, withdrawn: 0, unchanged: 0 },
  write: async (_importId: string, _watched?: Progress) => {},
};

async function unknownStaff(db: Db, rows: readonly { line: number; staff: string }[]): Promise<Problem[]> {
  const known = await staffEverHeld(db);
  return rows
    .filter((row) => !known.has(row.staff))
    .map((row) => problemAt(row.line, '職員番号', row.staff, '取込済みの職員番号を書いてください。'));
}
