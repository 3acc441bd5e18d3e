import { z } from 'zod';

const minuteText = z
  .string()
  .regex(/^\d{1,2}:\d{2}$/)
  .transform((text) => {
    const [hours = '0', minutes = '0'] = text.split(':');
    return Number(hours) * 60 + Number(minutes);
  });

/** What the buttons of C01 carry beside `i` and `r`. Inputs come as text; what a person left empty comes as empty text. */
export const answerSchema = z.object({
  answer: z.enum(['leave', 'stay', 'unsure', 'off', 'change']),
  reason: z.string().max(40).optional(),
  until: minuteText.optional().catch(undefined),
  note: z.string().max(2000).optional(),
});

/** What the buttons of the head's summary carry. `people` is a list of item ids with commas, as Teams hands over a choice of several. */
export const decideSchema = z.object({
  decision: z.enum(['acknowledged', 'asked-to-finish']).optional(),
  show: z.enum(['names', 'counts']).optional(),
  page: z.coerce.number().int().min(0).max(10_000).optional().catch(undefined),
  people: z
    .string()
    .max(20_000)
    .optional()
    .transform((text) =>
      (text ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    ),
});
