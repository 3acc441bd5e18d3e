import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { command, freshFolder, root } from './processes.ts';
import type { Bench } from './scenario.ts';

const samplePolicy = join(root, 'samples/kawasaki/policy.yaml');

const HEADER =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語';

/** Every so many people one is the head of the section. */
const SECTION = 20;

/** Teams' id of the n-th invented person, and the person's number. */
export const aadOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const staffOf = (n: number): string => String(1_000_000 + n);
export const chatOf = (n: number): string => `a:${n}`;

/** `sample`: that of the sample organisation. `quiet`: nothing is due today, whatever day it is. */
type Policy = 'sample' | 'quiet';

interface Setting {
  policy?: Policy;
  /** End of work of the n-th person; 17:15 where left out. */
  end?: (n: number) => string;
  /** DATABASE_URL, where the store is no file. */
  env?: Record<string, string>;
}

/** A new store with that many invented people, in a folder (KAERU_DATA) that is gone with the scenario. */
export async function storeOf(bench: Bench, people: number, setting: Setting = {}): Promise<string> {
  const folder = freshFolder(bench);
  const [policy, staff] = [join(folder, 'policy.yaml'), join(folder, 'staff.csv')];
  writeFileSync(policy, setting.policy === 'quiet' ? quietPolicy() : readFileSync(samplePolicy));
  writeFileSync(staff, staffFile(people, setting.end));
  const env = { KAERU_DATA: folder, KAERU_MODE: 'rehearsal', ...setting.env };
  await command(bench, ['policy', 'apply', policy], env);
  await command(bench, ['import', 'staff', staff, '--effective', '2026-04-01'], env);
  return folder;
}

/** The no-overtime day is three days from now. */
function quietPolicy(): string {
  const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7];
  return `organisation: 試験市\nnoOvertime: { weekday: ${weekday} }\n`;
}

/** Today where the invented organisation is. */
export const todayInTokyo = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);

/** People in sections of 20, office hours all; `end` is the end of work of the n-th. */
function staffFile(people: number, end: (n: number) => string = () => '17:15'): string {
  return `${[HEADER, ...Array.from({ length: people }, (_, n) => lineOf(n, end(n)))].join('\n')}\n`;
}

function lineOf(n: number, end: string): string {
  const section = Math.floor(n / SECTION);
  const isHead = n % SECTION === 0;
  const where = `見本${Math.floor(section / 50)}局,見本${Math.floor(section / 10)}部,見本${section}課`;
  const head = isHead ? '' : staffOf(section * SECTION);
  const post = isHead ? '課長,1' : '職員,0';
  return `${staffOf(n)},見本${n}号,p${n}@example.jp,${aadOf(n)},${where},${post},${head},日勤,08:30,${end},2020-04-01,,ja`;
}

/** Writes straight into the store while no service uses it: set-up that would take minutes by way of Teams. */
export function prepare(folder: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(folder, 'kaeru.db'));
  try {
    database.exec('begin immediate');
    work(database);
    database.exec('commit');
  } finally {
    database.close();
  }
}

/** People from the n-th on, with chats, as if they had been imported and had installed the app: for numbers no import is timed for. */
export function fillStore(database: DatabaseSync, from: number, to: number, serviceUrl: string): void {
  const numbers = (first: number) =>
    `with recursive numbers(n) as (select ${first} union all select n + 1 from numbers where n + 1 < ${to})`;
  const aad = "printf('00000000-0000-4000-8000-%012x', n)";
  database.exec(`
    insert into section (id, bureau, division, unit, path, import_id)
      ${numbers(from)}
      select 'bench-' || (n / ${SECTION}), '見本局', '見本部', '課' || (n / ${SECTION}), '見本局/見本部/課' || (n / ${SECTION}), 'bench'
      from numbers where n % ${SECTION} = 0;
    insert into staff_row (staff, valid_from, name, email, aad_id, bureau, division, unit, section_id, post, manager, head,
        work_type, start_minute, end_minute, hired_on, language, import_id)
      ${numbers(from)}
      select cast(${staffOf(0)} + n as text), '2026-04-01', '見本' || n || '号', '', ${aad}, '見本局', '見本部',
        '課' || (n / ${SECTION}), 'bench-' || (n / ${SECTION}), '主事', n % ${SECTION} = 0,
        case n % ${SECTION} when 0 then null else cast(${staffOf(0)} + n / ${SECTION} * ${SECTION} as text) end,
        '日勤', 510, 1035, '2020-04-01', 'ja', 'bench' from numbers;
    insert into conversation (aad_id, conversation_id, service_url, tenant_id, user_id, bot_id, updated_at)
      ${numbers(0)} select ${aad}, 'a:' || n, '${serviceUrl}', 'bench', '29:' || n, '28:bench', 0 from numbers;`);
}

/** Resolves when the no-overtime day's cards of that minute are planned, and throws where they are not those of so many people. */
export async function allPlanned(bench: Bench, folder: string, minute: string, people: number): Promise<void> {
  const store = new DatabaseSync(join(folder, 'kaeru.db'), { readOnly: true });
  try {
    const asked = store.prepare("select state, planned from occasion where rule = 'no-overtime-day' and minute = ?");
    for (;;) {
      const row = asked.get(Date.parse(minute));
      if (row !== undefined && row['state'] !== 'planning') {
        if (row['planned'] !== people) throw new Error(`${row['planned']} of ${people} people were planned.`);
        return;
      }
      await wait(100, undefined, { signal: bench.signal });
    }
  } finally {
    store.close();
  }
}

/** Everybody of a range has installed the app: a chat of each at that Connector. */
export function giveChats(database: DatabaseSync, people: Iterable<number>, serviceUrl: string, tenant: string): void {
  const insert = database.prepare(
    `insert into conversation (aad_id, conversation_id, service_url, tenant_id, user_id, bot_id, updated_at)
     values (?, ?, ?, ?, ?, '28:bench', 0)`,
  );
  for (const n of people) insert.run(aadOf(n), chatOf(n), serviceUrl, tenant, `29:${n}`);
}

/** The card that `giveCards` gives the n-th person. */
export const heldCard = (n: number) => ({ person: n, item: `item-${n}`, activity: `f:bench-${n}`, revision: 0 });

/** Everybody of a range holds a card of the no-overtime day that was sent, useful for a day. */
export function giveCards(database: DatabaseSync, people: Iterable<number>, date: string, now: number): void {
  const insert = {
    item: database.prepare(
      `insert into item (id, rule, occasion, date, staff, card, due_at, last_useful_at, urgency, priority, state, revision, policy_version, created_at)
       values (?, 'no-overtime-day', ?, ?, ?, 'wed-on-time', ?, ?, 'ping', 1, 'open', 0, 1, ?)`,
    ),
    message: database.prepare(
      `insert into message (id, staff, aad_id, priority, due_at, last_useful_at, state, attempts, activity_id, created_at, settled_at, shown_revision, resends_left)
       values (?, ?, ?, 1, ?, ?, 'sent', 1, ?, ?, ?, 0, 0)`,
    ),
    link: database.prepare('insert into message_item (message_id, item_id, revision, from_at) values (?, ?, 0, ?)'),
  };
  const until = now + 24 * 3_600_000;
  for (const n of people) {
    const { item, activity } = heldCard(n);
    insert.item.run(item, date, date, staffOf(n), now, until, now);
    insert.message.run(`message-${n}`, staffOf(n), aadOf(n), now, until, activity, now, now);
    insert.link.run(`message-${n}`, item, now);
  }
}
