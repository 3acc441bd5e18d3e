import type { ExpressionBuilder } from 'kysely';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { kept, keptOfMany, keptOne, type Slots } from '../../ports/kept-query.ts';
import type { Page, PagesOf } from '../../ports/room.ts';
import type { LeaveDayTable, StaffRowTable, Tables } from '../../ports/tables.ts';
import { heldOn, memberAsOf } from '../queries.ts';

/** People of one page: some twenty milliseconds of work from deciding to the commit. */
export const peopleAtOnce = 250;
/** Behind every 職員番号. */
const end = '\u{10ffff}';

const bounds = {
  people: (size: number) =>
    keptOne((db, is: Slots<{ after: string }>) =>
      db
        .selectFrom('staff_row')
        .select('staff as last')
        .distinct()
        .where('staff', '>', is('after'))
        .orderBy('staff')
        .limit(1)
        .offset(size - 1),
    ),
  teams: (size: number) =>
    keptOne((db, is: Slots<{ after: string }>) =>
      db
        .selectFrom('staff_row')
        .select('head as last')
        .where('head', '>', is('after'))
        .orderBy('head')
        .limit(1)
        .offset(size - 1),
    ),
};
const known = new Map<string, ReturnType<(typeof bounds)['people' | 'teams']>>();

/** The page behind that 職員番号: so many people, or the teams of so many people; the last one is open at its end. */
export async function pageBehind(db: Db, after: string, of: PagesOf, size = peopleAtOnce): Promise<Page> {
  const key = `${of} ${size}`;
  const bound = known.get(key) ?? bounds[of](size);
  known.set(key, bound);
  return { after, upTo: (await bound(db, { after }))?.last ?? null };
}

/** Whether somebody stands in a page. */
export const isOnPage = ({ after, upTo }: Page, staff: string) => after < staff && (upTo === null || staff <= upTo);

const stretch = (page: Page) => ({ after: page.after, upTo: page.upTo ?? end });

/** What planning looks at; a name is not among it. */
const columns = [
  ...([
    'r.staff',
    'r.valid_from',
    'r.aad_id',
    'r.bureau',
    'r.division',
    'r.unit',
    'r.section_id',
    'r.manager',
  ] as const),
  ...(['r.head', 'r.work_type', 'r.start_minute', 'r.end_minute', 'r.hired_on', 'r.left_on'] as const),
  ...(['r.appointer', 'r.terminal'] as const),
];

type NameOf<Column> = Column extends `r.${infer Name}` ? Name : never;
type Member = Pick<StaffRowTable, NameOf<(typeof columns)[number]>> & { notHired?: boolean };

type Asked = { date: LocalDate; after: string; upTo: string };

const rowsOfPage = kept((db, is: Slots<Asked>) =>
  heldOn(db, is('date'), columns)
    .where('r.staff', '>', is('after'))
    .where('r.staff', '<=', is('upTo'))
    .orderBy('r.staff'),
);

const rowsUnder = kept((db, is: Slots<Asked>) =>
  heldOn(db, is('date'), columns)
    .where('r.head', '>', is('after'))
    .where('r.head', '<=', is('upTo'))
    .orderBy('r.staff'),
);

/** Everyone of a page as held on a date, by 職員番号; see `staffOn`. */
export async function membersOn(db: Db, date: LocalDate, page: Page): Promise<Member[]> {
  return (await rowsOfPage(db, { date, ...stretch(page) })).map((row) => memberAsOf(row, date));
}

/** Everyone whose 所属長 stands in a page, by their own 職員番号. */
export async function membersUnder(db: Db, date: LocalDate, page: Page): Promise<Member[]> {
  return (await rowsUnder(db, { date, ...stretch(page) })).map((row) => memberAsOf(row, date));
}

const rowsNamed = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  heldOn(db, is('date'), columns).where('r.staff', 'in', staff),
);

