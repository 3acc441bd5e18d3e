import type { CardKind, CardVerb, OccasionRule } from '../../ports/room.ts';
import { drawDigest } from './draw-digest.ts';
import { digestRule } from './send-digests.ts';
import { commentVerb } from './take-comment.ts';

export { type WeeklyDigestView, weeklyDigestCard } from './card.ts';

/** 週のまとめ, as the door of the room shows it. */
export const digestRules: OccasionRule[] = [digestRule];

export const digestCards: CardKind[] = [{ rules: [digestRule.name], draw: drawDigest }];

export const digestVerbs: CardVerb[] = [commentVerb];
