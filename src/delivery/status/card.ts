import { formatTimeOfDay } from '../../calendar/index.ts';
import type { CardContent, Language } from '../../ports/cards.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import { type Button, button, drawCard, type ItemView, quoted, quotedPlain, type Strip } from '../frame.ts';
import { cardDay } from '../ruby.ts';
import { commonWords } from '../wording.ts';
import { REACH_CLASSES, type ReachClass, type ReachWhy } from './rules.ts';
import { wordsOf } from './wording.ts';
import type { Words } from './words.ts';

/** A date with the minute of that day, in the organisation's time zone. */
export interface Moment {
  date: LocalDate;
  minute: MinuteOfDay;
}

/** The breaker's alarm. `until` and `undone` (people) are left out while it is open, and where they are not known any more. */
export interface AlarmView extends ItemView {
  itemId: string;
  state: 'open' | 'closed';
  since: Moment;
  until?: Moment;
  undone?: number;
}

/** The list of people who cannot be reached; `people` and `senders` are the rows of this page. */
export interface ListView extends ItemView {
  itemId: string;
  /** Closed: the reader holds none of the roles any more. */
  state: 'open' | 'closed';
  counts: Record<ReachClass, number>;
  senderCount: number;
  bureaus: { name: string; people: number }[];
  people: { staff: string; name: string; section: string; why: ReachWhy; since: LocalDate }[];
  senders: { aad: string; first: LocalDate; last: LocalDate; times: number }[];
  /** False: counts and 「表示する」 (P11). */
  named: boolean;
  /** The reader's terminal is shared: counts, and no way to names. */
  countsOnly: boolean;
  /** From 0. */
  page: number;
  pages: number;
  /** Rows of this kind on other pages. */
  more: number;
}

const mostBureaus = 8;

/** For 人事課 and ICT: since when Teams refused everybody, whether it is over, what to do. */
export function deliveryAlarmCard(view: AlarmView): CardContent {
  const { programme, alarm } = wordsOf(view.language);
  const facts = [
    { title: alarm.since, value: momentText(view.since, view.language) },
    ...(view.until ? [{ title: alarm.until, value: momentText(view.until, view.language) }] : []),
    ...(view.undone === undefined
      ? []
      : [{ title: alarm.undone, value: commonWords(view.language).people(view.undone) }]),
  ];
  const strip: Strip = { style: view.state === 'open' ? 'attention' : 'good', text: alarm.strip[view.state] };
  return drawCard(
    'delivery/delivery-alarm',
    view,
    {
      mark: 'kaeru',
      programme,
      title: alarm.title[view.state],
      strip,
      body: [alarm.body[view.state]],
      about: alarm.about,
      toast: commonWords(view.language).neutralToast,
    },
    { facts },
  );
}

/** 未配信: counts by class and 局区, and behind 「表示する」 a page of names with what to do. */
export function unreachableListCard(view: ListView): CardContent {
  const { programme, list } = wordsOf(view.language);
  const open = view.state === 'open';
  const named = open && view.named && view.people.length + view.senders.length > 0;
  const buttons = open ? buttonsOf(view, named) : [];
  return drawCard(
    'delivery/unreachable-list',
    view,
    {
      mark: 'kaeru',
      programme,
      title: list.title,
      strip: stripOf(view, list),
      body: bodyOf(view, list, named),
      about: list.about,
      toast: commonWords(view.language).neutralToast,
    },
    {
      facts: open ? classFacts(view, list) : [],
      bureaus: open && !named && view.bureaus.length > 0 ? [bureausOf(view, list)] : [],
      tables: named && view.people.length > 0 ? [peopleTable(view, list)] : [],
      senderTables: named && view.senders.length > 0 ? [senderTable(view, list)] : [],
      more: named && view.more > 0 ? [{ text: commonWords(view.language).others(view.more) }] : [],
      todos: open ? todosOf(view, list) : [],
      buttons: buttons.length > 0 ? [{ actions: buttons }] : [],
      wide: named ? [{}] : [],
    },
  );
}

const total = ({ counts }: ListView) => REACH_CLASSES.reduce((sum, name) => sum + counts[name], 0);

function stripOf(view: ListView, list: Words['list']): Strip {
  if (view.state === 'closed') return { style: 'accent', text: `■ ${commonWords(view.language).closed}` };
  const people = total(view);
  if (people > 0) return { style: 'warning', text: list.some(people) };
  return { style: 'good', text: list.nobody };
}

function bodyOf(view: ListView, list: Words['list'], named: boolean): string[] {
  if (view.state === 'closed') return [list.denied];
  if (total(view) + view.senderCount === 0) return [list.body];
  if (named) return [list.body, list.named];
  return [list.body, view.countsOnly ? list.shared : list.hidden];
}

function countsOf(view: ListView): [ReachClass | 'sender', number][] {
  return [
    ...REACH_CLASSES.map((name) => [name, view.counts[name]] as [ReachClass, number]),
    ['sender', view.senderCount],
  ];
}

function classFacts(view: ListView, list: Words['list']) {
  const { people } = commonWords(view.language);
  return countsOf(view).map(([name, count]) => ({ title: list.classes[name], value: people(count) }));
}

function todosOf(view: ListView, list: Words['list']) {
  return countsOf(view).flatMap(([name, count]) => (count > 0 ? [{ text: list.todo[name] }] : []));
}

/** At most eight 局区, those with most people; the rest in one line, so that the figures add up. */
function bureausOf(view: ListView, list: Words['list']) {
  const { people } = commonWords(view.language);
  const largest = view.bureaus.toSorted((a, b) => b.people - a.people);
  const all = largest.length > mostBureaus ? largest.slice(0, mostBureaus - 1) : largest;
  const rest = largest.slice(all.length);
  const shown = new Set(all);
  return {
    label: list.byBureau,
    rows: view.bureaus
      .filter((bureau) => shown.has(bureau))
      .map((bureau) => ({
        name: bureau.name === '' ? { quoted: list.noBureau } : quotedPlain(bureau.name),
        people: people(bureau.people),
      })),
    others: rest.length === 0 ? [] : [{ title: list.others(rest.length), value: people(sumOf(rest)) }],
  };
}

const sumOf = (bureaus: { people: number }[]) => bureaus.reduce((sum, bureau) => sum + bureau.people, 0);

function peopleTable(view: ListView, list: Words['list']) {
  return {
    columns: list.columns,
    rows: view.people.map((one) => ({
      staff: quoted(one.staff),
      name: quoted(one.name),
      section: quoted(one.section),
      why: list.why[one.why],
      since: one.since,
    })),
  };
}

function senderTable(view: ListView, list: Words['list']) {
  const rows = view.senders.map((one) => ({ ...one, aad: quoted(one.aad), times: String(one.times) }));
  return { columns: list.senderColumns, rows };
}

/** 「表示する」, or the pages once names are shown. They change nothing but the drawing. */
function buttonsOf(view: ListView, named: boolean): Button[] {
  const common = commonWords(view.language);
  const turn = (title: string, page: number) => button(view, 'delivery.list', title, { show: 'names', page });
  if (!named) {
    if (view.countsOnly || view.pages === 0) return [];
    return [button(view, 'delivery.list', common.show, { show: 'names' }, 'positive')];
  }
  return [
    ...(view.page + 1 < view.pages ? [turn(common.nextPage, view.page + 1)] : []),
    ...(view.page > 0 ? [turn(common.previousPage, view.page - 1)] : []),
  ];
}

function momentText({ date, minute }: Moment, language: Language): string {
  return `${cardDay(date, language)} ${formatTimeOfDay(minute)}`;
}
