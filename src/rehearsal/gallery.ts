import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  helpCard,
  languageCard,
  notUnderstoodCard,
  todayCard,
  unknownSenderCard,
  welcomeCard,
} from '../conversation/index.ts';
import { type CarriedLine, deliveryAlarmCard, movedCard, unreachableListCard, withCarried } from '../delivery/index.ts';
import {
  aheadCard,
  decisionCard,
  eveningCard,
  gapListCard,
  intervalCard,
  intervalRequestCard,
  missingCard,
  missingListCard,
  priorApplicationCard,
  sectionSettingsCard,
  weeklyDigestCard,
} from '../late-work/index.ts';
import { teamCard, wedOnTimeCard, wedResultCard, wedSummaryCard } from '../no-overtime-day/index.ts';
import { ownHoursCard } from '../overtime/index.ts';
import { emergencyCard, emergencyEndedCard, noticesCard, restPlanCard } from '../pauses/index.ts';
import type { CardContent, Language } from '../ports/cards.ts';

/** One picture of the gallery: a card in one of its states. */
export interface GalleryCard {
  /** `no-overtime-day/wed-on-time` */
  card: string;
  state: string;
  content: CardContent;
}

interface Sample {
  state: string;
  view: object;
  /** What differs by language because it comes from other rooms. */
  inLanguage?: Record<Language, object>;
  /** Other items that stand on the same card, as their own cards say it. */
  carried?: Record<Language, CarriedLine[]>;
}

type Draw = (view: object) => CardContent;

/** A sample file holds views of exactly this card; `test/cards.test.ts` draws each of them in every language. */
function drawing<View extends object>(card: (view: View) => CardContent): Draw {
  return (view) => card(view as View);
}

const drawings: Record<string, Draw> = {
  'no-overtime-day/wed-on-time': drawing(wedOnTimeCard),
  'no-overtime-day/wed-summary': drawing(wedSummaryCard),
  'no-overtime-day/wed-result': drawing(wedResultCard),
  'no-overtime-day/team': drawing(teamCard),
  'late-work/cutoff-2000': drawing(eveningCard),
  'late-work/stay': drawing(eveningCard),
  'late-work/last-word': drawing(eveningCard),
  'late-work/late-work-decision': drawing(decisionCard),
  'late-work/prior-ok': drawing(aheadCard),
  'late-work/order-missing': drawing(missingCard),
  'late-work/order-missing-list': drawing(missingListCard),
  'pauses/emergency': drawing(emergencyCard),
  'pauses/emergency-ended': drawing(emergencyEndedCard),
  'pauses/notices': drawing(noticesCard),
  'pauses/rest-plan': drawing(restPlanCard),
  'delivery/delivery-alarm': drawing(deliveryAlarmCard),
  'delivery/unreachable-list': drawing(unreachableListCard),
  'delivery/moved': drawing(movedCard),
  'late-work/prior-application': drawing(priorApplicationCard),
  'late-work/gap-list': drawing(gapListCard),
  'late-work/section-settings': drawing(sectionSettingsCard),
  'late-work/weekly-digest': drawing(weeklyDigestCard),
  'late-work/interval': drawing(intervalCard),
  'late-work/interval-request': drawing(intervalRequestCard),
  'overtime/own-hours': drawing(ownHoursCard),
  'conversation/welcome': drawing(welcomeCard),
  'conversation/help': drawing(helpCard),
  'conversation/not-understood': drawing(notUnderstoodCard),
  'conversation/language': drawing(languageCard),
  'conversation/unknown-sender': drawing(unknownSenderCard),
  'conversation/today': drawing(todayCard),
};

const cardsFolder = fileURLToPath(new URL('../../cards/', import.meta.url));

/** Every card in every state of its `*.sample.json`, as data for the drawing of cards. */
export function galleryCards(language: Language, folder: string = cardsFolder): GalleryCard[] {
  return Object.entries(drawings).flatMap(([card, draw]) => {
    const { states } = JSON.parse(readFileSync(`${folder}/${card}.sample.json`, 'utf8')) as { states: Sample[] };
    return states.map(({ state, view, inLanguage, carried }) => ({
      card,
      state,
      content: withCarried(draw({ ...view, ...inLanguage?.[language], language }), carried?.[language] ?? [], language),
    }));
  });
}
