import type { Clock, Instant } from '../ports/clock.ts';

/** A clock whose business time starts where it is told, runs, stands still while minutes are played, and can be moved. */
export class MovableClock implements Clock {
  readonly #machine: Clock;
  #position: Instant;
  #since: number;
  #held = false;

  constructor(machine: Clock, start: Instant) {
    this.#machine = machine;
    this.#position = start;
    this.#since = machine.elapsed();
  }

  now(): Instant {
    return this.#held ? this.#position : this.#position + Math.floor(this.#machine.elapsed() - this.#since);
  }

  elapsed(): number {
    return this.#machine.elapsed();
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#machine.wait(milliseconds, signal);
  }

  /** True while minutes are played. */
  get held(): boolean {
    return this.#held;
  }

  /** Stands still at that instant. */
  holdAt(instant: Instant): void {
    this.#position = instant;
    this.#held = true;
  }

  /** Runs again from where it stands. */
  run(): void {
    this.#position = this.now();
    this.#since = this.#machine.elapsed();
    this.#held = false;
  }
}
