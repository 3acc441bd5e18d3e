import { z } from 'zod';

const minuteText = z
  .string()
  .regex(/^\d{1,2}:\d{2}$/)
  .transform((text) => {
    const [hours = '0', minutes = '0'] = text.split(':');
    return Number(hours) * 60 + Number(minutes);
  });

/** `id.revision`, with commas, as Teams hands over a choice of several. */
const several = z
  .string()
  .max(20_000)
  .optional()
  .transform((text) =>
    (text ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

const page = z.coerce.number().int().min(0).max(10_000).optional().catch(undefined);

/** What the buttons of C02 and of 残る carry beside `i` and `r`. Inputs come as text; what was left empty as empty text. */
export const answerSchema = z.object({
  answer: z.enum(['finish', 'continue', 'left', 'change']),
  reason: z.string().max(40).optional(),
  until: minuteText.optional().catch(undefined),
  note: z.string().max(2000).optional(),
});

/** What the buttons of the head's card carry. `until` is a time, or `asked`: as each person wished. */
export const decideSchema = z.object({
  decision: z.enum(['acknowledged', 'asked-to-finish', 'later-start']).optional(),
  show: z.literal('names').optional(),
  page,
  until: minuteText.optional().catch(undefined),
  people: several,
});

/** What the buttons of 事前了承 carry. */
export const aheadSchema = z.object({
  decision: z.enum(['record', 'withdraw']).optional(),
  show: z.enum(['names', 'withdraw']).optional(),
  page,
  people: several,
  days: z.coerce.number().int().min(1).max(10).optional().catch(undefined),
  until: minuteText.optional().catch(undefined),
  reason: z.string().max(40).optional(),
  note: z.string().max(2000).optional(),
});

/** What the buttons of 「了承あり・命令未登録」 carry. */
export const missingSchema = z.object({ show: z.literal('names').optional(), page });
