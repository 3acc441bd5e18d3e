import type { ImportReport } from '../../src/intake/index.ts';
import type { Crossing } from '../../src/overtime/crossings.ts';
import { overtimeRoom } from '../../src/overtime/index.ts';
import type { Status } from '../../src/overtime/rules.ts';
import type { StaffMember } from '../../src/people/rules.ts';
import type { CliResult } from '../../src/ports/room.ts';
import { aFile, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { applyPolicyText, putStaff } from '../build/service.ts';

export const POLICY = 'organisation: 見本市\novertime: { ledgerFrom: 2021-04 }\n';

/** A ledger on a real store, driven by the commands. */
export interface TestLedger {
  ports: TestPorts;
  hours(content: Row[] | string | Uint8Array, options?: Record<string, boolean>): Promise<ImportReport>;
  restrictions(content: Row[] | string, options?: Record<string, boolean>): Promise<ImportReport>;
  status(month: string, options?: Record<string, string>): Promise<Status[]>;
  crossings(since: string): Promise<Crossing[]>;
}

export async function aLedger(
  staff: (Partial<StaffMember> & { staff: string })[],
  policy = POLICY,
  now = '2021-11-01T09:00:00+09:00',
): Promise<TestLedger> {
  const ports = await testPorts({ now });
  await applyPolicyText(ports.database.db, policy, 1);
  await putStaff(ports.database.db, staff, ports.clock.now());
  const run = (name: string, args: string[], options: Record<string, string | boolean | undefined>) => {
    const command = overtimeRoom.cli?.find((one) => one.name === name);
    if (!command) throw new Error(`no command ${name}`);
    return command.run(ports, args, options);
  };
  const file = (content: Row[] | string | Uint8Array) => aFile(ports.settings.dataFolder, content);
  const report = async (result: Promise<CliResult>) => (await result).document as ImportReport;
  return {
    ports,
    hours: (content, options = {}) => report(run('import hours', [file(content)], options)),
    restrictions: (content, options = {}) => report(run('import restrictions', [file(content)], options)),
    status: async (month, options = {}) =>
      ((await run('overtime status', [], { month, ...options })).document as { people: Status[] }).people,
    crossings: async (since) =>
      ((await run('overtime crossings', [], { since })).document as { crossings: Crossing[] }).crossings,
  };
}

/** Lines `100001,2021-10-15,平日,60` below the header of the required columns. */
export function hoursFile(...lines: string[]): string {
  return ['職員番号,日付,区分,分', ...lines, ''].join('\n');
}
