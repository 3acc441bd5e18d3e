import { z } from 'zod';

/** What a language button carries beside `i` and `r`. */
export const languageSchema = z.object({ language: z.enum(['ja', 'easy', 'en']) });
