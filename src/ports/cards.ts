export type Language = 'ja' | 'easy' | 'en';

/** A card as a room decides it: which layout, and the data that fills it. Words are in the data, never in the layout. */
export interface CardContent {
  /** File under `cards/` without `.json`: `no-overtime-day/wed-on-time`. */
  template: string;
  data: object;
  /** The toast (activity `summary`). */
  summary: string;
}

export interface Cards {
  /** The Adaptive Card (1.5) of this content. Throws when a binding is left unresolved or the card is over 80 KB (UTF-16). */
  expand(content: CardContent): object;
  /** The same card as JSON in UTF-8, in a fraction of the time; throws as there. Left out where cards are never drawn (simulation). */
  write?(content: CardContent): Uint8Array;
}
