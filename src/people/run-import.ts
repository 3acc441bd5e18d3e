import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import { noteOpened, openDueFiles } from './sealed/open-due-files.ts';
import { todayOf } from './today.ts';

/**
 * Runs one import in one transaction, after the sealed files whose day has come, as a service would have opened them. With
 * `dryRun` the whole transaction is taken back: only the answer remains.
 */
export async function runImport<T>(
  ports: Ports,
  dryRun: boolean,
  work: (db: Db, today: LocalDate) => Promise<T>,
): Promise<T> {
  const today = await todayOf(ports);
  const run = async (db: Db) => {
    const opened = await openDueFiles(ports, db, today);
    return { opened, answer: await work(db, today) };
  };
  if (dryRun) return (await takenBack(ports, run)).answer;
  const { opened, answer } = await ports.database.transaction(run);
  noteOpened(ports, opened);
  return answer;
}

async function takenBack<T>(ports: Ports, run: (db: Db) => Promise<T>): Promise<T> {
  const answers: T[] = [];
  const enough = new Error('A dry run is taken back.');
  const transaction = ports.database.transaction(async (db) => {
    answers.push(await run(db));
    throw enough;
  });
  await transaction.catch((error: unknown) => {
    if (error !== enough) throw error;
  });
  const [answer] = answers;
  if (answer === undefined) throw enough;
  return answer;
}
