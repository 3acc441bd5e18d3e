/** Where nobody watches a terminal, a line at most so often, in milliseconds. */
const BETWEEN_LINES = 10_000;

/** What is being done and how long it may still take: one line that changes on a terminal, else a line for each step. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #started = performance.now();
  readonly #estimate: number;
  #saidAt = Number.NEGATIVE_INFINITY;
  /** Estimated seconds of the scenarios that are done, and how long they took. */
  #doneEstimate = 0;

  /** `estimate`: seconds that all scenarios may take. */
  constructor(out: NodeJS.WriteStream, estimate: number) {
    this.#out = out;
    this.#estimate = estimate;
  }

  say(doing: string): void {
    const line = `${doing} (${this.#left()})`;
    const now = performance.now();
    if (this.#out.isTTY) this.#out.write(`\r\u001b[K${line}`);
    else if (now - this.#saidAt > BETWEEN_LINES) {
      this.#saidAt = now;
      this.#out.write(`${line}\n`);
    }
  }

  done(estimate: number): void {
    this.#doneEstimate += estimate;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }

  /** What is left by the estimates, stretched by how far those of the scenarios that are done were wrong. */
  #left(): string {
    const passed = (performance.now() - this.#started) / 1_000;
    const stretch = this.#doneEstimate > 0 ? Math.max(0.5, passed / this.#doneEstimate) : 1;
    const left = Math.max(0, this.#estimate * stretch - passed);
    return left > 90 ? `about ${Math.ceil(left / 60)} min left` : `about ${Math.ceil(left / 10) * 10} s left`;
  }
}
