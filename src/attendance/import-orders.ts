import type { ImportCounts } from '../intake/index.ts';
import type { Db } from '../ports/database.ts';
import type { CliResult, Ports, Progress } from '../ports/room.ts';
import type { OvertimeOrderTable } from '../ports/tables/attendance.ts';
import { addOrders, heldOrders } from './queries.ts';
import { eventOf } from './read-attendance.ts';
import { type OrderRow, readOrders } from './read-orders.ts';
import { type OrderEvent, standingOrders } from './rules.ts';
import { ORDER_COLUMNS } from './schema.ts';
import { type FileIn, type FileKind, takeFile } from './take-file.ts';

/** `import orders FILE [--dry-run]` and its feed: states of applications are added to what was told before; nothing told is lost. */
export function importOrders(ports: Ports, file: FileIn): Promise<CliResult> {
  const takenAt = ports.clock.now();
  const kind: FileKind<OrderRow> = {
    kind: 'orders',
    columns: ORDER_COLUMNS,
    read: readOrders,
    compare: (db, rows) => compare(db, rows, takenAt),
  };
  return takeFile(ports, kind, file);
}

/** Counts are in rows of the file: a 取消 that takes effect is withdrawn, a further state of a known application changed. */
async function compare(db: Db, rows: OrderRow[], takenAt: number) {
  const pairs = Map.groupBy(rows, pairOf);
  const held = Map.groupBy(await heldOrders(db, new Set(rows.map((row) => row.date)), pairs), pairOf);
  const counts: ImportCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0 };
  const added: Omit<OvertimeOrderTable, 'import_id'>[] = [];
  for (const [pair, told] of pairs) {
    const before = held.get(pair) ?? [];
    const events = before.map(eventOf);
    const news = newsOf(events, told);
    counts.unchanged += told.length - news.length;
    for (const event of news) counts[countAs(events, event)] += 1;
    added.push(...news.map((event, at) => stateOf(event, before.length + at + 1, takenAt)));
  }
  return {
    counts,
    write: (id: string, watched?: Progress) =>
      addOrders(
        db,
        added.map((row) => ({ ...row, import_id: id })),
        watched,
      ),
  };
}

const rank = { 申請: 0, 命令: 1, 取消: 2 };

/** The rows of one person's day that say something new: none where everything stands as they say; else those never told before, or all. */
function newsOf(events: OrderEvent[], told: OrderRow[]): OrderRow[] {
  const inOrder = told.toSorted((a, b) => rank[a.status] - rank[b.status] || a.line - b.line);
  const after = textOf([...events, ...inOrder]);
  if (after === textOf(events)) return [];
  const known = new Set(events.map(eventText));
  const fresh = inOrder.filter((row) => !known.has(eventText(row)));
  return textOf([...events, ...fresh]) === after ? fresh : inOrder;
}

const textOf = (events: OrderEvent[]) => standingOrders(events).map(eventText).join(' ');

function eventText({ appliedAt, start, end, status }: OrderEvent): string {
  return `${appliedAt}/${start}-${end}/${status}`;
}

function countAs(events: OrderEvent[], event: OrderEvent): 'added' | 'changed' | 'withdrawn' {
  if (event.status === '取消') return 'withdrawn';
  return standingOrders([...events, event]).length === standingOrders(events).length ? 'changed' : 'added';
}

function pairOf(row: { staff: string; date: string }): string {
  return `${row.staff} ${row.date}`;
}

function stateOf(row: OrderRow, seq: number, takenAt: number): Omit<OvertimeOrderTable, 'import_id'> {
  const { staff, date, appliedAt, start, end, status } = row;
  return {
    staff,
    date,
    seq,
    applied_at: appliedAt,
    start_minute: start,
    end_minute: end,
    status,
    taken_at: takenAt,
  };
}
