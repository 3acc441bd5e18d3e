import { wedOnTimeCard } from '../src/no-overtime-day/index.ts';
import type { CardContent } from '../src/ports/cards.ts';

/** The card of the no-overtime day as somebody gets it first. */
export function sampleCard(itemId: string): CardContent {
  return wedOnTimeCard({
    itemId,
    revision: 0,
    language: 'ja',
    date: '2026-11-18',
    endMinute: 1_035,
    day: 'wednesday',
    state: 'asked',
    decision: null,
    canChange: true,
    attendanceLink: 'https://attendance.example.jp/',
    untilChoices: [1_050, 1_080, 1_110, 1_140, 1_170, 1_200],
  });
}
