/** Milliseconds since 1970-01-01T00:00Z: the only form in which an instant is stored or compared. */
export type Instant = number;

/** A day of the city's calendar, `YYYY-MM-DD`, in the organisation's time zone. */
export type LocalDate = string;

/** Minutes after 00:00 of a local date; over 1440 after midnight (`25:30` = 1530). */
export type MinuteOfDay = number;

export interface Clock {
  /** Business time. It may be moved, also backwards: never measure a time-out with it. */
  now(): Instant;
  /** Milliseconds since some fixed moment; never goes back. Time-outs, Retry-After and pace use only this. */
  elapsed(): number;
  /** Resolves after that many milliseconds of elapsed time, or at once when the signal fires. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
