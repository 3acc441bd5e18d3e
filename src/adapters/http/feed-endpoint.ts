import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from './answer.ts';
import type { Endpoint } from './endpoint.ts';

/** Files of the city's systems are longer than a message of Teams. */
const FIVE_MEGABYTES = 5 * 1024 * 1024;

/** A file may be in either (contracts.md 3); which one is found out by reading it. */
const CHARSETS = ['utf-8', 'utf8', 'shift_jis', 'shift-jis', 'sjis', 'windows-31j', 'cp932', 'ms932'];

/** Which application may send files. A refusal says whether nobody signed in or the application has no such right. */
export interface FeedSignIn {
  admit(headers: IncomingHttpHeaders): Promise<{ sender: string } | { refused: 401 | 403 }>;
}

/** What became of a file: the document to answer with, and whether all of it was taken in or none. */
export interface FeedAnswer {
  document: object;
  taken: boolean;
}

/**
 * `POST /feeds/<name>`: a CSV file of another system, at most 5 MB. 401 without a valid token and 403 without the right to
 * send, both before the body is read; 200 with the report of the import, 422 with the same report where nothing was taken.
 */
export function feedEndpoint(
  name: string,
  signIn: FeedSignIn,
  take: (content: Uint8Array, sender: string) => Promise<FeedAnswer>,
): Endpoint {
  return {
    method: 'POST',
    path: `/feeds/${name}`,
    mediaType: 'text/csv',
    charsets: CHARSETS,
    bodyLimit: FIVE_MEGABYTES,
    async admit(headers) {
      const admitted = await signIn.admit(headers);
      if ('refused' in admitted) return { refused: refusal(admitted.refused) };
      return {
        async handle({ body }) {
          const { document, taken } = await take(body, admitted.sender);
          return { status: taken ? 200 : 422, body: JSON.stringify(document) };
        },
      };
    },
  };
}
