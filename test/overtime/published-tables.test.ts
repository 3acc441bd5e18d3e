import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { overtimeRoom } from '../../src/overtime/index.ts';
import type { Sheet } from '../../src/overtime/sheets.ts';
import type { StaffMember } from '../../src/people/rules.ts';
import { aLedger, type TestLedger } from './ledger.ts';

/*
 * The city published how many of its staff worked over 480 and over 1,000 hours, by 局区 and by 任命権者 (総務委員会資料,
 * 令和4年5月26日). Invented people whose minutes add up to these counts must give the same tables again.
 */

const published = (file: string): string[][] =>
  readFileSync(new URL(`published/${file}.csv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

const years = [2016, 2017, 2018, 2019, 2020, 2021];
const [, ...bureauLines] = published('over-480-by-bureau');
const bureaus = bureauLines.slice(0, 29).map(([, name = '', group = '', ...counts], place) => ({
  name,
  group,
  code: `${String(place + 1).padStart(2, '0')}00`,
  counts: counts.map(Number),
}));
const groups = published('over-480-and-1000-by-group').slice(1);

interface Worker {
  staff: string;
  bureau: (typeof bureaus)[number];
  place: number;
}

/** As many people in every 局区 as ever worked over 480 hours there, and one beside them who never did. */
const workers = bureaus.flatMap((bureau, at) =>
  Array.from(
    { length: Math.max(...bureau.counts) + 1 },
    (_, place): Worker => ({
      staff: String(200_000 + at * 1000 + place),
      bureau,
      place,
    }),
  ),
);

const roster = workers.map(({ staff, bureau }): Partial<StaffMember> & { staff: string } => ({
  staff,
  bureau: bureau.name,
  division: '',
  unit: '',
  section_id: bureau.code,
  section_code: bureau.code,
  appointer: bureau.group,
  valid_from: '2010-04-01',
  hired_on: '2010-04-01',
}));

/** Minutes of one person's 年度: just over 1,000 h, just over 480 h, or exactly 480 h, which is not over. */
function linesOf({ staff, bureau, place }: Worker, at: number, over1000: ReadonlySet<string>): string[] {
  const day = `${years[at]}-12-10`;
  if (place >= (bureau.counts[at] ?? 0)) return [`${staff},${day},平日,28800,,`, `${staff},${day},休日,9000,,`];
  if (over1000.has(staff)) return [`${staff},${day},平日,60000,,`, `${staff},${day},週休日振替他週,1,,`];
  // Flagged minutes are in these counts (D11), and every third person is over by them alone.
  if (place % 3 === 0) return [`${staff},${day},平日,28000,,`, `${staff},${day},平日,801,33条,`];
  return [`${staff},${day},平日,28801,,${place % 3 === 1 ? '選挙' : ''}`];
}

async function filledLedger(): Promise<TestLedger> {
  const policy = 'organisation: 見本市\novertime: { ledgerFrom: 2016-04 }\n';
  const ledger = await aLedger(roster, policy, '2022-05-26T09:00:00+09:00');
  const open = { valid_from: null, valid_to: null, schedule_item: null, successor_code: null, import_id: 'test' };
  const sections = bureaus.map(({ name, group, code }) => ({
    id: code,
    code,
    bureau: name,
    division: '',
    unit: '',
    path: name,
    appointer: group,
    ...open,
  }));
  await ledger.ports.database.db.insertInto('section').values(sections).execute();
  const lines = years.flatMap((_, at) => {
    const over1000 = groups
      .filter(([label]) => Number(label?.slice(1)) + (label?.startsWith('H') ? 1988 : 2018) === years[at])
      .flatMap(([, group, , count]) =>
        workers
          .filter((one) => one.bureau.group === group && one.place < (one.bureau.counts[at] ?? 0))
          .slice(0, Number(count)),
      );
    return workers.flatMap((one) => linesOf(one, at, new Set(over1000.map((worker) => worker.staff))));
  });
  const report = await ledger.hours(['職員番号,日付,区分,分,災害等,事由', ...lines].join('\n'));
  expect(report).toMatchObject({ problemsTotal: 0 });
  return ledger;
}

async function sheetOf(ledger: TestLedger, name: string, options: Record<string, string>): Promise<Sheet> {
  const command = overtimeRoom.cli?.find((one) => one.name === 'overtime table');
  if (!command) throw new Error('There is no command overtime table.');
  return ((await command.run(ledger.ports, [name], options)).document as { sheet: Sheet }).sheet;
}

test('the published tables of people over 480 and 1,000 hours come out of a ledger of people who add up to them', async () => {
  const ledger = await filledLedger();
  const range = { years: '2016-2021' };

  const byBureau = await sheetOf(ledger, 'D-1', range);
  const width = years.length + 1;
  const blocks = [...byBureau.rows.map((row) => row.slice(0, width)), ...byBureau.rows.map((row) => row.slice(width))];
  expect(blocks).toEqual(bureauLines.map(([, name, , ...counts]) => [name, ...counts.map(Number)]));
  expect(byBureau.columns).toEqual([
    ...['局区', 'H28', 'H29', 'H30', 'R01', 'R02', 'R03'],
    ...['局区', 'H28', 'H29', 'H30', 'R01', 'R02', 'R03'],
  ]);

  const byAppointer = await sheetOf(ledger, 'D-2', range);
  for (const group of ['市長事務部局', 'その他任命']) {
    const row = byAppointer.rows.find(([name]) => name === group);
    expect(row?.slice(1)).toEqual(
      groups
        .filter(([, name]) => name === group)
        .flatMap(([, , over480, over1000]) => [Number(over480), Number(over1000)]),
    );
  }

  const population = await sheetOf(ledger, 'D-3', { years: '2021' });
  expect(population.rows.at(-1)?.slice(0, 2)).toEqual(['全局区', 771]);
  expect(population.rows.at(-1)?.[4]).toBe(771 - 664);
  expect(Number(population.rows.at(-1)?.[3])).toBeLessThan(771);
}, 60_000);

test('a month has one line for each 課, and an unknown table or year is refused', async () => {
  const ledger = await aLedger([{ staff: '100001' }, { staff: '100002' }, { staff: '100003', manager: 1 }]);
  const lines = ['100001,2021-10-01,平日,4201,', '100002,2021-10-01,平日,2700,選挙', '100003,2021-10-01,平日,9000,'];
  await ledger.hours(['職員番号,日付,区分,分,事由', ...lines].join('\n'));
  const { rows, columns } = await sheetOf(ledger, 'E', { month: '2021-10' });
  const line = Object.fromEntries(columns.map((column, at) => [column, rows[0]?.[at]]));
  expect(rows).toHaveLength(1);
  expect(line).toMatchObject({
    課: '見本局/見本部/見本課',
    職員数: 2,
    平均: '57時間30分',
    '平均（災害・選挙を除く）': '35時間00分',
    '45時間超': 1,
    '56時間以上': 1,
    '70時間超': 1,
    平均80時間超: 0,
    健康80時間超: 0,
    命令未登録: null,
  });
  await expect(sheetOf(ledger, 'D-9', {})).rejects.toMatchObject({ code: 'usage' });
  await expect(sheetOf(ledger, 'D-1', { years: '2021-2016' })).rejects.toMatchObject({ code: 'usage' });
  await expect(sheetOf(ledger, 'E', {})).rejects.toMatchObject({ code: 'usage' });
});
