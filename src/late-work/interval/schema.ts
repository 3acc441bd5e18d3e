import { z } from 'zod';

/** What the buttons of C12 carry beside `i` and `r`. `note` is the draft of a consultation. */
export const answerSchema = z.object({
  answer: z.enum(['consult', 'fine', 'stop', 'change']),
  note: z.string().max(2000).optional(),
});

/** What the buttons of the head's card carry. */
export const requestSchema = z.object({
  show: z.literal('names').optional(),
  decision: z.literal('seen').optional(),
});
