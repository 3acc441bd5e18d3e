import fc from 'fast-check';
import { aKey, compact, hmacSignature, rsaSignature, type TestKey } from './signed-tokens.ts';

/** What a mutation works on: the good token, its header and claims, and the key that the server knows. */
export interface GoodToken {
  text: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: TestKey;
}

type Mutation = (good: GoodToken) => string;

const attacker = aKey('key-1');
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ,';
const character = fc.constantFrom(...alphabet);
const place = fc.nat(2_000);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string(), fc.constant(undefined));
const headerName = fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', 'zip', 'enc');
const claimName = fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'iat', 'serviceurl', 'serviceUrl', 'sub', 'tid');
const algorithm = fc.constantFrom(
  'none',
  'None',
  'NONE',
  'HS256',
  'HS512',
  'RS384',
  'RS512',
  'PS256',
  'ES256',
  'EdDSA',
  '',
);

/** How somebody without the private key might sign. */
const forgedSignature = fc.constantFrom<(good: GoodToken) => (input: string) => string>(
  () => () => '',
  () => () => 'AAAA',
  (good) => () => good.text.split('.')[2] ?? '',
  () => rsaSignature(attacker),
  (good) => hmacSignature(good.key.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  (good) => hmacSignature(String(good.key.jwk['n'])),
);

const changedCharacter: fc.Arbitrary<Mutation> = fc.tuple(place, character).map(([at, to]) => ({ text }) => {
  const index = at % text.length;
  return text.slice(0, index) + to + text.slice(index + 1);
});
const insertedOrCut: fc.Arbitrary<Mutation> = fc
  .tuple(place, fc.nat(3), fc.string({ unit: character, maxLength: 6 }))
  .map(([at, cut, added]) => ({ text }) => {
    const index = at % text.length;
    return text.slice(0, index) + added + text.slice(index + cut);
  });
const movedParts: fc.Arbitrary<Mutation> = fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 1, maxLength: 5 }).map(
  (order) =>
    ({ text }) =>
      order.map((at) => text.split('.')[at] ?? '').join('.'),
);
const changedHeader: fc.Arbitrary<Mutation> = fc.tuple(headerName, anything, forgedSignature).map(
  ([name, to, sign]) =>
    (good) =>
      compact({ ...good.header, [name]: to }, good.claims, sign(good)),
);
const changedAlgorithm: fc.Arbitrary<Mutation> = fc.tuple(algorithm, forgedSignature).map(
  ([alg, sign]) =>
    (good) =>
      compact({ ...good.header, alg }, good.claims, sign(good)),
);
const changedClaim: fc.Arbitrary<Mutation> = fc.tuple(claimName, anything, forgedSignature).map(
  ([name, to, sign]) =>
    (good) =>
      compact(good.header, { ...good.claims, [name]: to }, sign(good)),
);
/** Signed by the true key: what it says must still be refused. */
const wrongClaim: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'serviceurl'),
    anything.filter((to) => typeof to !== 'number'),
  )
  .map(
    ([name, to]) =>
      ({ header, claims, key }) =>
        compact(header, { ...claims, [name]: to }, rsaSignature(key)),
  );
const nonsense: fc.Arbitrary<Mutation> = fc
  .oneof(fc.string({ maxLength: 500 }), fc.string({ unit: character, maxLength: 500 }))
  .map((text) => () => text);

/** Some way to turn a good token into one that must be refused; the few that change nothing are filtered by the caller. */
export const tokenMutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: changedCharacter },
  { weight: 4, arbitrary: insertedOrCut },
  { weight: 2, arbitrary: movedParts },
  { weight: 2, arbitrary: changedHeader },
  { weight: 2, arbitrary: changedAlgorithm },
  { weight: 2, arbitrary: changedClaim },
  { weight: 1, arbitrary: wrongClaim },
  { weight: 1, arbitrary: nonsense },
);
