import type { IncomingHttpHeaders } from 'node:http';
import { decodeProtectedHeader } from 'jose/decode/protected_header';

/** A token that has the outer form of one we take; nothing of it is proven yet. */
export interface BearerToken {
  text: string;
  kid: string;
}

/** Tokens of the Bot Framework have some 1,000 characters. */
const LONGEST = 8_192;
const bearer = /^Bearer ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){2})$/i;

/**
 * The one token of the Authorization header, when it says RS256 and names its key in text; null for everything else. Each
 * part must be written in the one way base64url allows, so that no two texts are the same token.
 */
export function bearerToken(headers: IncomingHttpHeaders): BearerToken | null {
  const header: unknown = headers.authorization;
  if (typeof header !== 'string' || header.length > LONGEST) return null;
  const known = lastRead.get(header);
  if (known) return known;
  const token = read(header);
  if (token === null) return null;
  if (lastRead.size >= MOST_READ) lastRead.clear();
  lastRead.set(header, token);
  return token;
}

/** Teams sends the same token for an hour: what was read of it holds for every later header of the same text. */
const lastRead = new Map<string, BearerToken>();
const MOST_READ = 100;

function read(header: string): BearerToken | null {
  const text = bearer.exec(header)?.[1] ?? '';
  if (text === '' || !text.split('.').every(isCanonical)) return null;
  try {
    const { alg, kid } = decodeProtectedHeader(text);
    return alg === 'RS256' && typeof kid === 'string' && kid !== '' && kid.length <= 200 ? { text, kid } : null;
  } catch {
    return null;
  }
}

const isCanonical = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;
