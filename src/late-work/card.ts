export { aheadCard } from './card-ahead.ts';
export { decisionCard } from './card-decision.ts';
export { eveningCard } from './card-evening.ts';
export { missingCard, missingListCard } from './card-missing.ts';
