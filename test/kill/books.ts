import type { OwnStore } from './stores.ts';

/** What the store says of one campaign: the Wednesday cards of a date. */
export interface Books {
  /** People planned for: items of the campaign, and how many people they are of. */
  items: number;
  people: number;
  states: Record<string, number>;
  /** Who waits and may go: not held back. */
  waiting: number;
  /** Requests that were to leave, as the messages count them and as the attempts are written down. */
  attempts: { counted: number; rows: number };
}

const rule = 'no-overtime-day';
const state = `case when item.state <> 'open' or message.state is null then item.state else message.state end`;
const shown = `item left join message_item on message_item.item_id = item.id and message_item.until_at is null
  left join message on message.id = message_item.message_id`;
const of = (date: string) => `item.rule = '${rule}' and item.date = '${date}'`;

/** Read in one statement, so that a send under way cannot shift anybody between two counts. */
export async function booksOf(store: OwnStore, date: string): Promise<Books> {
  const rows = await store.rows(`
    select ${state} as state, count(*) as number, count(distinct item.staff) as people,
      sum(case when ${state} = 'pending' and message.why is null then 1 else 0 end) as waiting,
      sum(coalesce(message.attempts, 0)) as counted,
      sum((select count(*) from attempt where attempt.message_id = message.id)) as attempts
    from ${shown} where ${of(date)} group by 1`);
  const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  return {
    items: sum('number'),
    people: sum('people'),
    states: Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['number'])])),
    waiting: sum('waiting'),
    attempts: { counted: sum('counted'), rows: sum('attempts') },
  };
}

export interface Entry {
  staff: string;
  state: string;
  why: string;
  attempts: number;
}

/** Every person of the campaign with the one state. */
export async function entriesOf(store: OwnStore, date: string): Promise<Entry[]> {
  const rows = await store.rows(`
    select item.staff, ${state} as state, coalesce(message.why, item.why, '') as why,
      coalesce(message.attempts, 0) as attempts
    from ${shown} where ${of(date)} order by item.staff`);
  return rows.map((row) => ({
    staff: String(row['staff']),
    state: String(row['state']),
    why: String(row['why']),
    attempts: Number(row['attempts']),
  }));
}

/** What is wrong with the books of a campaign of that many people at any moment; nothing of it was planned, or all of it. */
export function imbalances(books: Books, planned: number): string[] {
  const { items, people, attempts } = books;
  const wrong: string[] = [];
  if (items !== 0 && items !== planned) wrong.push(`${items} states for ${planned} people`);
  if (people !== items) wrong.push(`${items} states of ${people} people`);
  if (attempts.counted !== attempts.rows) wrong.push(`${attempts.counted} attempts counted, ${attempts.rows} written`);
  return wrong;
}
