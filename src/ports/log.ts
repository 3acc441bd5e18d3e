/** A fixed message with data beside it. Never names, answers, free texts or tokens: people appear by keyed hash. */
export interface Log {
  info(message: string, data?: Record<string, string | number | boolean | null>): void;
  warn(message: string, data?: Record<string, string | number | boolean | null>): void;
  error(message: string, data?: Record<string, string | number | boolean | null>): void;
}
