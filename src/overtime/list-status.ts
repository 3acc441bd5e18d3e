import { addDays, instantAt, localAt, parseDate, parseInstant } from '../calendar/index.ts';
import { currentPolicy, type Policy, type PolicyBook } from '../policy/index.ts';
import type { Instant, LocalDate } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import { type Ports, Refusal } from '../ports/room.ts';
import { allPersons, type Minutes, minutesReader, personOfNumber } from './gather.ts';
import { firstDayOf, lastDayOf, type Month, monthOf, yearStartOf } from './months.ts';
import { hiredMonth, numberOn, type Person } from './persons.ts';
import { profilesOf } from './profiles.ts';
import { chunksOf, filesUntil, ledgerDays, type Sight } from './queries.ts';
import type { RestrictionKind } from './restrictions.ts';
import { restrictionsOn } from './roster/queries.ts';
import { type PersonHours, type Reckoning, type Status, statusOf } from './rules.ts';
import { MonthOption } from './schema.ts';

/** People looked up at a time. */
const peopleAtOnce = 100;

export interface StatusRequest {
  month: Month;
  staff: string | null;
  asOf: { instant: Instant; date: LocalDate } | null;
}

/** The ledger's view of everybody, or of one person, at the end of a month (contracts.md 4). */
export async function listStatus(ports: Ports, db: Db, request: StatusRequest): Promise<Status[]> {
  const book = await currentPolicy(db, ports.settings);
  const day = dayJudged(request);
  const policy = book.on(day);
  const sight: Sight = request.asOf
    ? { files: await filesUntil(db, request.asOf.instant), until: request.asOf.date }
    : { files: null, until: null };
  const reckoning = await reckoningOf(db, policy, request.month, sight);
  const restrictions = Map.groupBy(await restrictionsOn(db, day), (row) => row.staff);
  const restrictionsOf = (person: Person) =>
    person.numbers.flatMap(({ staff }) => (restrictions.get(staff) ?? []).map(({ kind }) => kind));
  const read = await minutesReader(db, sight);
  const span = spanOf(reckoning, policy);
  const statuses: Status[] = [];
  for (const some of chunksOf(await personsAsked(db, request, day), peopleAtOnce, ports.progress?.('集計'))) {
    const minutes = await read(some, span);
    for (const [at, person] of some.entries()) {
      const own = minutes[at];
      if (own === undefined || !isListed(person, own, request, day)) continue;
      statuses.push(...statusesOf(person, own, restrictionsOf(person), policy, reckoning, day));
    }
  }
  return statuses;
}

/** The last day of the month, or the day as of which is asked where it comes earlier. */
function dayJudged({ month, asOf }: StatusRequest): LocalDate {
  const last = lastDayOf(month);
  return asOf !== null && asOf.date < last ? asOf.date : last;
}

/** `ledgerFrom` of the policy, else the first month imported for anyone (D4). */
export async function reckoningOf(db: Db, policy: Policy, month: Month, sight: Sight): Promise<Reckoning> {
  const { ledgerFrom, transfer, holidayExtraCounts } = policy.overtime;
  const first = ledgerFrom ?? (await ledgerDays(db, sight))?.first;
  return {
    month,
    yearStart: policy.year.start,
    ledgerFrom: first === undefined ? month : monthOf(first),
    transfer,
    holidayExtraCounts,
  };
}

/** Six months for the windows, and back to the start of the 年度. */
export function spanOf({ month, yearStart }: Pick<Reckoning, 'month' | 'yearStart'>, policy: Policy) {
  const daily = policy.overtime.profiles.some(
    (profile) => profile.day !== undefined || profile.holidayWork !== undefined,
  );
  return { from: Math.min(month - 5, yearStartOf(month, yearStart)), to: month, daily };
}

async function personsAsked(db: Db, { staff }: StatusRequest, day: LocalDate): Promise<Person[]> {
  if (staff === null) {
    const told = new Map((await allPersons(db)).map((person) => [person, numberOn(person, day).staff]));
    return [...told.keys()].toSorted((a, b) => ((told.get(a) ?? '') < (told.get(b) ?? '') ? -1 : 1));
  }
  const person = await personOfNumber(db, staff);
  if (person === null) throw new Refusal('unknown-staff', `職員番号 ${staff} は名簿にありません。`, '--staff');
  return [person];
}

/** In service on a day of the month, or with minutes in it; one person who is asked for by number stays listed after leaving. */
function isListed(person: Person, minutes: Minutes, { month, staff }: StatusRequest, day: LocalDate): boolean {
  if (minutes.portions.some((portion) => portion.month === month)) return true;
  const { state } = numberOn(person, day);
  if (state.hiredOn > day) return false;
  return staff !== null || state.leftOn === null || state.leftOn >= firstDayOf(month);
}

function statusesOf(
  person: Person,
  minutes: Minutes,
  restrictions: RestrictionKind[],
  policy: Policy,
  reckoning: Reckoning,
  day: LocalDate,
): Status[] {
  const hours = personHours(person, minutes, restrictions, day);
  const { state } = numberOn(person, day);
  return profilesOf(policy.overtime.profiles, state).flatMap((profile) => statusOf(hours, profile, reckoning));
}

/** A person as the rules look at them on a day. */
export function personHours(
  person: Person,
  minutes: Minutes,
  restrictions: RestrictionKind[],
  day: LocalDate,
): PersonHours {
  const { staff, state } = numberOn(person, day);
  return {
    staff,
    manager: state.manager,
    workplace: state.workplace ?? state.section,
    hired: hiredMonth(person, day),
    opened: minutes.opened,
    portions: minutes.portions,
    restrictions,
  };
}

/** What `overtime status` was asked, from the words of the command line. Refuses (usage) what cannot be read. */
export function requestOf(
  options: Record<string, string | boolean | undefined>,
  book: Pick<PolicyBook, 'timeZone'>,
): StatusRequest {
  const month = MonthOption.safeParse(options.month);
  if (!month.success)
    throw new Refusal('usage', `--month には 2021-10 のように年月を書いてください。`, `--month ${options.month ?? ''}`);
  const staff = typeof options.staff === 'string' ? options.staff.normalize('NFKC').trim() : null;
  const asOf = typeof options.asOf === 'string' ? asOfDay(options.asOf, book.timeZone) : null;
  return { month: monthOf(month.data), staff, asOf };
}

/** A day means its end; an instant what was known then. */
function asOfDay(text: string, timeZone: string): { instant: Instant; date: LocalDate } {
  const day = parseDate(text);
  if ('date' in day) return { date: day.date, instant: instantAt(addDays(day.date, 1), 0, timeZone) - 1 };
  const read = parseInstant(text);
  if ('problem' in read) throw new Refusal('usage', read.problem, '--as-of');
  return { instant: read.instant, date: localAt(read.instant, timeZone).date };
}
