const begins = 64 * 1024;

/** A text as UTF-8 that is written piece by piece, and begun anew for each text. */
export class Page {
  #bytes = Buffer.allocUnsafeSlow(begins);
  #at = 0;

  /** Where the next piece will stand. */
  get at(): number {
    return this.#at;
  }

  put(bytes: Uint8Array): void {
    const end = this.#at + bytes.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(bytes, this.#at);
    this.#at = end;
  }

  /** One sign of ASCII, by its code. */
  sign(code: number): void {
    if (this.#at === this.#bytes.length) this.#grow(this.#at + 1);
    this.#bytes[this.#at] = code;
    this.#at += 1;
  }

  /** A short text: a look at each of its signs is faster than a way into Node for all of them. */
  text(text: string): void {
    const begin = this.#at;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) {
        this.#at = begin;
        this.put(Buffer.from(text));
        return;
      }
      this.sign(code);
    }
  }

  /** Nothing stands any more from there on. */
  backTo(at: number): void {
    this.#at = at;
  }

  /** Takes out one sign; what stands behind it moves up. */
  takeOut(at: number): void {
    this.#bytes.copyWithin(at, at + 1, this.#at);
    this.#at -= 1;
  }

  /** A copy of what stands here. */
  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  #grow(most: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(most, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
