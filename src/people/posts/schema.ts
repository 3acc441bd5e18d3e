import { z } from 'zod';

/** Columns of `import posts` (contracts.md 3). */
export const POSTS_REQUIRED = ['所属コード', '役割', '職員番号', '種別', '開始', '終了'] as const;
export const POSTS_OPTIONAL = ['根拠'] as const;

const plain = z.string().transform((text) => text.normalize('NFKC'));

/** The text of a row of the posts file, apart from dates. An empty 職員番号 is a vacant post. */
export const PostText = z.object({
  所属コード: plain.pipe(z.string().min(1, '所属コードを書いてください。').max(200, '200文字以内で書いてください。')),
  役割: z.enum(['所属長', '部長', '庶務担当', '代理'], {
    error: '所属長、部長、庶務担当、代理 のどれかを書いてください。',
  }),
  職員番号: plain
    .pipe(z.string().max(32, '32文字以内で書いてください。'))
    .transform((text) => (text === '' ? null : text)),
  種別: z.enum(['本務', '兼務', '事務取扱', '心得', '代理'], {
    error: '本務、兼務、事務取扱、心得、代理 のどれかを書いてください。',
  }),
  根拠: z
    .string()
    .max(200, '200文字以内で書いてください。')
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : text)),
});
