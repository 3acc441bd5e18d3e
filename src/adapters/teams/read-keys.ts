import type { CryptoKey } from 'jose';
import { importJWK } from 'jose/key/import';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { type Documents, fetchJson } from './fetch-json.ts';

/** A key of the Bot Framework, ready for RS256, and the channels it may speak for. */
export interface SigningKey {
  key: CryptoKey;
  endorsements: readonly string[];
}

/** By `kid`. */
export type KeySet = ReadonlyMap<string, SigningKey>;

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,2000}$/);
const rsaKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(200),
  n: base64url,
  e: base64url,
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  endorsements: z.array(z.string().max(200)).max(1_000).default([]),
});
const keyDocument = z.object({ keys: z.array(z.unknown()).max(200) });
const metadata = z.object({ jwks_uri: z.url().max(1_000) });

const isLoopback = (url: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

/**
 * The keys behind an OpenID metadata document, or in a key document itself. Throws where a document cannot be read, where
 * the metadata leads away from https (loopback leads to loopback only), and where no key is usable. Other keys are left out.
 */
export async function readKeys(documents: Documents, clock: Clock, url: URL): Promise<KeySet> {
  const first = await fetchJson(documents, clock, url);
  const leads = metadata.safeParse(first);
  const document = leads.success ? await fetchJson(documents, clock, keysAddress(url, leads.data.jwks_uri)) : first;
  const keys = new Map<string, SigningKey>();
  for (const one of keyDocument.parse(document).keys) {
    const parsed = rsaKey.safeParse(one);
    if (!parsed.success || keys.has(parsed.data.kid)) continue;
    const key = await imported(parsed.data.n, parsed.data.e);
    if (key !== null) keys.set(parsed.data.kid, { key, endorsements: parsed.data.endorsements });
  }
  if (keys.size === 0) throw new Error('no-usable-key');
  return keys;
}

function keysAddress(from: URL, text: string): URL {
  const url = new URL(text);
  const secure = url.protocol === 'https:' && (!isLoopback(url) || isLoopback(from));
  if (!secure && !(url.protocol === 'http:' && isLoopback(url) && isLoopback(from))) throw new Error('jwks-not-https');
  return url;
}

/** The public half only, from 2,048 bits on; null for what is no such key. */
async function imported(n: string, e: string): Promise<CryptoKey | null> {
  if (Buffer.from(n, 'base64url').length < 256) return null;
  try {
    const key = await importJWK({ kty: 'RSA', n, e, alg: 'RS256' }, 'RS256');
    return key instanceof Uint8Array ? null : key;
  } catch {
    return null;
  }
}
