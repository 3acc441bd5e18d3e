import type { Language } from '../ports/cards.ts';
import type { Instant, MinuteOfDay } from '../ports/clock.ts';
import type { WhyNot } from '../ports/room.ts';

/** One of the people whose chats the page can show, as they stand on the day of the rehearsal clock. */
export interface RehearsalPerson {
  staff: string;
  name: string;
  /** `局区/部/課` as the store writes it. */
  section: string;
  /** 職位 as the staff file writes it: 主事, 課長 … */
  post: string;
  /** `head` has direct reports, `hr` holds a role named in the policy, `staff` is everybody else. */
  role: 'staff' | 'head' | 'hr';
  workType: '日勤' | '時差' | '交替' | '育短' | '休職';
  ownEnd: MinuteOfDay;
  language: Language;
  /** 職員番号 of the 所属長; null at the top. */
  head: string | null;
  /** Why this person gets nothing today (leave, 休職 …); null at work. */
  away: WhyNot | null;
  /** Null where the staff file has none: such a person has no Teams and no chat. */
  aadObjectId: string | null;
}

/** One line of `GET /rehearsal/ledger`, names and order as published. */
export interface RehearsalLedgerItem {
  staff: string;
  rule: string;
  date: string;
  card: string;
  state: string;
  why?: string;
  attempts: number;
}

export interface RehearsalLedger {
  items: RehearsalLedgerItem[];
  totals: Record<string, number>;
}

/** One drawing of one card for the gallery: `wed-on-time`, `answered: leave`, and the Adaptive Card itself. */
export interface GalleryCard {
  card: string;
  state: string;
  json: object;
}

/** What the page may ask of the running rehearsal. `start.ts` builds it. */
export interface RehearsalControl {
  now(): Instant;
  timeZone: string;
  organisation: string;
  /** Plays every minute up to `to` and resolves when all due work is delivered. Only forward: the routes refuse the past before. */
  moveTo(to: Instant): Promise<void>;
  ledger(): Promise<RehearsalLedger>;
  people(): Promise<RehearsalPerson[]>;
  gallery(language: Language): GalleryCard[] | Promise<GalleryCard[]>;
}
