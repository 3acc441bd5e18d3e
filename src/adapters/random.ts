import { randomFillSync } from 'node:crypto';
import type { Random } from '../ports/random.ts';

/** Drawn from the operating system in one piece: asking it for each id costs more than everything else about one. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/** The next bytes of the pool; none is given out twice. */
function bytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** Random numbers of the operating system; `fraction` is exact to 48 bits. */
export function systemRandom(): Random {
  return {
    id: () => bytes(16).toString('base64url'),
    fraction: () => bytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}
