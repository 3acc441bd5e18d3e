import type { ItemView } from '../delivery/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { AnswerKind, DecisionKind } from './words.ts';

/** The states of a card (cards.md). 「訂正」 is a line on any of them (`corrected`). */
export type CardState = 'asked' | 'answered' | 'decided' | 'closed' | 'recalled';

export interface ShownAnswer {
  kind: AnswerKind;
  /** Minute of the day on which it was given. */
  at: MinuteOfDay;
  reason?: string;
  note?: string;
  untilMinute?: MinuteOfDay;
}

export interface ShownDecision {
  kind: DecisionKind;
  atMinute: MinuteOfDay;
  untilMinute?: MinuteOfDay;
  /** The head recorded the wish that the next day begins later (P22). */
  laterStart?: boolean;
}

/** The evening of one person, on C02, on the card of 残る, or at the end of a 了承. Times are minutes of `date`. */
export interface EveningView extends ItemView {
  itemId: string;
  variant: 'cutoff' | 'stay' | 'last-word';
  state: CardState;
  cutoffMinute: MinuteOfDay;
  /** The end of the 了承 of which the last word speaks. */
  untilMinute?: MinuteOfDay;
  answer?: ShownAnswer;
  decision: ShownDecision | null;
  canChange: boolean;
  /** 変更する was pressed: the choices again, the present answer above them. */
  changing?: boolean;
  attendanceLink: string;
  /** What the city's policy says in place of the body (`texts`). */
  ownWords?: string;
  untilChoices: MinuteOfDay[];
}

/** What a head is asked about an evening, in persons. */
export interface DecisionCounts {
  wishes: number;
  unanswered: number;
  waiting: number;
  acknowledged: number;
  askedToFinish: number;
}

/** One person on the head's card. */
export interface Asking {
  /** Who and which wish: `number-instant`. It comes back in `people`. */
  choice: string;
  name: string;
  /** Null: nothing was answered at the cutoff. */
  reason: string | null;
  untilMinute: MinuteOfDay | null;
  note?: string;
  decision: ShownDecision | null;
  /** The 了承 leaves less than the target before the next start (P22), and nothing is recorded about it yet. */
  shortRest: boolean;
}

export interface DecisionView extends ItemView {
  itemId: string;
  state: CardState;
  cutoffMinute: MinuteOfDay;
  counts: DecisionCounts;
  asking: Asking[];
  named: boolean;
  countsOnly?: boolean;
  page: number;
  canDecide: boolean;
  /** Who is looking: the head, somebody in the head's place, or 庶務 because the post is vacant. */
  as: 'head' | 'deputy' | 'division-head' | 'office';
  /** Name of the head in whose place somebody looks. */
  inPlaceOf?: string;
  /** 任意 (design 4). */
  optional: boolean;
  attendanceLink: string;
  untilChoices: MinuteOfDay[];
  /** The target of P22, in minutes. */
  intervalMinutes: number;
}

/** One 事前了承 that holds. */
export interface Recorded {
  id: string;
  name: string;
  from: LocalDate;
  to: LocalDate;
  untilMinute: MinuteOfDay;
  reason: string;
  note?: string;
}

export interface AheadView extends ItemView {
  itemId: string;
  state: CardState;
  cutoffMinute: MinuteOfDay;
  /** Everybody of the team, in order; the card pages them itself. */
  team: { staff: string; name: string }[];
  recorded: Recorded[];
  mode: 'counts' | 'record' | 'withdraw';
  countsOnly?: boolean;
  page: number;
  /** From which day a record holds: today until own end, then the next working day. */
  from: LocalDate;
  attendanceLink: string;
  untilChoices: MinuteOfDay[];
}

/** One 了承 (or unanswered wish) without a 命令. */
export interface Missing {
  name: string;
  date: LocalDate;
  kind: 'acknowledged' | 'unanswered';
  untilMinute: MinuteOfDay | null;
}

export interface MissingView extends ItemView {
  itemId: string;
  state: CardState;
  /** Who reads it: the head the next working day, 庶務 after three (P1). */
  for: 'head' | 'office';
  missing: Missing[];
  named: boolean;
  countsOnly?: boolean;
  page: number;
  inPlaceOf?: string;
  attendanceLink: string;
}

/** A section on the list of 労務: counts only. */
export interface MissingLine {
  section: string;
  acknowledged: number;
  unanswered: number;
  /** Of these, with 庶務 because three working days have passed. */
  withOffice: number;
}

export interface MissingListView extends ItemView {
  itemId: string;
  state: CardState;
  lines: MissingLine[];
  from: LocalDate;
  to: LocalDate;
  page: number;
  attendanceLink: string;
}
