import { z } from 'zod';

/** Hours a person may try out; the card offers these. */
export const MORE_HOURS = [5, 10, 15, 20, 30, 40] as const;

/** What the button carries beside `i` and `r`: the hours chosen. */
export const whatIfSchema = z.object({
  answer: z.literal('what-if'),
  hours: z.coerce
    .number()
    .int()
    .refine((hours) => MORE_HOURS.some((offered) => offered === hours)),
});
