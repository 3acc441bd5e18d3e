import { z } from 'zod';

/*
 * policy.yaml as written for one date, to the letter of docs/contracts.md 2: every key but `organisation` may be left out
 * and then has the value shown there. Times become minutes. Dates stay text here; rules.ts reads them. The `error` of each
 * part is the sentence that says what is expected.
 */

const words = (error: string) => z.string({ error }).trim().min(1, { error });

const number = (minimum: number, maximum: number, unit = '') => {
  const error = `${minimum}から${maximum}までの整数${unit}を書いてください。`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
};

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `${values.join('、')} のどれかを書いてください。` });

const flag = z.boolean({ error: 'true か false を書いてください。' });

const listOf = <T extends z.ZodType>(element: T, error = '[ ] の中に並べて書いてください。') =>
  z.array(element, { error });

function group<T extends z.ZodRawShape>(shape: T) {
  const keys = Object.keys(shape).join('、');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `知らない項目です。ここに書ける項目: ${keys}`
        : `「項目: 値」の形で書いてください。書ける項目: ${keys}`,
  });
}

const TIME_ERROR = '"17:15" のように HH:MM を引用符で囲んで書いてください。';
const time = z
  .string({ error: TIME_ERROR })
  .regex(/^([0-3]?\d|4[0-7]):[0-5]\d$/, { error: TIME_ERROR })
  .transform((text) => Number(text.slice(0, -3)) * 60 + Number(text.slice(-2)));

const DAY_ERROR = '04-01 のように MM-DD で書いてください。';
const monthDay = z
  .string({ error: DAY_ERROR })
  .regex(/^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$/, {
    error: DAY_ERROR,
  });

const link = z.url({ protocol: /^https?$/, error: 'https:// で始まるURLを書いてください。' });
const dateText = words('2026-11-18 又は 令和8年11月18日 のように日付を書いてください。');
const weekday = choice(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
const section = words('所属を 局区/部/課、所属コード又は名称で書いてください。');
const staffNumber = z.union([z.string().trim().min(1), z.int().min(0).transform(String)], {
  error: '職員番号を書いてください。',
});
const minutesList = listOf(number(1, 600_000, '（分）'));
const hourClass = choice([
  'weekday',
  'weekoff',
  'weekoff_same_week',
  'legal_holiday',
  'holiday_normal',
  'holiday_extra',
  'duty',
]);
const transfer = choice(['person', 'workplace']);

const CLASSES: z.infer<typeof hourClass>[] = ['weekday', 'weekoff', 'legal_holiday', 'holiday_extra'];

const profile = group({
  name: words('協定 のように名前を書いてください。').default('協定'),
  applies: z
    .union([z.enum(['all', 'default']), z.array(words('適用区分を書いてください。')).min(1)], {
      error: 'all、default 又は適用区分の並びを書いてください。',
    })
    .default('default'),
  counts: listOf(hourClass).default(CLASSES),
  countsMonthAndAverage: listOf(hourClass).optional(),
  sections: listOf(section).min(1, { error: '少なくとも一つ書いてください。' }).optional(),
  monthAt: choice(['over', 'reached']).default('over'),
  month: number(1, 60_000, '（分）').nullable().default(4200),
  year: number(1, 600_000, '（分）').nullable().default(28_800),
  average: number(1, 60_000, '（分）').nullable().default(4800),
  months45: group({ over: number(1, 60_000, '（分）').default(2700), allowed: number(0, 12).default(6) })
    .nullable()
    .prefault({}),
  stages: group({
    month: minutesList.default([2160, 2700, 3360, 4200]),
    year: minutesList.default([21_600, 25_920, 28_800]),
    months45: listOf(number(1, 12)).default([5, 6, 7]),
    average: minutesList.default([4500, 4800]),
  }).prefault({}),
  transfer: transfer.optional(),
  day: number(1, 1440, '（分）').optional(),
  holidayWork: number(0, 31, '（日）').optional(),
}).transform((one) => ({ ...one, countsMonthAndAverage: one.countsMonthAndAverage ?? one.counts }));

const overtime = group({
  ledgerFrom: z
    .string({ error: '2021-04 のように YYYY-MM で書いてください。' })
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: '2021-04 のように YYYY-MM で書いてください。' })
    .nullable()
    .default(null),
  transfer: transfer.default('person'),
  holidayExtraCounts: flag.default(true),
  profiles: listOf(profile).min(1, { error: '少なくとも一つ書いてください。' }).prefault([{}]),
  healthBasis: choice(['order-hours', 'over-40h-week']).default('order-hours'),
  health: group({
    at: choice(['over', 'reached']).default('over'),
    month: minutesList.default([4800, 6000]),
    average: number(1, 60_000, '（分）').nullable().default(4800),
  }).prefault({}),
});

