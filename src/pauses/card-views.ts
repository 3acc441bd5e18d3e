import type { ContactLine, ItemView } from '../delivery/index.ts';
import type { LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { ReasonCode } from './emergency/rules.ts';
import type { Words } from './words.ts';

/** A minute of a date, in the organisation's time zone. */
export interface Moment {
  date: LocalDate;
  minute: MinuteOfDay;
}

/** 停止・再開: what one person receives. */
export interface NoticesView extends ItemView {
  itemId: string;
  /** Programmes the person has stopped. */
  stopped: 'C12'[];
  outsideHours: boolean;
  /** This week's counted pings, and what was merged, waits or was left out because of them. */
  week?: { used: number; budget: number; lines: ContactLine[] };
}

/** One running 災害モード. */
export interface RunningMode {
  id: string;
  path: string;
  reason: ReasonCode;
  until: Moment;
  stopped: number;
  left: number;
  /** The reader may end or extend it. */
  mine: boolean;
}

export interface EmergencyView extends ItemView {
  itemId: string;
  running: RunningMode[];
  page: number;
  /** Sections a head may choose; null: the section is written (HR, and heads of more than seven). */
  sections: { key: string; path: string }[] | null;
  startEnds: Moment[];
  extendEnds: Moment[];
  attendanceLink: string;
  /** Why the last press did nothing. */
  problem?: { code: keyof Words['emergency']['problems']; candidates: string[] };
}

export interface EmergencyEndedView extends ItemView {
  itemId: string;
  path: string;
  reason: ReasonCode;
  from: Moment;
  to: Moment;
  byItself: boolean;
  stopped: number;
  left: number;
  attendanceLink: string;
}

export type RestAnswer = 'planned' | 'not-yet' | 'off';

export interface RestPlanView extends ItemView {
  itemId: string;
  /** Name of the peak in the policy. */
  peak: string;
  state: 'asked' | 'answered' | 'closed' | 'recalled';
  answer?: { kind: RestAnswer; at: MinuteOfDay };
  /** 変更する was pressed. */
  changing?: boolean;
  attendanceLink: string;
}
