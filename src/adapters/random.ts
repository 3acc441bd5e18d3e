import { randomBytes } from 'node:crypto';
import type { Random } from '../ports/random.ts';

/** Random numbers of the operating system; `fraction` is exact to 48 bits. */
export function systemRandom(): Random {
  return {
    id: () => randomBytes(16).toString('base64url'),
    fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}
