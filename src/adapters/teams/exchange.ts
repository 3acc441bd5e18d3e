import type { Agent, Dispatcher } from 'undici';
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
  agent: Agent,
  overdue: Overdue,
  request: Dispatcher.DispatchOptions,
  left: () => void = () => {},
): Promise<Exchange> {
  const state: Exchange = { written: false, status: null, headers: {}, body: null, broken: null };
  const pieces: Buffer[] = [];
  let controller: Dispatcher.DispatchController | null = null;
  let settled = false;
  let length = 0;

  return new Promise((resolve) => {
    const settle = (broken: string | null) => {
      if (settled) return;
      settled = true;
      inTime();
      resolve({ ...state, broken, body: broken === null ? textOf(pieces) : null });
    };
    const breakOff = (why: string) => {
      settle(why);
      controller?.abort(new Error(why));
    };
    const inTime = overdue.begin(() => breakOff('timeout'));
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (settled) started.abort(new Error('timeout'));
        else {
          state.written = true;
          left();
        }
      },
      onResponseStart(_controller, status, headers) {
        state.status = status < 200 ? null : status;
        state.headers = headers;
      },
      onResponseData(_controller, piece) {
        length += piece.length;
        if (length > ANSWER_LIMIT) breakOff('answer-too-long');
        else pieces.push(piece);
      },
      onResponseEnd: () => settle(null),
      onResponseError: (_controller, error) => settle(codeOf(error)),
    };
    try {
      agent.dispatch(request, handler);
    } catch (error) {
      settle(codeOf(error));
    }
  });
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
