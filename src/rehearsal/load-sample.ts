import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CliCommand, type Ports, Refusal, type Room } from '../ports/room.ts';

/** In this order: a staff file names sections, all the others name people. */
const files: [command: string, file: string][] = [
  ['import sections', 'sections.csv'],
  ['import staff', 'staff.csv'],
  ['import posts', 'posts.csv'],
  ['import leave', 'leave.csv'],
  ['import orders', 'orders.csv'],
  ['import clock', 'clock.csv'],
  ['import hours', 'hours.csv'],
];

/** Takes the sample organisation into an empty store, by the same commands an operator uses. Refuses when the sample itself is wrong. */
export async function loadSample(ports: Ports, rooms: Room[], folder: string): Promise<void> {
  if (await ports.database.db.selectFrom('staff_row').select('staff').limit(1).executeTakeFirst()) return;
  const commands = new Map(rooms.flatMap((room) => room.cli ?? []).map((command) => [command.name, command]));
  for (const [name, file] of files) {
    const path = join(folder, file);
    const command = commands.get(name);
    if (command && existsSync(path)) await importOne(ports, command, path);
  }
}

async function importOne(ports: Ports, command: CliCommand, path: string): Promise<void> {
  const { failed } = await command.run(ports, [path], {});
  if (failed) throw new Refusal(failed.code, `見本のファイルを取り込めません。${failed.message}`, path);
}
