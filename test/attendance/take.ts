import { attendanceRoom } from '../../src/attendance/index.ts';
import type { CliResult } from '../../src/ports/room.ts';
import { aFile, aStaffRow, type Row } from '../build/csv-file.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';
import { runImport } from '../people/import-command.ts';

export const DAY = '2026-11-18';

/** A store with 100001, 100002 and 100003. */
export async function withStaff(): Promise<TestPorts> {
  const ports = await testPorts();
  await runImport(
    ports,
    'staff',
    ['100001', '100002', '100003'].map((staff) => aStaffRow(staff)),
  );
  return ports;
}

/** Runs `import clock` or `import orders` as the command line would. */
export async function take(
  ports: TestPorts,
  kind: 'clock' | 'orders',
  content: Row[] | string | Uint8Array,
  options: Record<string, boolean> = {},
): Promise<CliResult> {
  const command = attendanceRoom.cli?.find((one) => one.name === `import ${kind}`);
  if (!command) throw new Error(`no command import ${kind}`);
  return command.run(ports, [aFile(ports.settings.dataFolder, content)], options);
}

/** The four counts of a result. */
export function countsOf({ document }: CliResult): string {
  const { added, changed, withdrawn, unchanged } = document as Record<string, number>;
  return `+${added} ~${changed} -${withdrawn} =${unchanged}`;
}
