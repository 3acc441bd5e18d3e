import type { ItemView } from '../delivery/index.ts';
import type { MinuteOfDay } from '../ports/clock.ts';
import type { AnswerKind, DecisionKind, ReasonCode } from './words.ts';

/** The states of a card (cards.md). 「訂正」 is a line on any of them (`corrected`). */
export type CardState = 'asked' | 'answered' | 'decided' | 'closed' | 'recalled';

export interface ShownAnswer {
  kind: AnswerKind;
  /** Minute of the day on which it was given. */
  at: MinuteOfDay;
  reason?: ReasonCode;
  note?: string;
  untilMinute?: MinuteOfDay;
}

export interface ShownDecision {
  kind: DecisionKind;
  atMinute: MinuteOfDay;
  untilMinute?: MinuteOfDay;
}

/** C01 for its recipient. Times are minutes of `date` in the organisation's time zone. */
export interface WedOnTimeView extends ItemView {
  itemId: string;
  /** The person's own end of work. */
  endMinute: MinuteOfDay;
  day: 'wednesday' | 'section';
  state: CardState;
  answer?: ShownAnswer;
  decision: ShownDecision | null;
  canChange: boolean;
  /** 変更する was pressed: the four choices again, the present answer above them. */
  changing?: boolean;
  /** The city's own system, where overtime is ordered and claimed (P1). */
  attendanceLink: string;
  /** What the city's policy says in place of the body (`texts`); {endTime} stands for the own end. */
  ownWords?: string;
  /** Quarter hours to choose the planned end from. */
  untilChoices: MinuteOfDay[];
}

/** How the section answered, in persons. `notSent` was never asked (no Teams, not delivered). */
export interface Counts {
  leave: number;
  stay: number;
  unsure: number;
  off: number;
  unanswered: number;
  notSent: number;
}

/** One of those who stay: the only names a head sees (P13). */
export interface Staying {
  /** The opaque id of the person's item; it comes back in `people`. */
  item: string;
  name: string;
  reason: string;
  untilMinute: MinuteOfDay | null;
  note?: string;
  decision: ShownDecision | null;
}

export interface SummaryView extends ItemView {
  itemId: string;
  state: CardState;
  counts: Counts;
  /** Everybody who stays, in the organisation's order; the card pages them itself. A list of at most 8 is taken as the page. */
  staying: Staying[];
  /** False: counts and 「表示する」 (P11). True: the table with names; the look was audited before. */
  named: boolean;
  /** The reader's terminal is shared: counts, and no way to names (P11). */
  countsOnly?: boolean;
  /** From 0. */
  page: number;
  pages: number;
  canDecide: boolean;
  /** Nobody of the section can answer any more. */
  final: boolean;
  attendanceLink: string;
  /** Name of the head whose deputy is looking. */
  asDeputyFor?: string;
}

export interface WedResultView extends ItemView {
  itemId: string;
  /** `date` is the no-overtime day counted, not the day of sending. */
  counts: Counts;
  state: CardState;
  /** 「確認しました」 was pressed. */
  thanked: boolean;
}
