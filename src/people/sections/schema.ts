import { z } from 'zod';

/** Columns of `import sections` (contracts.md 3). */
export const SECTIONS_REQUIRED = ['所属コード', '名称', '局区', '部', '開始', '終了'] as const;
export const SECTIONS_OPTIONAL = ['任命権者', '別表第一の号', '後継コード'] as const;

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
const level = z.string().regex(/^[^/\p{Cc}]{0,200}$/u, '組織の名称に「/」は使えません。200文字以内で書いてください。');
const code = z.string().transform((text) => text.normalize('NFKC'));

/** The text of a row of the sections file, apart from dates. */
export const SectionText = z.object({
  所属コード: code.pipe(
    z.string().regex(/^[^\s\p{C}]{1,32}$/u, '所属コードは空白を含まない32文字以内で書いてください。'),
  ),
  名称: level.min(1, '所属の名称を書いてください。'),
  局区: level,
  部: level,
  任命権者: z.string().max(200, '200文字以内で書いてください。').optional().transform(orNull),
  別表第一の号: code
    .pipe(
      z.string().regex(/^(\d{1,2}号?)?$/, '労働基準法別表第一の号を、1から15までの数字で書くか、空にしてください。'),
    )
    .optional()
    .transform(orNull),
  後継コード: code.pipe(z.string().max(32, '32文字以内で書いてください。')).optional().transform(orNull),
});
