import { durationText } from './months.ts';
import type { Status } from './rules.ts';
import type { Sheet } from './sheets.ts';

/** A person's month for the table E: the status, the own 課 and what the health ledger says. */
export interface MonthLine {
  section: string;
  status: Status;
  healthMinutes: number;
  /** Minutes of the month without 災害 and 選挙 (P7). */
  ordinary: number;
}

/** What other rooms count for a 課; null is not counted (yet). */
export interface BesideCounts {
  after20: number | null;
  appliedAfterwards: number | null;
  clockGaps: number | null;
  ordersMissing: number | null;
  substitutesMissing: number | null;
}

const NOTHING: BesideCounts = {
  after20: null,
  appliedAfterwards: null,
  clockGaps: null,
  ordersMissing: null,
  substitutesMissing: null,
};

const COLUMNS = [
  '課',
  '職員数',
  '平均',
  '平均（災害・選挙を除く）',
  '45時間超',
  '56時間以上',
  '70時間超',
  '平均75時間以上',
  '平均80時間超',
  '360時間以上',
  '432時間以上',
  '480時間超',
  '45時間超5か月',
  '45時間超6か月',
  '45時間超7か月以上',
  '健康80時間超',
  '健康100時間超',
  '20時以降延べ',
  '事後申請',
  '退庁記録差',
  '命令未登録',
  '振替・代休未指定',
];

/** E 月次上限管理表: one line for each 課, counts only; a person of the rank of 管理職 on the last day is not among 職員数. */
export function monthSheet(
  month: string,
  people: readonly MonthLine[],
  beside: ReadonlyMap<string, BesideCounts>,
): Sheet {
  const bySection = Map.groupBy(
    people.filter((one) => !one.status.manager),
    (one) => one.section,
  );
  const sections = [...bySection.keys()].sort();
  const rows = sections.map((section) => lineOf(section, bySection.get(section) ?? [], beside.get(section) ?? NOTHING));
  return {
    name: 'E',
    title: `月次上限管理表（${month}）`,
    columns: COLUMNS,
    rows,
    notes: ['管理職を除きます。', '災害等の時間は上限の判定に含みません。'],
  };
}

function lineOf(section: string, people: readonly MonthLine[], beside: BesideCounts): Sheet['rows'][number] {
  const count = (fits: (status: Status) => boolean) => people.filter(({ status }) => fits(status)).length;
  const mean = (minutesOf: (line: MonthLine) => number) =>
    durationText(Math.floor(people.reduce((sum, one) => sum + minutesOf(one), 0) / Math.max(1, people.length)));
  const months = (least: number, most: number) =>
    count(({ months45 }) => (months45 ?? 0) >= least && (months45 ?? 0) <= most);
  return [
    section,
    people.length,
    mean(({ status }) => status.minutes),
    mean(({ ordinary }) => ordinary),
    count(({ minutes }) => minutes > 2700),
    count(({ minutes }) => minutes >= 3360),
    count(({ minutes }) => minutes > 4200),
    count(({ stages }) => stages.some((stage) => stage.startsWith('average-'))),
    count(({ windowsPassed }) => windowsPassed.length > 0),
    count(({ year }) => (year ?? 0) >= 21_600),
    count(({ year }) => (year ?? 0) >= 25_920),
    count(({ year }) => (year ?? 0) > 28_800),
    months(5, 5),
    months(6, 6),
    months(7, 12),
    people.filter((one) => one.healthMinutes > 4800).length,
    people.filter((one) => one.healthMinutes > 6000).length,
    beside.after20,
    beside.appliedAfterwards,
    beside.clockGaps,
    beside.ordersMissing,
    beside.substitutesMissing,
  ];
}
