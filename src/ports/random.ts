export interface Random {
  /** An opaque identifier of 128 random bits, 22 characters, safe in a URL. */
  id(): string;
  /** A number in [0, 1). */
  fraction(): number;
}
