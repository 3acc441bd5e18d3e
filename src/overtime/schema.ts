import { z } from 'zod';

/** Columns of `import hours`, `import hours --opening` and `import restrictions` (contracts.md 3). */
export const HOURS_REQUIRED = ['職員番号', '日付', '区分', '分'] as const;
export const HOURS_OPTIONAL = ['所属', '災害等', '事由'] as const;
export const OPENING_REQUIRED = ['職員番号', '年月', '分'] as const;
export const RESTRICTIONS_REQUIRED = ['職員番号', '制限', '開始', '終了'] as const;

const plain = (text: string) => text.normalize('NFKC');

export const StaffNumber = z
  .string()
  .transform(plain)
  .pipe(z.string().regex(/^[^\s\p{C}]{1,32}$/u, '職員番号を、空白を含まない32文字以内で書いてください。'));

const KINDS = {
  平日: 'weekday',
  週休日: 'weekoff',
  週休日振替同一週: 'weekoff_same_week',
  週休日振替他週: 'weekoff_other_week',
  法定休日: 'legal_holiday',
  休日: 'holiday_normal',
  休日時間外: 'holiday_extra',
  宿日直: 'duty',
} as const;
type KindText = keyof typeof KINDS;
const kindTexts = Object.keys(KINDS) as KindText[];

const oneOf = <const T extends readonly string[]>(values: T, expected: string) =>
  z
    .string()
    .transform(plain)
    .pipe(z.enum(values, { error: expected }));

/** 区分 → the class of D6. */
export const Kind = oneOf(kindTexts, `${kindTexts.join('、')} のどれかを書いてください。`).transform(
  (text) => KINDS[text],
);

const WHOLE = '整数を分で書いてください（訂正は −60 のように負の数）。1行は100万分までです。';

/** Whole minutes; a correction is negative. */
export const Minutes = z
  .string()
  .transform((text) => plain(text).replace('−', '-'))
  .pipe(z.string().regex(/^-?\d{1,7}$/, WHOLE))
  .transform(Number)
  .refine((minutes) => Math.abs(minutes) <= 1_000_000, WHOLE);

/** Minutes of a whole month before the ledger: not negative. */
export const OpeningMinutes = Minutes.refine((minutes) => minutes >= 0, '0以上の整数を分で書いてください。');

const flags = ['', '33条', '特例業務'] as const;
export const Flagged = oneOf(flags, '33条、特例業務 のどちらかを書くか、空にしてください。').transform((text) =>
  text === '' ? null : text,
);

/** 通常 is kept as nothing. */
const reasons = ['', '通常', '選挙', '災害', '感染症', '議会', '予算', '統計調査', '計画策定', 'その他'] as const;
export const Reason = oneOf(reasons, `${reasons.slice(1).join('、')} のどれかを書くか、空にしてください。`).transform(
  (text) => (text === '' || text === '通常' ? null : text),
);

const MONTH = '年月を 2021-03、2021/3、令和3年3月 のいずれかの形で書いてください。';
export const YearMonth = z
  .string()
  .transform((text) => plain(text).trim())
  .pipe(z.string().regex(/^(?:(?:19|20|21)\d{2}(?:-|\/|年)|令和(?:元|\d{1,2})年)(?:0?[1-9]|1[0-2])月?$/, MONTH))
  .transform((text) => {
    const [year = '', month = ''] = text.replace(/月$/, '').split(/[-/年]/);
    const western = year.startsWith('令和') ? 2018 + (year === '令和元' ? 1 : Number(year.slice(2))) : Number(year);
    return `${western}-${month.padStart(2, '0')}`;
  });

export const OpeningRow = z.object({ 職員番号: StaffNumber, 年月: YearMonth, 分: OpeningMinutes });

export const RestrictionText = z.object({
  職員番号: StaffNumber,
  制限: z.enum(['時間外不可', '月24年150', '深夜不可', '要相談'], {
    error: '時間外不可、月24年150、深夜不可、要相談 のどれかを書いてください。',
  }),
});

/** `--years 2016-2021`, or one year. */
export const YearsOption = z
  .string()
  .regex(/^20\d{2}(-20\d{2})?$/)
  .transform((text) => {
    const [from = 0, to = from] = text.split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from <= to && to - from < 20);

/** `--month 2021-10` */
export const MonthOption = z.string().regex(/^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/);
