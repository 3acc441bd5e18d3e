import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOutcome, sendOutcome } from '../../../src/adapters/teams/outcome.ts';

const now = Date.parse('2026-11-18T07:15:00Z');

const errorBody = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json({ maxDepth: 6 }),
  fc
    .record({ error: fc.record({ code: fc.oneof(fc.string(), fc.jsonValue()), message: fc.jsonValue() }) })
    .map((body) => JSON.stringify(body)),
  fc.constantFrom(
    '{"error":{"__proto__":{"code":"x"}}}',
    '{"error":null}',
    '{"code":{"toString":1}}',
    `${'['.repeat(5_000)}`,
    '\ufeff{}',
  ),
  fc.constant(null),
);
const headers = fc.dictionary(
  fc.constantFrom('retry-after', 'date', 'content-type'),
  fc.oneof(fc.string(), fc.array(fc.string()), fc.integer().map(String), fc.constant('Xxx, 99 Yyy 9999 99:99:99 GMT')),
);

test('whatever an answer holds, its status alone decides, words stay short and plain, and nothing throws', () => {
  const runs = process.env['KAERU_LONG'] ? 10_000 : 500;
  const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`error bodies: KAERU_SEED=${seed}`);
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 999 }), errorBody, headers, (status, body, given) => {
      const exchange = { written: true, status, headers: given, body, broken: body === null ? 'ECONNRESET' : null };
      const sent = sendOutcome(exchange, now);
      const plain = sendOutcome({ ...exchange, body: '', headers: {} }, now);
      expect(sent.kind).toBe(plain.kind);
      if ('why' in sent) expect(sent.why).toMatch(/^[a-z-]{1,20}(:[A-Za-z0-9_.-]{1,60})?$/);
      if (sent.kind === 'throttled' && sent.retryAfter !== null) expect(sent.retryAfter).toBeGreaterThanOrEqual(0);
      const created = createOutcome(exchange, now);
      if (sent.kind !== 'sent') expect(created).toEqual(sent);
    }),
    { numRuns: runs, seed },
  );
});

test('a connection that broke before a status came is unknown once written, and may be tried again before', () => {
  const exchange = { status: null, headers: {}, body: null, broken: 'UND_ERR_SOCKET' };
  expect(sendOutcome({ ...exchange, written: true }, now)).toEqual({
    kind: 'unknown',
    why: 'UND_ERR_SOCKET',
    status: null,
  });
  expect(sendOutcome({ ...exchange, written: false }, now)).toMatchObject({
    kind: 'throttled',
    why: 'not-sent:UND_ERR_SOCKET',
  });
});
