import type { ChatCommand, Room } from '../ports/room.ts';
import { countAnswers } from './count-answers.ts';
import { decideVerb } from './decide-stay.ts';
import { drawOnTime } from './draw-on-time.ts';
import { drawResult, drawSummary, drawTeam } from './draw-team.ts';
import { finishSummaries } from './finish-summaries.ts';
import { reminderRule, resultRule, summaryRule } from './send-reminders.ts';
import { answerVerb } from './take-answer.ts';
import { seenVerb } from './take-seen.ts';

export { acknowledgedOn, stayUntil } from './ask-answers.ts';
export { type Counts, teamCard, wedOnTimeCard, wedResultCard, wedSummaryCard } from './card.ts';
export { countsOf } from './draw-team.ts';
export { type Asked, askedOn } from './queries.ts';
export { headsWithResult } from './send-reminders.ts';
export { REASONS, type ReasonCode, reasonLabel } from './wording.ts';

const teamCommand: ChatCommand = {
  name: 'team',
  words: ['チーム', 'ちーむ', 'team'],
  help: {
    ja: '所属の本日の状況を見ます（所属長）',
    easy: 'チームの きょうの ようすを 見(み)ます',
    en: 'See how your team answered today (heads)',
  },
  for: ['head'],
  rule: 'no-overtime-day.team',
  card: 'team',
  run: async () => {},
};

export const noOvertimeDayRoom: Room = {
  name: 'no-overtime-day',
  rules: [reminderRule, summaryRule, resultRule],
  cards: [
    { rules: [reminderRule.name], draw: drawOnTime },
    { rules: [summaryRule.name], draw: drawSummary },
    { rules: [resultRule.name], draw: drawResult },
    { rules: [teamCommand.rule], draw: drawTeam },
  ],
  verbs: [answerVerb, decideVerb, seenVerb],
  commands: [teamCommand],
  everyMinute: async (ports, minute) => {
    await finishSummaries(ports, minute);
    await countAnswers(ports, minute);
  },
};
