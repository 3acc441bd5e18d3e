/** Why somebody stays, as the card offers it; `other` goes with a text. */
export const REASONS = ['emergency', 'counter', 'deadline', 'meeting', 'assembly', 'disaster', 'other'] as const;
export type ReasonCode = (typeof REASONS)[number];

/** The four answers of C01 (personnel.md 2, P13). */
export const ANSWERS = ['leave', 'stay', 'unsure', 'off'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** What a head may record (P1): never an order, never a refusal. */
export const DECISIONS = ['acknowledged', 'asked-to-finish'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}

/** Every sentence of this room. Ruby in brackets is on every word with kanji; the frame keeps it at the first use on a card. */
export interface Words {
  programme: string;
  reasons: Record<ReasonCode, string>;
  onTime: {
    title: { wednesday: string; section: string };
    body: { wednesday: (end: string) => string; section: (end: string) => string };
    buttons: Record<AnswerKind, string>;
    /** State strip after an answer; `at` is HH:MM. */
    answered: Record<AnswerKind, (at: string) => string>;
    /** The sentence under the strip, per answer; the second while it may still be changed. */
    after: Record<AnswerKind, { fixed: string; open: string }>;
    nowAnswered: (answer: string) => string;
    chooseAgain: string;
    undecided: string;
    acknowledged: (at: string, until: string | null) => string;
    acknowledgedBody: string;
    askedToFinish: (at: string) => string;
    askedToFinishBody: string;
    closedWith: string;
    closedWithout: string;
    factAnswer: string;
    factReason: string;
    factUntil: string;
    factHead: string;
    noTime: string;
    noteLabel: string;
    noteSays: { open: string; close: string };
    form: {
      reason: string;
      reasonHint: string;
      reasonMissing: string;
      until: string;
      note: string;
      noteHint: string;
      send: string;
    };
    about: AboutWords;
  };
  summary: {
    title: string;
    teamTitle: string;
    resultTitle: string;
    counts: Record<AnswerKind | 'unanswered' | 'notSent', string>;
    nobodyStays: string;
    someStay: (n: number) => string;
    allDecided: string;
    bodyNobody: string;
    bodyHidden: string;
    /** On a terminal that several people share (P11). */
    bodyShared: string;
    bodyNamed: string;
    growing: string;
    final: string;
    columns: { name: string; reason: string; until: string };
    waiting: string;
    decided: Record<DecisionKind, (until: string | null) => string>;
    choose: string;
    chooseMissing: string;
    buttons: Record<DecisionKind, string>;
    about: AboutWords;
  };
  result: {
    body: string;
    button: string;
    seen: string;
    about: AboutWords;
  };
}
