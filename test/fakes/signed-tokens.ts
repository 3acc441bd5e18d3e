import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A pair of keys as a key server would publish it. */
export interface TestKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** The public half as a JWK of the Bot Framework. */
  jwk: Record<string, unknown>;
}

export function aKey(kid: string, replaced: Record<string, unknown> = {}): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const endorsements = ['msteams', 'webchat'];
  return { kid, privateKey, publicKey, jwk: { kty: 'RSA', use: 'sig', kid, n, e, endorsements, ...replaced } };
}

type Part = object | string | Buffer;
const encoded = (part: Part) => {
  const bytes = Buffer.isBuffer(part) ? part : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part));
  return bytes.toString('base64url');
};

/** Header and payload (objects, or texts and bytes as they are) in compact form, with whatever signature is made of them. */
export function compact(header: Part, payload: Part, signature: (input: string) => string): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${signature(input)}`;
}

export const rsaSignature =
  (key: TestKey, hash = 'sha256') =>
  (input: string): string =>
    createSign(hash).update(input).sign(key.privateKey, 'base64url');

export const hmacSignature =
  (secret: string | Buffer) =>
  (input: string): string =>
    createHmac('sha256', secret).update(input).digest('base64url');

/** A token signed by that key as the Bot Framework does; `header` and `payload` are added or, with undefined, taken away. */
export function signed(
  key: TestKey,
  payload: Record<string, unknown>,
  header: Record<string, unknown> = {},
  signature = rsaSignature(key),
): string {
  return compact({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header }, payload, signature);
}
