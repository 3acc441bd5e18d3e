import type { Room } from '../ports/room.ts';
import { letGoInHours } from './contact/own-hours.ts';
import { alarmRule } from './gate/raise-alarm.ts';
import { planOpenings } from './openings/plan-openings.ts';
import { listCommand } from './status/command.ts';
import { drawAlarm } from './status/draw-alarm.ts';
import { drawList } from './status/draw-list.ts';
import { endAlarms } from './status/end-alarms.ts';
import { statusCommand } from './status/show-status.ts';
import { listRule, listVerb } from './status/take-list.ts';

export { cancelWaiting } from './books/cancel-waiting.ts';
export { type LedgerItem, ledger } from './books/ledger.ts';
export { deliveryFigures } from './books/queries.ts';
export { type ContactItem, type ContactWeek, contactWeekOf } from './contact/ask-contact.ts';
export { type ContactLine, drawContactLines } from './contact/draw-lines.ts';
export { weekOf as contactWeekStart } from './contact/rules.ts';
export { drawnOnce } from './drawn-once.ts';
export {
  type About,
  type Button,
  button,
  type CarriedLine,
  claimLine,
  drawCard,
  type Fact,
  type Frame,
  type ItemView,
  type Quoted,
  quoted,
  quotedPlain,
  type Strip,
  withCarried,
} from './frame.ts';
export { type MovedView, movedCard } from './moved-card.ts';
export { type Campaign, planForStranger, planItems } from './plan.ts';
export { holdWaiting, noteActivity } from './queries.ts';
export { type Registry, registryOf } from './registry.ts';
export { cardDay, rubyOnce, withoutRuby } from './ruby.ts';
export { type Delivery, startDelivery } from './run.ts';
export { type AlarmView, deliveryAlarmCard, type ListView, unreachableListCard } from './status/card.ts';
export { isBreakerOpen, type ReachFigures, reachFiguresOf } from './status/figures.ts';
export { changeItems, takePress } from './take-press.ts';
export { commonWords, personalChatOnly } from './wording.ts';

/** What delivery itself tells people: the breaker's alarm, and who cannot be reached (未配信). */
export const deliveryRoom: Room = {
  name: 'delivery',
  cards: [
    { rules: [alarmRule], draw: drawAlarm },
    { rules: [listRule], draw: drawList },
  ],
  verbs: [listVerb],
  commands: [listCommand],
  cli: [statusCommand],
  everyMinute: async (ports, minute) => {
    await planOpenings(ports, minute);
    await letGoInHours(ports);
    await endAlarms(ports, minute);
  },
};
