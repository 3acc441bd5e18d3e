import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The longest body that is read, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** What can be said from the headers alone: 415 for an encoding or type not taken, 413 for a declared length over the limit. */
export function refusedByHeaders(headers: IncomingHttpHeaders, mediaType: string | undefined): 413 | 415 | null {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') return 415;
  const transfer = headers['transfer-encoding']?.trim().toLowerCase() ?? '';
  if (transfer !== '' && transfer !== 'chunked') return 415;
  if (mediaType !== undefined && !isMediaType(headers['content-type'] ?? '', mediaType)) return 415;
  return Number(headers['content-length'] ?? 0) > BODY_LIMIT ? 413 : null;
}

function isMediaType(header: string, wanted: string): boolean {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  if (type !== wanted) return false;
  return parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
}

/** The whole body; `too-large` as soon as it passes the limit, `gone` when the client left before its end. Keeps at most the limit in memory. */
export function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const settle = (result: Buffer | 'too-large' | 'gone') => {
      request.removeListener('data', onData).removeListener('end', onEnd);
      request.removeListener('close', onGone).removeListener('error', onGone);
      request.on('error', () => {});
      resolve(result);
    };
    const onData = (piece: Buffer) => {
      length += piece.length;
      if (length > BODY_LIMIT) settle('too-large');
      else pieces.push(piece);
    };
    const onEnd = () => settle(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, length));
    const onGone = () => settle('gone');
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}