const office = group({
  start: time.prefault('08:30'),
  end: time.prefault('17:15'),
  break: number(0, 480, '（分）').default(60),
  dayMinutes: number(1, 1440, '（分）').default(465),
  weekStarts: weekday.default('sun'),
}).transform(({ start, end, ...rest }) => ({ startMinute: start, endMinute: end, ...rest }));

const lateWork = group({
  cutoff: time.prefault('20:00'),
  card: time.prefault('19:30'),
  lastCard: time.prefault('22:00'),
}).transform(({ cutoff, card, lastCard }) => ({
  cutoffMinute: cutoff,
  cardMinute: card,
  lastCardMinute: lastCard,
}));

const quiet = group({
  eventFrom: time.prefault('08:30'),
  eventTo: time.prefault('18:00'),
  eventNext: time.prefault('08:45'),
  graceMinutes: number(0, 240, '（分）').default(15),
}).transform(({ eventFrom, eventTo, eventNext, graceMinutes }) => ({
  eventFromMinute: eventFrom,
  eventToMinute: eventTo,
  eventNextMinute: eventNext,
  graceMinutes,
}));

/** P12: without an agreement the programme stays off. */
const agreement = group({
  programme: choice(['late-work', 'interval', 'clock-gaps', 'wlb-rate']),
  任命権者: words('任命権者を書いてください。').nullable().default(null),
  相手: words('協議した相手を書いてください。'),
  文書日付: dateText,
  対象: words('対象を書いてください。'),
  見直し日: dateText,
});

/** P7: elections, 議会, budget. */
const peak = group({
  name: words('名前を書いてください。'),
  事由: choice(['通常', '選挙', '災害', '感染症', '議会', '予算', '統計調査', '計画策定', 'その他']),
  from: dateText,
  to: dateText,
  sections: listOf(section).default([]),
  staff: listOf(staffNumber).default([]),
  pause: listOf(choice(['C01', 'C02', 'C12'])).default([]),
});

const role = listOf(
  z.union([staffNumber, group({ section })], { error: '職員番号又は { section: 所属 } を書いてください。' }),
).default([]);

const cardText = words('カードに出す文を書いてください。').refine((text) => !/承認|許可|違反/.test(text), {
  error: '「承認」「許可」「違反」はカードに使えません（P1）。',
});

export const PolicyText = group({
  organisation: words('組織の名前を書いてください。'),
  timeZone: words('Asia/Tokyo のように書いてください。').default('Asia/Tokyo'),
  languages: listOf(choice(['ja', 'easy', 'en']))
    .min(1, { error: '少なくとも一つ書いてください。' })
    .default(['ja', 'easy', 'en']),
  year: group({
    start: monthDay.default('04-01'),
    leaveYear: choice(['fiscal', 'calendar']).default('fiscal'),
  }).prefault({}),
  office: office.prefault({}),
  closure: group({ from: monthDay.default('12-29'), to: monthDay.default('01-03') })
    .nullable()
    .prefault({}),
  noOvertime: group({
    weekday: weekday.default('wed'),
    onHoliday: choice(['none', 'previousBusinessDay']).default('none'),
    minutesBeforeEnd: number(0, 600, '（分）').default(60),
    sectionDays: listOf(group({ section, weekday })).default([]),
  }).prefault({}),
  lateWork: lateWork.prefault({}),
  priorApplication: group({
    minutesBeforeEnd: number(0, 600, '（分）').default(105),
    sections: listOf(section).default([]),
    link: link.default('https://attendance.example.jp/'),
    gapMinutes: number(1, 1440, '（分）').default(30),
  }).prefault({}),
  interval: group({ minutes: number(1, 1440, '（分）').default(660), enabled: flag.default(false) }).prefault({}),
  wlbDays: listOf(dateText).default(['令和8年8月5日(水)']),
  overtime: overtime.prefault({}),
  leave: group({
    targetDays: number(0, 40).default(16),
    dayMinutes: number(1, 1440, '（分）').default(465),
    carryOverDays: number(0, 40).default(20),
  }).prefault({}),
  smallCell: number(5, 1000).default(10),
  quiet: quiet.prefault({}),
  contactBudget: group({ pingsPerWeek: number(0, 100).default(5) }).prefault({}),
  retention: z
    .record(z.string(), number(1, 36_525, '（日）'), { error: '「保存区分: 日数」の形で書いてください。' })
    .default({}),
  agreements: listOf(agreement).default([]),
  peaks: listOf(peak).default([]),
  links: group({ attendanceSystem: link.default('https://attendance.example.jp/') }).prefault({}),
  roles: group({ hr: role, labour: role, health: role, ict: role, audit: role }).prefault({}),
  texts: z
    .record(z.string(), group({ ja: cardText.optional(), easy: cardText.optional(), en: cardText.optional() }), {
      error: '「カード名: { ja: 文 }」の形で書いてください。',
    })
    .default({}),
});
export type PolicyText = z.infer<typeof PolicyText>;
