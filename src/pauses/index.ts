import type { Registry } from '../delivery/index.ts';
import type { Room } from '../ports/room.ts';
import { commands } from './commands.ts';
import { drawEmergency, drawEnded } from './emergency/draw-emergency.ts';
import { endModes } from './emergency/end-modes.ts';
import { emergencyVerb } from './emergency/take-emergency.ts';
import { drawNotices } from './receiving/draw-notices.ts';
import { noticesVerb } from './receiving/take-notices.ts';
import { drawRestPlan } from './rest-plan/draw-rest-plan.ts';
import { restPlanRule } from './rest-plan/send-rest-plan.ts';
import { restPlanVerb } from './rest-plan/take-rest-plan.ts';

export { emergencyPeriodsOf, type Pauses, pausesOn } from './ask-pauses.ts';
export { emergencyCard, emergencyEndedCard, noticesCard, restPlanCard } from './card.ts';
export type { Programme } from './programmes.ts';
export { mayReceiveNow, type Notice, receivingAt } from './receiving/ask-receiving.ts';
export type { NoticeKind, ReceivingFacts } from './receiving/rules.ts';
export { stopProgramme } from './receiving/stop-programme.ts';
export type { Period } from './rules.ts';

/** 控える: who is not to be sent which card now, and why; the settings and the 災害モード that decide it. It draws other rooms' titles by the registry. */
export const pausesRoom = (registry: () => Registry): Room => ({
  name: 'pauses',
  rules: [restPlanRule],
  cards: [
    { rules: ['pauses.notices'], draw: drawNotices(registry) },
    { rules: ['pauses.emergency'], draw: drawEmergency },
    { rules: ['pauses.emergency-ended'], draw: drawEnded },
    { rules: [restPlanRule.name], draw: drawRestPlan },
  ],
  verbs: [noticesVerb, emergencyVerb, restPlanVerb],
  commands,
  everyMinute: endModes,
});
