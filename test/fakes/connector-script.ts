/** What the fake does with one request. Without any of these it accepts and answers at once. */
export interface Behaviour {
  /** Answer with this status; under 300 the request is accepted as well. */
  status?: number;
  /** Accept (store, count as delivered) although the answer is an error, a hang or a reset. */
  accept?: boolean;
  /** Never answer. */
  hang?: boolean;
  /** Reset the connection instead of answering. */
  reset?: boolean;
  /** Answer after that many milliseconds. */
  delay?: number;
  headers?: Record<string, string>;
  /** Raw body of the answer. */
  body?: string;
  /** Only for requests of this kind, or to this conversation. */
  only?: CallKind;
  conversation?: string;
  /** How many requests it is for (default 1); `null` for ever. */
  times?: number | null;
}

export type CallKind = 'create' | 'send' | 'update';

/** Behaviours in order of arrival; each is used up by the requests it fits. */
export class Script {
  private waiting: Behaviour[] = [];

  add(behaviours: Behaviour[]): void {
    this.waiting.push(...behaviours.map((one) => ({ ...one })));
  }

  clear(): void {
    this.waiting = [];
  }

  next(kind: CallKind, conversation: string): Behaviour {
    const found = this.waiting.find(
      (one) => (one.only ?? kind) === kind && (one.conversation ?? conversation) === conversation,
    );
    if (!found) return {};
    if (found.times === null) return found;
    found.times = (found.times ?? 1) - 1;
    if (found.times <= 0) this.waiting.splice(this.waiting.indexOf(found), 1);
    return found;
  }
}
