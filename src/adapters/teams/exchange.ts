import type { Dispatcher, Pool } from 'undici';
import type { Overdue } from './overdue.ts';

/** One request to the Connector, from the moment it is wanted until its answer, in milliseconds. */
export const REQUEST_WITHIN = 10_000;
/** More of an answer is not read. */
const ANSWER_LIMIT = 64 * 1024;

/** How far one request came. `written` false: no byte of it left, so nobody can have accepted it. */
export interface Exchange {
  written: boolean;
  status: number | null;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as far as it came, at most 64 KB; null when its end was not seen. */
  body: string | null;
  /** What broke it off: a code of Node or undici, or `timeout`. */
  broken: string | null;
}

/** Exactly one HTTP request: never repeated, no redirect followed. Resolves in every case, at the latest when it is `overdue`. */
export function exchange(
  pool: Pool,
  overdue: Overdue,
  request: Dispatcher.DispatchOptions,
  left: (() => void) | undefined,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const handler = new Handler(overdue, left, resolve);
    try {
      pool.dispatch(request, handler);
    } catch (error) {
      handler.settle(codeOf(error));
    }
  });
}

/** What undici tells of one request. */
class Handler implements Dispatcher.DispatchHandler {
  readonly #left: (() => void) | undefined;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #inTime: () => void;
  readonly #pieces: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  #length = 0;
  #written = false;
  #status: number | null = null;
  #headers: Exchange['headers'] = {};

  constructor(overdue: Overdue, left: (() => void) | undefined, resolve: (exchange: Exchange) => void) {
    this.#left = left;
    this.#resolve = resolve;
    this.#inTime = overdue.begin(() => this.#breakOff('timeout'));
  }

  /** The exchange is over; `broken` is why it did not come to its end. Only the first time counts. */
  settle(broken: string | null): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#inTime();
    const body = broken === null ? textOf(this.#pieces) : null;
    this.#resolve({ written: this.#written, status: this.#status, headers: this.#headers, body, broken });
  }

  #breakOff(why: string): void {
    this.settle(why);
    this.#controller?.abort(new Error(why));
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    this.#controller = started;
    if (this.#settled) started.abort(new Error('timeout'));
    else {
      this.#written = true;
      this.#left?.();
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Exchange['headers']): void {
    this.#status = status < 200 ? null : status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > ANSWER_LIMIT) this.#breakOff('answer-too-long');
    else this.#pieces.push(piece);
  }

  onResponseEnd(): void {
    this.settle(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle(codeOf(error));
  }
}

/** Most answers come in one piece. */
function textOf(pieces: Buffer[]): string {
  const [only] = pieces;
  return (pieces.length === 1 && only ? only : Buffer.concat(pieces)).toString('utf8');
}

/** A code for the ledger and the log; never the text of an error. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
  return code.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 60) || 'failed';
}
