import type { Room } from '../ports/room.ts';
import { drawAhead } from './ahead/draw-ahead.ts';
import { aheadVerb } from './ahead/record-ahead.ts';
import { aheadCommand, missingCommand, stayCommand } from './commands.ts';
import { keepCounts } from './count-evening.ts';
import { decideVerb } from './decide-request.ts';
import { drawDecision } from './draw-decision.ts';
import { drawEvening } from './draw-evening.ts';
import { intervalCards, intervalMinute, intervalRules, intervalVerbs } from './interval/parts.ts';
import { drawMissing, drawMissingList } from './order-missing/draw-missing.ts';
import { missingRule, officeRule } from './order-missing/send-missing.ts';
import { listVerb, missingVerb } from './order-missing/show-missing.ts';
import { statusCommand } from './print-status.ts';
import { priorCards, priorCommands, priorRules, priorVerbs } from './prior-application/parts.ts';
import { runEvening } from './run-evening.ts';
import { cardRule } from './send-cards.ts';
import { answerVerb } from './take-answer.ts';
import { digestCards, digestRules, digestVerbs } from './weekly-digest/parts.ts';

export { aheadCard, decisionCard, eveningCard, missingCard, missingListCard } from './card.ts';
export { intervalCard, intervalRequestCard } from './interval/parts.ts';
export { gapListCard, priorApplicationCard, sectionSettingsCard } from './prior-application/parts.ts';
export { weeklyDigestCard } from './weekly-digest/parts.ts';

/** 午後8時: C02, the wish to go on, the head's word on it, 事前了承, and the 命令 that is to follow. */
export const lateWorkRoom: Room = {
  name: 'late-work',
  rules: [cardRule, missingRule, officeRule, ...priorRules, ...digestRules, ...intervalRules],
  cards: [
    { rules: [cardRule.name, stayCommand.rule, 'late-work.last-word'], draw: drawEvening },
    { rules: ['late-work.decision'], draw: drawDecision },
    { rules: [aheadCommand.rule], draw: drawAhead },
    { rules: [missingRule.name, officeRule.name], draw: drawMissing },
    { rules: [missingCommand.rule], draw: drawMissingList },
    ...priorCards,
    ...digestCards,
    ...intervalCards,
  ],
  verbs: [answerVerb, decideVerb, aheadVerb, missingVerb, listVerb, ...priorVerbs, ...digestVerbs, ...intervalVerbs],
  commands: [stayCommand, aheadCommand, missingCommand, ...priorCommands],
  cli: [statusCommand],
  everyMinute: async (ports, minute) => {
    await runEvening(ports, minute);
    await keepCounts(ports, minute);
    await intervalMinute(ports, minute);
  },
};
