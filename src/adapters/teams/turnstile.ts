/** So many begin in one turn of the event loop. */
const inATurn = 8;

/**
 * Lets a few requests begin in each turn of the event loop, in the order they came: what the database server answered in the
 * meantime is heard between them, and not behind hundreds, so that no lock is held for as long as those take (decision 0026).
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #begun = 0;
  #turning = false;

  /** Null: go on at once. Else resolves when it is this request's turn. */
  pass(): Promise<void> | null {
    if (this.#begun < inATurn) {
      this.#begin();
      return null;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(): void {
    this.#begun += 1;
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#turning = false;
    this.#begun = 0;
    for (const go of this.#waiting.splice(0, inATurn)) {
      this.#begin();
      go();
    }
  }
}
