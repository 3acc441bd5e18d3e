import { z } from 'zod';

/** What the buttons of C03 carry beside `i` and `r`. */
export const answerSchema = z.object({ answer: z.enum(['applied', 'none', 'off', 'change']) });

/** A choice of several, as Teams hands it over: values with commas. */
const several = z
  .string()
  .max(2000)
  .optional()
  .transform((text) =>
    (text ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

const page = z.coerce.number().int().min(0).max(1000).optional().catch(undefined);

/** What the buttons of the gap list carry. `days` are dates. */
export const gapSchema = z.object({
  answer: z.enum(['claimed', 'not-work', 'wrong-record']).optional(),
  show: z.literal('days').optional(),
  page,
  days: several,
});

/** What the buttons of a head's section settings carry. */
export const settingsSchema = z.object({
  /** The key of the section that is set. */
  answer: z.string().max(400).optional(),
  show: z.literal('section').optional(),
  page,
  prior: z.enum(['on', 'off']).optional().catch(undefined),
  days: several,
});
