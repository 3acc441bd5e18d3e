import { z } from 'zod';

/** Columns of `import staff` (contracts.md 3). */
export const STAFF_REQUIRED = [
  '職員番号',
  '氏名',
  'メール',
  'AADオブジェクトID',
  '局区',
  '部',
  '課',
  '職位',
  '管理職',
  '所属長',
  '勤務区分',
  '始業',
  '終業',
  '採用日',
  '退職日',
  '言語',
] as const;

export const STAFF_OPTIONAL = [
  '所属コード',
  '職員区分',
  '任命権者',
  '適用区分',
  '事業場',
  '週勤務分',
  '端末',
  '前職員番号',
  '代決者',
  '在宅',
  '年齢区分',
  '性別',
] as const;

const NUMBER_EXPECTED = '職員番号は空白を含まない32文字以内で書いてください。';
const AAD_EXPECTED =
  'AADオブジェクトIDは 8-4-4-4-12 桁の16進数（例: 0f8fad5b-d9cb-469f-a165-70867728950e）で書くか、空にしてください。';
const MAIL_EXPECTED = 'メールアドレスを 名前@ドメイン の形で書いてください。';
const LEVEL_EXPECTED = '組織の名称に「/」は使えません。200文字以内で書いてください。';

const plain = (text: string) => text.normalize('NFKC');
const number = z
  .string()
  .transform(plain)
  .pipe(z.string().regex(/^[^\s\p{C}]{1,32}$/u, NUMBER_EXPECTED));
const short = z
  .string()
  .max(200, '200文字以内で書いてください。')
  .regex(/^\P{Cc}*$/u, '改行などの制御文字を取り除いてください。');
const level = z.string().regex(/^[^/\p{Cc}]{0,200}$/u, LEVEL_EXPECTED);
const filled = (expected: string) => short.min(1, expected);
const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
const optionalNumber = z.literal('').or(number).optional().transform(orNull);
const optionalShort = short.optional().transform(orNull);

/** The text of a row of the staff file, apart from dates and times. Messages say what was expected. */
export const StaffText = z.object({
  職員番号: number,
  氏名: filled('氏名を書いてください。'),
  メール: z.literal('').or(short.regex(/^[^\s@]+@[^\s@]+$/, MAIL_EXPECTED)),
  AADオブジェクトID: z
    .string()
    .regex(/^$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, AAD_EXPECTED)
    .transform((text) => orNull(text.toLowerCase())),
  局区: level.min(1, '局区を書いてください。'),
  部: level,
  課: level,
  職位: short,
  管理職: z.enum(['1', '0'], { error: '管理職は 1、そうでなければ 0 と書いてください。' }),
  所属長: optionalNumber,
  勤務区分: z.enum(['日勤', '時差', '交替', '育短', '休職'], {
    error: '日勤、時差、交替、育短、休職 のどれかを書いてください。',
  }),
  言語: z.enum(['ja', 'easy', 'en'], { error: 'ja、easy、en のどれかを書いてください。' }),
  所属コード: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^[^\s\p{C}]{0,32}$/u, '所属コードは空白を含まない32文字以内で書くか、空にしてください。'))
    .optional()
    .transform(orNull),
  職員区分: optionalShort,
  任命権者: optionalShort,
  適用区分: optionalShort,
  事業場: optionalShort,
  週勤務分: z
    .string()
    .transform(plain)
    .pipe(z.string().regex(/^$|^\d{1,5}$/, '1週間の勤務時間を分で、0から10080までの整数で書いてください。'))
    .transform((text) => (text === '' ? null : Number(text)))
    .refine((minutes) => minutes === null || minutes <= 10_080, '1週間は10080分までです。')
    .optional(),
  端末: optionalShort,
  前職員番号: optionalNumber,
  代決者: optionalNumber,
  在宅: optionalShort,
  年齢区分: optionalShort,
  性別: optionalShort,
});
export type StaffText = z.infer<typeof StaffText>;
