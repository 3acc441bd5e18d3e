import type { CardKind, CardVerb, ChatCommand, OccasionRule } from '../../ports/room.ts';
import { askRule } from './ask-applications.ts';
import { gapsRule } from './ask-gaps.ts';
import { drawAsked } from './draw-asked.ts';
import { drawGaps } from './draw-gaps.ts';
import { drawSettings } from './draw-settings.ts';
import { settingsCommand, settingsVerb } from './set-section.ts';
import { answerVerb } from './take-answer.ts';
import { gapsVerb } from './take-gap-answers.ts';

export { type PriorApplicationView, priorApplicationCard } from './card.ts';
export { type GapListView, gapListCard } from './card-gaps.ts';
export { type SectionSettingsView, sectionSettingsCard } from './card-settings.ts';

/** 事前手続 and the gap list, as the door of the room shows them. */
export const priorRules: OccasionRule[] = [askRule, gapsRule];

export const priorCards: CardKind[] = [
  { rules: [askRule.name], draw: drawAsked },
  { rules: [gapsRule.name], draw: drawGaps },
  { rules: [settingsCommand.rule], draw: drawSettings },
];

export const priorVerbs: CardVerb[] = [answerVerb, gapsVerb, settingsVerb];

export const priorCommands: ChatCommand[] = [settingsCommand];
