import { z } from 'zod';

/** Columns of `import leave` and `import leave --balances` (contracts.md 3). */
export const LEAVE_REQUIRED = ['職員番号', '日付', '種別'] as const;
export const LEAVE_OPTIONAL = ['時間', '開始', '区分'] as const;
export const BALANCE_REQUIRED = ['職員番号', '年度', '付与', '繰越'] as const;

const number = z
  .string()
  .transform((text) => text.normalize('NFKC'))
  .pipe(z.string().min(1, '職員番号を書いてください。').max(32, '32文字以内で書いてください。'));
const plain = (text: string) => text.normalize('NFKC');

/** The text of a row of the leave file. `時間` is minutes. A reason behind その他 has no column, so it cannot come in. */
export const LeaveText = z.object({
  職員番号: number,
  種別: z.enum(['全日', '午前', '午後', '時間', '取消'], {
    error: '全日、午前、午後、時間、取消 のどれかを書いてください。',
  }),
  時間: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^$|^\d{1,4}$/, '休暇の長さを分で、1から1440までの整数で書いてください。'))
    .transform((text) => (text === '' ? null : Number(text)))
    .refine(
      (minutes) => minutes === null || (minutes >= 1 && minutes <= 1440),
      '休暇の長さを分で、1から1440までの整数で書いてください。',
    )
    .optional(),
  /** What stands behind その他 is dropped as it is read: a reason is never kept (contracts.md 3). */
  区分: z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === '' ? '年次' : text.startsWith('その他') ? 'その他' : text))
    .pipe(
      z.enum(['年次', '出張', 'その他'], { error: '年次、出張、その他 のどれかを書くか、空（年次）にしてください。' }),
    ),
});
export type LeaveText = z.infer<typeof LeaveText>;

const EXPECTED = '20 又は 12日3時間30分 のように書いてください。';

/** Days and minutes of `20`, `12日`, `12日3時間30分`, `3時間`. */
const length = z
  .string()
  .transform(plain)
  .pipe(z.string().regex(/^(?=.)(\d{1,3}(?:日|$))?(?:(\d{1,3})時間)?(?:(\d{1,3})分)?$/, EXPECTED))
  .transform((text) => {
    const part = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
    return { days: part(/^(\d+)(?:日|$)/), minutes: part(/(\d+)時間/) * 60 + part(/(\d+)分/) };
  });

const YEAR_EXPECTED = '年度を 2026 又は 令和8年度 のように書いてください。';

/** The year in which it begins: `2026`, `2026年度`, `令和8年度`, `令和8`, `R8`. 令和0 is none and becomes 0. */
function yearOf(text: string): number {
  const digits = Number(/\d+/.exec(text)?.[0] ?? 0);
  if (/^\d{4}/.test(text)) return digits;
  const count = text.includes('元') ? 1 : digits;
  return count === 0 ? 0 : 2018 + count;
}

export const BalanceText = z.object({
  職員番号: number,
  年度: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^(\d{4}(年度?)?|(令和|R)(\d{1,2}|元)(年度?)?)$/, YEAR_EXPECTED))
    .transform(yearOf)
    .refine((year) => year >= 2000 && year < 2200, YEAR_EXPECTED),
  付与: length,
  繰越: length,
});
