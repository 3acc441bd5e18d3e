import { formatTimeOfDay } from '../calendar/index.ts';
import { cardDay } from '../delivery/index.ts';
import type { Language } from '../ports/cards.ts';
import type { Moment } from './card-views.ts';

/** 「11月18日（水）20:15」, with its readings in やさしい日本語. */
export function momentText(moment: Moment, language: Language): string {
  return `${cardDay(moment.date, language)} ${formatTimeOfDay(moment.minute)}`;
}

/** The value of a choice: `2026-11-18T20:15`, a wall clock of the organisation's zone. */
export function momentValue(moment: Moment): string {
  return `${moment.date}T${formatTimeOfDay(moment.minute)}`;
}
