/** Whole numbers in a row, in typed memory that grows: millions of rows would not fit as objects. */
export class Ints {
  #held: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#held.length) {
      const larger = new Int32Array(this.#held.length * 2);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.#length] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return this.#held[index] ?? 0;
  }
}

/** Every text once, with a number for each; `problem` of the reader is kept in place of a value that cannot be read. */
export class Distinct<T> {
  readonly #read: (text: string) => { value: T } | { problem: string };
  readonly #known = new Map<string, number | string>();
  readonly values: T[] = [];

  constructor(read: (text: string) => { value: T } | { problem: string }) {
    this.#read = read;
  }

  /** The number of what this text says, or the sentence why it says nothing. */
  of(text: string): number | string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const read = this.#read(text);
    const found = 'problem' in read ? read.problem : this.#numberOf(read.value);
    this.#known.set(text, found);
    return found;
  }

  #numberOf(value: T): number {
    const held = this.#numbers.get(value);
    if (held !== undefined) return held;
    this.#numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  readonly #numbers = new Map<T, number>();

  valueOf(number: number): T {
    const value = this.values[number];
    if (value === undefined) throw new RangeError(`There is no value number ${number}.`);
    return value;
  }
}

/** Columns of rows with the same index, without an object for each row. `by` is a number of `Distinct` or the figure itself. */
export function inOrderOf(length: number, keyOf: (index: number) => number): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(length);
  for (let index = 0; index < length; index += 1) packed[index] = keyOf(index) * INDEX_SPACE + index;
  return packed.sort();
}

/** Rows of one file are fewer than this, so key and index fit into one exact number. */
const INDEX_SPACE = 2 ** 21;

/** The row of an entry of `inOrderOf`. */
export const indexIn = (packed: number): number => packed % INDEX_SPACE;
export const keyIn = (packed: number): number => Math.floor(packed / INDEX_SPACE);
