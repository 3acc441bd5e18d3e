import { readFileSync, statSync } from 'node:fs';
import type { Db } from '../ports/database.ts';
import { type Ports, Refusal, type Settings } from '../ports/room.ts';
import { latestVersion, versionNumbered } from './queries.ts';
import { type PolicyBook, problemSentence, readPolicy } from './read-policy.ts';

/** Books by version and digest, or by file and time of change. A version never changes, so nothing grows stale. */
const books = new Map<string, PolicyBook>();
/** What a piece of work has read: the same to its end. */
const seen = new WeakMap<object, Promise<PolicyBook>>();

/**
 * These ports for one piece of work (a minute, a press, a card), which sees one policy however often it asks. With the `db` of a
 * transaction as `moment`, all that stands in it sees the same: while it writes, no other changes what it has read.
 */
export function oneMoment(ports: Ports, moment: object = {}): Ports {
  return ports.settings.moment ? ports : { ...ports, settings: { ...ports.settings, moment } };
}

/**
 * The policy that services follow from this tick on: the newest version of the store; where none was applied, in rehearsal
 * the sample file (version 0). Otherwise a Refusal (`no-policy`).
 */
export function currentPolicy(db: Db, settings: Pick<Settings, 'samplePolicy' | 'moment'>): Promise<PolicyBook> {
  const { samplePolicy: sample, moment } = settings;
  if (!moment) return newestPolicy(db, sample);
  const known = seen.get(moment) ?? newestPolicy(db, sample);
  seen.set(moment, known);
  // Whoever does the same work again reads again.
  known.catch(() => seen.delete(moment));
  return known;
}

async function newestPolicy(db: Db, sample: string | null): Promise<PolicyBook> {
  const latest = await latestVersion(db);
  if (latest === undefined) return samplePolicy(sample);
  const key = `${latest.version} ${latest.digest}`;
  return (
    books.get(key) ?? remember(key, await storedText(db, latest.version), latest.version, `version ${latest.version}`)
  );
}

/** One applied version; undefined where the store has none of that number. */
export async function storedPolicy(db: Db, version: number) {
  const row = await versionNumbered(db, version);
  return row && { row, book: bookOf(row.yaml, version, `version ${version}`) };
}

async function storedText(db: Db, version: number): Promise<string> {
  return (await versionNumbered(db, version))?.yaml ?? '';
}

/** Asked many times a minute: a look at the file without a turn of the event loop costs a hundredth of one with it. */
function samplePolicy(file: string | null): PolicyBook {
  if (file === null) {
    throw new Refusal('no-policy', '方針がまだありません。kaeru policy apply FILE で policy.yaml を適用してください。');
  }
  const changed = statSync(file, { throwIfNoEntry: false });
  if (changed === undefined) throw new Refusal('no-policy', `見本の方針 ${file} が見つかりません。`, file);
  const key = `${file} ${changed.mtimeMs} ${changed.size}`;
  return books.get(key) ?? remember(key, readFileSync(file, 'utf8'), 0, file);
}

function remember(key: string, text: string, version: number, where: string): PolicyBook {
  const book = bookOf(text, version, where);
  if (books.size >= 20) books.clear();
  books.set(key, book);
  return book;
}

function bookOf(text: string, version: number, where: string): PolicyBook {
  const read = readPolicy(text, version);
  if ('book' in read) return read.book;
  throw new Refusal(
    'policy',
    `方針（${where}）に問題があります。\n${read.problems.map(problemSentence).join('\n')}`,
    where,
  );
}
