import { z } from 'zod';

/** What the buttons of 停止・再開 carry beside `i` and `r`. */
export const noticesSchema = z.object({ answer: z.enum(['stop-C12', 'resume-C12', 'outside-on', 'outside-off']) });

const wallClock = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/)
  .transform((text) => ({ date: text.slice(0, 10), minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14)) }));

/** What the buttons and forms of 災害モード carry. Times are wall clocks of the organisation's zone. */
export const emergencySchema = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('start'),
    section: z.string().trim().min(1).max(300),
    reason: z.enum(['storm', 'earthquake', 'infection', 'fire', 'outage', 'other']),
    until: wallClock,
  }),
  z.object({ answer: z.literal('extend'), mode: z.string().min(1).max(64), longer: wallClock }),
  z.object({ answer: z.literal('end'), mode: z.string().min(1).max(64) }),
]);

/** Turning the pages of what runs. */
export const modesPageSchema = z.object({ show: z.literal('modes'), page: z.coerce.number().int().min(0).max(10_000) });

/** What the buttons of 「休息・振替(代休)の予定」 carry. */
export const restPlanSchema = z.object({ answer: z.enum(['planned', 'not-yet', 'off', 'change']) });

/** Why the last press of 災害モード did nothing, as kept with the item. */
export const problemSchema = z.object({
  code: z.enum(['unknown-section', 'several-sections', 'not-yours', 'running', 'too-long', 'not-later']),
  candidates: z.array(z.string()),
});
