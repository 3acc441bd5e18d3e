import type { MinuteOfDay } from '../ports/clock.ts';

/** The three answers of C02 (personnel.md 2). */
export const ANSWERS = ['finish', 'continue', 'left'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** What a head may record (P1): never an order, never a refusal. */
export const DECISIONS = ['acknowledged', 'asked-to-finish'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}

interface FormWords {
  reason: string;
  reasonHint: string;
  reasonMissing: string;
  until: string;
  note: string;
  noteHint: string;
  send: string;
}

/** Every sentence of this room. Ruby in brackets is on every word with kanji; the frame keeps it at the first use on a card. */
export interface Words {
  programme: string;
  /** 「午後8時」 of the policy's cutoff. */
  hour: (minute: MinuteOfDay) => string;
  evening: {
    title: { cutoff: (hour: string) => string; stay: string; 'last-word': string };
    body: { cutoff: (hour: string) => string; stay: string; 'last-word': (until: string) => string };
    buttons: {
      finish: (minute: MinuteOfDay) => string;
      continue: string;
      left: string;
      stop: string;
      notNeeded: string;
    };
    /** State strip after an answer; `at` is HH:MM, `hour` the cutoff, null after it. */
    answered: Record<AnswerKind, (at: string, hour: string | null) => string>;
    after: Record<'finish' | 'left', { open: string; fixed: string }>;
    nowAnswered: (answer: string) => string;
    chooseAgain: string;
    undecided: string;
    acknowledged: (at: string, until: string | null) => string;
    acknowledgedBody: string;
    askedToFinish: (at: string) => string;
    askedToFinishBody: string;
    closedWith: string;
    closedUnanswered: string;
    closedWithout: string;
    facts: { answer: string; reason: string; until: string; head: string; next: string };
    noTime: string;
    laterStart: string;
    noteLabel: string;
    noteSays: { open: string; close: string };
    form: FormWords;
    about: AboutWords;
  };
  decision: {
    title: string;
    counts: { wishes: string; unanswered: (hour: string) => string; acknowledged: string; askedToFinish: string };
    waiting: (n: number) => string;
    nothing: string;
    allDecided: string;
    bodyHidden: string;
    bodyShared: string;
    bodyNamed: string;
    bodyNothing: string;
    optional: string;
    vacant: string;
    columns: { name: string; reason: string; until: string };
    noAnswer: string;
    wait: string;
    decided: Record<DecisionKind, (until: string | null) => string>;
    choose: string;
    chooseMissing: string;
    until: string;
    asAsked: string;
    buttons: Record<DecisionKind, string>;
    laterStart: { body: (hours: number) => string; choose: string; button: string; noted: string };
    about: AboutWords;
  };
  ahead: {
    title: string;
    body: (hour: string) => string;
    bodyShared: string;
    bodyNamed: (from: string) => string;
    bodyWithdraw: string;
    count: string;
    columns: { name: string; days: string; work: string };
    choose: string;
    chooseMissing: string;
    days: string;
    day: (n: number) => string;
    until: string;
    reason: string;
    reasonHint: string;
    reasonMissing: string;
    note: string;
    noteHint: string;
    buttons: { record: string; choose: string; withdraw: string; back: string };
    about: AboutWords;
  };
  missing: {
    title: Record<'acknowledged' | 'unanswered', string>;
    open: (n: number) => string;
    done: string;
    body: Record<'head' | 'office', string>;
    bodyShared: string;
    bodyHidden: string;
    bodyDone: string;
    counts: Record<'acknowledged' | 'unanswered', string>;
    columns: { name: string; day: string; what: string };
    what: Record<'acknowledged' | 'unanswered', (until: string | null) => string>;
    about: AboutWords;
  };
  list: {
    title: string;
    body: (from: string, to: string) => string;
    nothing: string;
    open: (n: number) => string;
    counts: { acknowledged: string; unanswered: string; withOffice: string };
    columns: { section: string; acknowledged: string; unanswered: string };
    ofOffice: (n: number) => string;
    more: (n: number) => string;
    about: AboutWords;
  };
}