const rowsOfHeads = keptOfMany((db, is: Slots<{ date: LocalDate }>, heads) =>
  heldOn(db, is('date'), columns).where('r.head', 'in', heads),
);

/** These people as held on a date, in no order; a number the store never held is missing. */
export async function membersNamed(db: Db, date: LocalDate, staff: readonly string[]): Promise<Member[]> {
  return (await rowsNamed(db, { date }, staff)).map((row) => memberAsOf(row, date));
}

/** Everyone whose 所属長 is one of these. */
export async function membersOfHeads(db: Db, date: LocalDate, heads: readonly string[]): Promise<Member[]> {
  return (await rowsOfHeads(db, { date }, heads)).map((row) => memberAsOf(row, date));
}

const headsBehind = kept((db, is: Slots<{ date: LocalDate; after: string }>) =>
  heldOn(db, is('date'), ['r.head']).distinct().where('r.head', '>', is('after')).orderBy('r.head').limit(peopleAtOnce),
);

/** So many numbers that are 所属長 of somebody held on a date, behind that one and in order. */
export async function someHeads(db: Db, date: LocalDate, after: string): Promise<string[]> {
  return (await headsBehind(db, { date, after })).flatMap((row) => row.head ?? []);
}

const leaveOfPage = kept((db, is: Slots<Asked>) =>
  db
    .selectFrom('leave_day')
    .selectAll()
    .where('date', '=', is('date'))
    .where('staff', '>', is('after'))
    .where('staff', '<=', is('upTo')),
);

const leaveNamed = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  db.selectFrom('leave_day').selectAll().where('date', '=', is('date')).where('staff', 'in', staff),
);

/** Leave on one local date of everybody of a page, or of these people, by 職員番号. */
export async function leavesOn(
  db: Db,
  date: LocalDate,
  of: Page | readonly string[],
): Promise<Map<string, LeaveDayTable[]>> {
  const rows = 'after' in of ? await leaveOfPage(db, { date, ...stretch(of) }) : await leaveNamed(db, { date }, of);
  return Map.groupBy(rows, (row) => row.staff);
}

const nextMinute = {
  start_minute: nextOf('start_minute'),
  end_minute: nextOf('end_minute'),
};

function nextOf(column: 'start_minute' | 'end_minute') {
  return keptOne((db, is: Slots<{ after: MinuteOfDay }>) =>
    db
      .selectFrom('staff_row')
      .select((row: ExpressionBuilder<Tables, 'staff_row'>) => row.fn.min<MinuteOfDay | null>(column).as('next'))
      .where(column, '>', is('after')),
  );
}

/** Every 始業 or 終業 that is written in some row of the roster, in order: a few, however many people there are. */
export async function ownMinutes(db: Db, column: 'start_minute' | 'end_minute'): Promise<MinuteOfDay[]> {
  const found: MinuteOfDay[] = [];
  for (let after = -1; ; ) {
    const next = (await nextMinute[column](db, { after }))?.next ?? null;
    if (next === null) return found;
    after = Number(next);
    found.push(after);
  }
}

const chats = keptOfMany((db, is: Slots<{ date: LocalDate }>, staff) =>
  heldOn(db, is('date'), ['r.staff', 'r.aad_id'])
    .leftJoin('conversation as chat', (join) =>
      join
        .onRef('chat.aad_id', '=', 'r.aad_id')
        .on('chat.unreachable_since', 'is', null)
        .on('chat.conversation_id', '<>', ''),
    )
    .select('chat.aad_id as open')
    .where('r.staff', 'in', staff),
);

/** AADオブジェクトID of each of these people on a date, and whether their chat is not known to be closed. */
export async function chatsOf(
  db: Db,
  date: LocalDate,
  staff: readonly string[],
): Promise<Map<string, { aadId: string | null; reachable: boolean }>> {
  const rows = await chats(db, { date }, staff);
  return new Map(rows.map((row) => [row.staff, { aadId: row.aad_id, reachable: row.open !== null }]));
}
