import { z } from 'zod';

/** What the buttons of the list carry beside `i` and `r`. */
export const listSchema = z.object({
  show: z.literal('names'),
  page: z.coerce.number().int().min(0).max(100_000).catch(0).default(0),
});

/** How an alarm ended, as it is kept with its items; empty where that is not known any more. */
export const alarmEndSchema = z.object({ closedAt: z.number().optional(), undone: z.number().optional() });
