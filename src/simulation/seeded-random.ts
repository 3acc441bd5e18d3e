import type { Random } from '../ports/random.ts';

/** Chance that the same seed repeats to the bit, in streams that do not disturb each other. */
export class SeededRandom implements Random {
  #state: number;

  /** `stream` names what the chance is for, so that one more throw here changes nothing there. */
  constructor(seed: number, stream: string) {
    this.#state = seed >>> 0;
    for (const sign of stream) this.#state = Math.imul(this.#state ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    for (let warm = 0; warm < 4; warm += 1) this.fraction();
  }

  /** A number in [0, 1) (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  id(): string {
    const bytes = Uint8Array.from({ length: 16 }, () => Math.floor(this.fraction() * 256));
    return Buffer.from(bytes).toString('base64url');
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.fraction() * from.length)];
  }
}
