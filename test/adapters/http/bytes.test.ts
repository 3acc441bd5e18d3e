import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from '../../../src/adapters/http/bytes.ts';

test('any text becomes the bytes that Node makes of it, however long, and earlier ones stay as they are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\ud800', 'a\udc00b', ''),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), fc.constantFrom(0, 9, 140_000), (texts, more) => {
      const all = [...texts, 'あ'.repeat(more)];
      const made = all.map(bytesOf);
      for (const [index, one] of all.entries()) expect(made[index]?.equals(Buffer.from(one))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
