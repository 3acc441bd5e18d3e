import type { Instant } from '../../ports/clock.ts';
import type { CardKind, CardVerb, OccasionRule, Ports } from '../../ports/room.ts';
import { adviseLateFeed, restRule } from './advise-rest.ts';
import { drawRequest, drawRest } from './draw-rest.ts';
import { passOnWaiting, requestRule } from './pass-on.ts';
import { answerVerb, requestVerb } from './take-answer.ts';

export { type IntervalView, intervalCard } from './card.ts';
export { type IntervalRequestView, intervalRequestCard } from './card-request.ts';

/** 勤務間インターバル, as the door of the room shows it. */
export const intervalRules: OccasionRule[] = [restRule];

export const intervalCards: CardKind[] = [
  { rules: [restRule.name], draw: drawRest },
  { rules: [requestRule], draw: drawRequest },
];

export const intervalVerbs: CardVerb[] = [answerVerb, requestVerb];

/** Cards from a clock feed that came in late, and consultations that waited for somebody who may receive them. */
export async function intervalMinute(ports: Ports, minute: Instant): Promise<void> {
  await adviseLateFeed(ports, minute);
  await passOnWaiting(ports, minute);
}
