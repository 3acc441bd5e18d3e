import { z } from 'zod';

/** What every button carries: the item and the revision drawn; the rest is the answer, checked by the verb. */
export const pressedDataSchema = z.looseObject({
  i: z.string().min(1).max(64),
  r: z.number().int().min(0).max(1_000_000_000),
});
