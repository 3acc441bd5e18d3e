import { z } from 'zod';

/** Columns of `import clock` and `import orders` (contracts.md 3). */
export const CLOCK_COLUMNS = ['職員番号', '日付', '出勤', '退勤'] as const;
export const ORDER_COLUMNS = ['職員番号', '日付', '申請日時', '開始', '終了', '状態'] as const;

const number = z
  .string()
  .transform((text) => text.normalize('NFKC'))
  .pipe(z.string().min(1, '職員番号を書いてください。').max(32, '32文字以内で書いてください。'));

/** What of a clock row is text; its date and times are read as everywhere. */
export const ClockText = z.object({ 職員番号: number });

/** What of a row of the orders file is text. */
export const OrderText = z.object({
  職員番号: number,
  状態: z.enum(['申請', '命令', '取消'], { error: '申請、命令、取消 のどれかを書いてください。' }),
});
