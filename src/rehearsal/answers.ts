import type { HttpResponse } from '../ports/http.ts';

export function jsonAnswer(status: number, document: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(document),
  };
}

/** A refusal with a code for programs and a sentence for people. */
export function problem(status: number, code: string, message: string): HttpResponse {
  return jsonAnswer(status, { error: { code, message } });
}

/** The JSON of a body; null where it is none. */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
