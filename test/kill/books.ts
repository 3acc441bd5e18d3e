import type { OwnStore } from './stores.ts';

/** What the store says of one campaign: the Wednesday cards of a date. */
export interface Books {
  /** People planned for: items of the campaign, and how many people they are of. */
  items: number;
  people: number;
  /** How far planning is: the occasion stands from the first page of the roster on, and is in state `planning` until the last. */
  planning: 'none' | 'planning' | 'done';
  /** People the occasion says it has planned for, skipped ones too. */
  told: number;
  states: Record<string, number>;
  /** Who waits and may go: not held back. */
  waiting: number;
  /** Requests that were to leave, as the messages count them and as the attempts are written down. */
  attempts: { counted: number; rows: number };
}

const rule = 'no-overtime-day';
const state = `case when item.state <> 'open' or message.state is null then item.state else message.state end`;
const cards = `left join message_item on message_item.item_id = item.id and message_item.until_at is null
  left join message on message.id = message_item.message_id`;
const of = (date: string) => `item.rule = '${rule}' and item.date = '${date}'`;

const occasions = `select count(*) as number, sum(case when state = 'planning' then 1 else 0 end) as planning,
  sum(planned + skipped) as told from occasion where rule = '${rule}' and date = `;

/** Read in one statement, so that a send or a page under way cannot shift anybody between two counts. */
export async function booksOf(store: OwnStore, date: string): Promise<Books> {
  const rows = await store.rows(`
    select ${state} as state, count(item.id) as number, count(distinct item.staff) as people,
      sum(case when ${state} = 'pending' and message.why is null then 1 else 0 end) as waiting,
      sum(coalesce(message.attempts, 0)) as counted,
      sum((select count(*) from attempt where attempt.message_id = message.id)) as attempts,
      max(occasion.number) as occasions, max(occasion.planning) as planning, max(occasion.told) as told
    from (${occasions} '${date}') as occasion left join item on ${of(date)} ${cards} group by 1`);
  const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  return {
    items: sum('number'),
    people: sum('people'),
    ...planningIn(rows[0] ?? {}),
    states: Object.fromEntries(
      rows.filter((row) => row['state'] !== null).map((row) => [String(row['state']), Number(row['number'])]),
    ),
    waiting: sum('waiting'),
    attempts: { counted: sum('counted'), rows: sum('attempts') },
  };
}

function planningIn(row: Record<string, unknown>): Pick<Books, 'planning' | 'told'> {
  const planning = Number(row['planning'] ?? 0) > 0 ? 'planning' : 'done';
  return { planning: Number(row['occasions'] ?? 0) === 0 ? 'none' : planning, told: Number(row['told'] ?? 0) };
}

/** How far planning is, in a look that costs next to nothing. */
export async function planningOf(store: OwnStore, date: string): Promise<Pick<Books, 'planning' | 'told'>> {
  const [row = {}] = await store.rows(
    `select count(*) as occasions, sum(planning) as planning, sum(told) as told from (${occasions} '${date}') as occasion
      where number > 0`,
  );
  return planningIn(row);
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
    from item ${cards} where ${of(date)} order by item.staff`);
  return rows.map((row) => ({
    staff: String(row['staff']),
    state: String(row['state']),
    why: String(row['why']),
    attempts: Number(row['attempts']),
  }));
}

/**
 * What is wrong with the books of a campaign of that many people at any moment. Nobody is in them before its first page is planned,
 * between none and all of them while it is being planned, and exactly all from then on; always those the occasion has told of.
 */
export function imbalances(books: Books, everybody: number): string[] {
  const { items, people, planning, told, attempts } = books;
  const most = planning === 'none' ? 0 : everybody;
  const wrong: string[] = [];
  if (items > most || (planning === 'done' && items !== everybody)) {
    wrong.push(`${items} states for ${everybody} people (planning: ${planning})`);
  }
  if (told !== items) wrong.push(`${items} states, and the occasion tells of ${told}`);
  if (people !== items) wrong.push(`${items} states of ${people} people`);
  if (attempts.counted !== attempts.rows) wrong.push(`${attempts.counted} attempts counted, ${attempts.rows} written`);
  return wrong;
}
