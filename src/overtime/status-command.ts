import { currentPolicy } from '../policy/index.ts';
import type { CliResult, Ports } from '../ports/room.ts';
import { listStatus, requestOf } from './list-status.ts';
import { statusLines } from './wording-lines.ts';

/** `overtime status --month YYYY-MM [--staff NO] [--as-of ISO]`: the ledger's view (contracts.md 4). */
export async function overtimeStatus(
  ports: Ports,
  options: Record<string, string | boolean | undefined>,
): Promise<CliResult> {
  const { db } = ports.database;
  const request = requestOf(options, await currentPolicy(db, ports.settings));
  const people = await listStatus(ports, db, request);
  return { document: { people }, lines: statusLines(people) };
}
