import { allSections } from '../people/index.ts';
import { currentPolicy, type Policy, workingCalendar } from '../policy/index.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { type CliResult, type Ports, Refusal } from '../ports/room.ts';
import type { SectionTable } from '../ports/tables.ts';
import { allPersons, type Minutes, minutesReader } from './gather.ts';
import { healthOf } from './health.ts';
import { listStatus } from './list-status.ts';
import { type MonthLine, monthSheet } from './month-sheet.ts';
import { lastDayOf, monthOf, monthText } from './months.ts';
import { numberOn, type Person } from './persons.ts';
import { profilesOf } from './profiles.ts';
import { chunksOf, type Sight } from './queries.ts';
import { regularWork } from './regular-work.ts';
import { MonthOption, YearsOption } from './schema.ts';
import { appointerTable, bureauTable, type PersonYear, populationTable, type Sheet, yearMinutes } from './sheets.ts';
import { countingOf, ordinaryMinutes } from './sums.ts';
import { exportTable, linesOf } from './table-export.ts';

const peopleAtOnce = 200;
const everything: Sight = { files: null, until: null };

/** `overtime table NAME`: D-1 to D-3 over `--years 2016-2021`, E of `--month` (personnel.md 3), as data, as text with tabs, or as a new XLSX file (`--out`). */
export async function overtimeTable(
  ports: Ports,
  name: string,
  options: Record<string, string | boolean | undefined>,
): Promise<CliResult> {
  const { db } = ports.database;
  const sheet =
    name === 'E' ? await monthTable(ports, db, options.month) : await yearTable(ports, db, name, options.years);
  if (typeof options.out === 'string') return exportTable(ports, sheet, options.out);
  return { document: { sheet }, lines: linesOf(sheet) };
}

async function yearTable(ports: Ports, db: Db, name: string, years: unknown): Promise<Sheet> {
  if (!['D-1', 'D-2', 'D-3'].includes(name))
    throw new Refusal('usage', `表の名前は D-1、D-2、D-3、E のどれかです（「${name}」を読みました）。`, name);
  const read = YearsOption.safeParse(years);
  if (!read.success)
    throw new Refusal('usage', '--years には 2016-2021 又は 2021 のように年度を書いてください。', '--years');
  const { from, to } = read.data;
  const list = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const first = name === 'D-3' ? from - 1 : from;
  const people = await personYears(ports, db, first, to);
  const order = bureausByCode(await allSections(db));
  if (name === 'D-1') return bureauTable(people, list, order);
  return name === 'D-2' ? appointerTable(people, list) : populationTable(people, to, order);
}

/** Every person's 年度 from the first to the last, where there are minutes; the place is that of the last day of the 年度. */
export async function personYears(ports: Ports, db: Db, first: number, last: number): Promise<PersonYear[]> {
  const book = await currentPolicy(db, ports.settings);
  const start = Number(book.on(lastDayOf(last * 12 + 11)).year.start.slice(0, 2)) - 1;
  const appointers = new Map(
    (await allSections(db)).map((section) => [section.code ?? section.path, section.appointer]),
  );
  const read = await minutesReader(db, everything);
  const span = { from: first * 12 + start, to: last * 12 + start + 11, daily: false };
  const found: PersonYear[] = [];
  for (const some of chunksOf(await allPersons(db), peopleAtOnce, ports.progress?.('集計'))) {
    const minutes = await read(some, span);
    for (const [at, person] of some.entries()) {
      for (let year = first; year <= last; year += 1) {
        const begin = year * 12 + start;
        const own = (minutes[at]?.portions ?? []).filter(({ month }) => month >= begin && month <= begin + 11);
        const day = lastDayOf(begin + 11);
        if (own.length > 0) found.push(personYear(person, own, year, day, book.on(day), appointers));
      }
    }
  }
  return found;
}

function personYear(
  person: Person,
  portions: Minutes['portions'],
  year: number,
  day: LocalDate,
  { overtime }: Policy,
  appointers: ReadonlyMap<string, string | null>,
): PersonYear {
  const { state } = numberOn(person, day);
  const [profile] = profilesOf(overtime.profiles, state);
  const none = { minutes: 0, ordinary: 0, managerMinutes: 0 };
  const sums = profile ? yearMinutes(portions, countingOf(profile, overtime.holidayExtraCounts)) : none;
  return {
    bureau: state.bureau,
    appointer: state.appointer ?? appointers.get(state.sectionKey) ?? null,
    year,
    ...sums,
  };
}

/** 局区 in the order of the codes of their sections: the organisation's own order. */
function bureausByCode(sections: readonly SectionTable[]): string[] {
  const coded = sections.filter((section) => section.code !== null);
  const inOrder = coded.toSorted((a, b) => ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
  return [...new Set(inOrder.map((section) => section.bureau))];
}

async function monthTable(ports: Ports, db: Db, option: unknown): Promise<Sheet> {
  const read = MonthOption.safeParse(option);
  if (!read.success) throw new Refusal('usage', '--month には 2021-10 のように年月を書いてください。', '--month');
  const month = monthOf(read.data);
  const day = lastDayOf(month);
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(day);
  const calendar = await workingCalendar(db, book, day);
  const statuses = new Map(
    (await listStatus(ports, db, { month, staff: null, asOf: null })).toReversed().map((one) => [one.staff, one]),
  );
  const minutes = await minutesReader(db, everything);
  const lines: MonthLine[] = [];
  const regular = regularWork(calendar, policy.office.dayMinutes);
  for (const some of chunksOf(await allPersons(db), peopleAtOnce, ports.progress?.('集計'))) {
    const own = await minutes(some, { from: month - 5, to: month, daily: false });
    for (const [at, person] of some.entries()) {
      const { staff, state } = numberOn(person, day);
      const status = statuses.get(staff);
      const portions = own[at]?.portions ?? [];
      const [profile] = profilesOf(policy.overtime.profiles, state);
      if (status === undefined || profile === undefined) continue;
      lines.push({
        section: state.section,
        status,
        healthMinutes: healthOf(portions, month, policy.overtime, month - 5, regular).minutes,
        ordinary: ordinaryMinutes(portions, month, countingOf(profile, policy.overtime.holidayExtraCounts)),
      });
    }
  }
  return monthSheet(monthText(month), lines, new Map());
}
