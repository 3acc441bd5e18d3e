import { z } from 'zod';

/** What the button of the digest carries beside `i` and `r`. */
export const commentSchema = z.object({ answer: z.literal('comment'), comment: z.string().max(2000).optional() });
