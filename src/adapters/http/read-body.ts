import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The longest body that is read where nothing else is said, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** What the body of one address may be. */
export interface BodyShape {
  /** The only media type; absent where any will do. */
  mediaType?: string;
  /** What may stand behind `charset=`, lower case; utf-8 where nothing is said. */
  charsets?: readonly string[];
  /** The longest body in bytes; 256 KB where nothing is said. */
  bodyLimit?: number;
}

/** How much an address takes, as a person reads it. */
export function limitOf({ bodyLimit = BODY_LIMIT }: BodyShape): string {
  const kilobytes = bodyLimit / 1024;
  return kilobytes < 1024 ? `${kilobytes} KB` : `${kilobytes / 1024} MB`;
}

/** What can be said from the headers alone: 415 for an encoding or type not taken, 413 for a declared length over the limit. */
export function refusedByHeaders(headers: IncomingHttpHeaders, shape: BodyShape): 413 | 415 | null {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') return 415;
  const transfer = headers['transfer-encoding']?.trim().toLowerCase() ?? '';
  if (transfer !== '' && transfer !== 'chunked') return 415;
  const { mediaType, bodyLimit = BODY_LIMIT } = shape;
  if (mediaType !== undefined && !isOfType(headers['content-type'] ?? '', shape, mediaType)) return 415;
  return Number(headers['content-length'] ?? 0) > bodyLimit ? 413 : null;
}

/** What was found of the few texts that stand in this header again and again. */
const judged = new WeakMap<BodyShape, Map<string, boolean>>();
const MOST_JUDGED = 100;

function isOfType(header: string, shape: BodyShape, wanted: string): boolean {
  const before = judged.get(shape)?.get(header);
  if (before !== undefined) return before;
  const known = judged.get(shape) ?? new Map<string, boolean>();
  if (known.size >= MOST_JUDGED) known.clear();
  const found = isMediaType(header, wanted, shape.charsets ?? ['utf-8']);
  judged.set(shape, known.set(header, found));
  return found;
}

function isMediaType(header: string, wanted: string, charsets: readonly string[]): boolean {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  if (type !== wanted) return false;
  return parameters.every((parameter) => {
    const charset = /^charset=("?)(.*)\1$/.exec(parameter)?.[2];
    return charset === undefined ? !parameter.startsWith('charset=') : charsets.includes(charset);
  });
}

/** The whole body; `too-large` as soon as it passes the limit, `gone` when the client left before its end. Keeps at most the limit in memory. */
export function readBody(
  request: IncomingMessage,
  { bodyLimit = BODY_LIMIT }: BodyShape,
): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const onData = (piece: Buffer) => {
      length += piece.length;
      if (length <= bodyLimit) return void pieces.push(piece);
      request.removeListener('data', onData);
      pieces.length = 0;
      resolve('too-large');
    };
    const onEnd = () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
    // Stays to the end of the request: after the body nothing is heard of it any more.
    const onGone = () => resolve('gone');
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}
