/**
 * Every Wednesday of 令和元年度 to 令和9年度 on which the city is closed, and the working Wednesdays of each 年度. Checked by
 * hand against the Cabinet Office's 「国民の祝日について」 and 川崎市の休日 (12月29日 to 1月3日).
 */
export const CLOSED_WEDNESDAYS: [date: string, kind: 'holiday' | 'year-end'][] = [
  ['2019-05-01', 'holiday'],
  ['2020-01-01', 'holiday'],
  ['2020-04-29', 'holiday'],
  ['2020-05-06', 'holiday'],
  ['2020-12-30', 'year-end'],
  ['2021-05-05', 'holiday'],
  ['2021-11-03', 'holiday'],
  ['2021-12-29', 'year-end'],
  ['2022-02-23', 'holiday'],
  ['2022-05-04', 'holiday'],
  ['2022-11-23', 'holiday'],
  ['2023-05-03', 'holiday'],
  ['2024-01-03', 'year-end'],
  ['2024-03-20', 'holiday'],
  ['2025-01-01', 'holiday'],
  ['2025-12-31', 'year-end'],
  ['2026-02-11', 'holiday'],
  ['2026-04-29', 'holiday'],
  ['2026-05-06', 'holiday'],
  ['2026-09-23', 'holiday'],
  ['2026-12-30', 'year-end'],
  ['2027-05-05', 'holiday'],
  ['2027-08-11', 'holiday'],
  ['2027-11-03', 'holiday'],
  ['2027-12-29', 'year-end'],
  ['2028-02-23', 'holiday'],
];

export const WORKING_WEDNESDAYS: [fiscalYear: number, count: number][] = [
  [2019, 50],
  [2020, 50],
  [2021, 48],
  [2022, 50],
  [2023, 49],
  [2024, 51],
  [2025, 50],
  [2026, 49],
  [2027, 47],
];
