import { openFile } from '../intake/index.ts';
import type { CliResult, Ports } from '../ports/room.ts';
import type { FileIn } from './take-file.ts';

/** `import clock` or `import orders`, whatever way the file came. */
export type Take = (ports: Ports, file: FileIn) => Promise<CliResult>;

/** A file somebody named on a command line. */
export async function takeNamedFile(ports: Ports, take: Take, path: string, dryRun: boolean): Promise<CliResult> {
  return take(ports, { content: await openFile(path), name: path, dryRun, sender: null });
}

/** A file another system posted to `/feeds/<name>`; a refused one is named in the log, by its number of problems only. */
export async function takeFeed(
  ports: Ports,
  take: Take,
  name: string,
  content: Uint8Array,
  sender: string,
): Promise<CliResult> {
  const result = await take(ports, { content, name: `feeds/${name}`, dryRun: false, sender: `feed:${sender}` });
  if (result.failed) ports.log.warn('A feed was refused', { feed: name, why: result.failed.code });
  return result;
}
