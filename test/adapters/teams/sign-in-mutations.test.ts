import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aProductionEdge, aSignedActivity, type ProductionEdge } from '../../build/production-edge.ts';
import { aKey, signed } from '../../fakes/signed-tokens.ts';
import { type GoodToken, tokenMutation } from '../../fakes/token-mutations.ts';

const long = process.env['KAERU_LONG'] !== undefined;
/** Mutated tokens: 10,000 with every test, 1,000,000 in the long run. */
const runs = long ? 1_000_000 : 10_000;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);

describe(`mutated tokens (KAERU_SEED=${seed})`, () => {
  const key = aKey('key-1');
  let edge: ProductionEdge;
  let good: GoodToken;
  beforeAll(async () => {
    edge = await aProductionEdge(key);
    const claims = edge.claims();
    good = { text: signed(key, claims), header: { alg: 'RS256', kid: 'key-1', typ: 'JWT' }, claims, key };
    expect(await edge.take(`Bearer ${good.text}`)).toBe(200);
  });
  afterAll(() => edge.stop());

  const refused = async (authorization: string, activity = aSignedActivity()) => {
    const before = edge.heard();
    const status = await edge.take(authorization, activity);
    expect([status, edge.heard()]).toEqual([status === 403 ? 403 : 401, before]);
  };

  test(
    `none of ${runs.toLocaleString('en')} is let in; each is refused with 401 or 403`,
    async () => {
      console.log(`mutated tokens: KAERU_SEED=${seed}`);
      await fc.assert(
        fc.asyncProperty(tokenMutation, async (mutate) => {
          const text = mutate(good);
          if (text !== good.text) await refused(`Bearer ${text}`);
        }),
        { numRuns: runs, seed },
      );
      expect(await edge.take(`Bearer ${good.text}`)).toBe(200);
    },
    long ? 3_600_000 : 60_000,
  );

  test('none of 1,000 good tokens lets in an activity that is not its own', async () => {
    const foreign = fc.string().filter((text) => !['msteams', good.claims['serviceurl']].includes(text));
    const replaced = fc.oneof(
      fc.record({ channelId: foreign }),
      fc.record({ serviceUrl: foreign }),
      fc.record({ channelData: fc.record({ tenant: fc.record({ id: fc.string() }) }) }),
      fc.record({ conversation: fc.record({ id: fc.constant('a:chat-1'), tenantId: fc.string() }) }),
    );
    await fc.assert(
      fc.asyncProperty(replaced, (parts) => refused(`Bearer ${good.text}`, aSignedActivity(parts))),
      { numRuns: 1_000, seed },
    );
  });
});
