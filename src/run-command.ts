import { Interrupted, listenForStop } from './adapters/interruption.ts';
import { type Terminal, watched } from './adapters/progress.ts';
import { xlsxFiles } from './adapters/sheets.ts';
import type { Config } from './config.ts';
import { openDatabase, openPorts, policyNotice } from './open-ports.ts';
import type { Database } from './ports/database.ts';
import { type CliCommand, type CliResult, Refusal } from './ports/room.ts';

type Options = Record<string, string | boolean | undefined>;

/** What Ctrl-C and SIGTERM make of a command; its exit code is 130. */
const stopped = {
  nothing: '途中で止めました。何も記録していません。',
  some: '途中で止めました。止める前に終わった分は記録してあります。',
};

/**
 * Runs a command of a room on the store, with a bar where somebody watches the terminal (stderr). Ctrl-C and SIGTERM stop it: what was begun is taken
 * back whole, and it refuses (Refusal `stopped`).
 */
export async function runCommand(
  spec: CliCommand,
  args: string[],
  config: Config,
  given: Options,
  terminal: Terminal,
): Promise<CliResult> {
  const stop = listenForStop();
  const bar = watched(terminal);
  const recorded = { any: false };
  try {
    const database = noting(await openDatabase(config, stop.signal), recorded);
    try {
      const { progress } = bar;
      const ports = { ...(await openPorts(config, database)), ...(progress ? { progress } : {}), sheets: xlsxFiles };
      const notice = spec.name.startsWith('policy') ? null : await policyNotice(ports);
      if (notice !== null) terminal.write(`${notice}\n`);
      return await spec.run(ports, args, given);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Refusal('stopped', recorded.any ? stopped.some : stopped.nothing);
  } finally {
    bar.close();
    stop.close();
  }
}

/** Whether anything was committed, to say so when the command is stopped after it. */
function noting(database: Database, recorded: { any: boolean }): Database {
  return {
    ...database,
    async transaction(work, patience) {
      const answer = await database.transaction(work, patience);
      recorded.any = true;
      return answer;
    },
  };
}
