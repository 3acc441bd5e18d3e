/** The answers of C03; `off` is the way out (P26). */
export const ANSWERS = ['applied', 'none', 'off'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

/** What a person may say of a day on the gap list (P2): claimed since, not work, or the record is wrong. */
export const GAP_ANSWERS = ['claimed', 'not-work', 'wrong-record'] as const;
export type GapAnswer = (typeof GAP_ANSWERS)[number];

export interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}
