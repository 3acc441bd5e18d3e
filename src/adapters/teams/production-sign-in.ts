import { jwtVerify } from 'jose/jwt/verify';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { type BearerToken, bearerToken } from './bearer-token.ts';
import type { SigningKey } from './read-keys.ts';
import { refusals, whyRefused } from './refused-tokens.ts';
import type { Claims, SignIn } from './sign-in.ts';
import { SigningKeys } from './signing-keys.ts';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.ts';

const BOT_FRAMEWORK = 'https://api.botframework.com';
const METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
const CHANNEL = 'msteams';
/** How far our clock and Microsoft's may differ, in seconds. */
const LEEWAY = 300;
const MOST_TOKENS = 1_000;

interface SignInOptions {
  /** MICROSOFT_APP_ID: the only audience. */
  appId: string;
  /** KAERU_SIGNIN_ISSUER; null: the Bot Framework. */
  issuer: string | null;
  /** KAERU_SIGNIN_KEYS_URL: OpenID metadata or the keys themselves; null: the Bot Framework's metadata. */
  keysUrl: string | null;
  clock: Clock;
  log: Log;
}

/** The door of production. */
export interface ProductionSignIn extends SignIn {
  /** Fetches the keys ahead of the first request; false where none could be had (`/readyz`, `check`). */
  prepare(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * The Bot Framework's sign-in. `verify` gives null for every token that is not proven: RS256, issuer, audience, exp and nbf
 * (5 min leeway), known key, a serviceUrl. `agrees` asks for channel `msteams`, a key endorsed for it, and that serviceUrl.
 * Neither ever throws; a refusal is logged by its kind only, at most once a minute each.
 */
export function productionSignIn(options: SignInOptions): ProductionSignIn {
  const { clock, log } = options;
  const keys = new SigningKeys({ url: options.keysUrl ?? METADATA, clock, log });
  const verified = new VerifiedTokens(MOST_TOKENS);
  const judge = { appId: options.appId.toLowerCase(), issuer: options.issuer ?? BOT_FRAMEWORK, clock };
  const refuse = refusals(clock, log);

  return {
    async verify(headers) {
      const token = bearerToken(headers);
      if (token === null) return refuse('no-usable-token');
      const key = await keys.keyOf(token.kid);
      if (key === null) return refuse('unknown-key');
      const known = verified.find(token.text, key, clock.now());
      if (known !== null) return known.claims;
      const found = await judged(token, key, judge);
      if ('refused' in found) return refuse(found.refused);
      verified.keep(token.text, found);
      return found.claims;
    },
    agrees,
    prepare: () => keys.prepare(),
    close: () => keys.close(),
  };
}

/** Whether the activity is of Teams, the token's key may speak for Teams, and the token was given for that serviceUrl. */
function agrees(claims: Claims, activity: unknown): boolean {
  const { serviceUrl, endorsements } = claims;
  if (field(activity, 'channelId') !== CHANNEL) return false;
  if (!Array.isArray(endorsements) || !endorsements.includes(CHANNEL)) return false;
  return typeof serviceUrl === 'string' && serviceUrl !== '' && field(activity, 'serviceUrl') === serviceUrl;
}

function field(document: unknown, name: string): unknown {
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, name)) return undefined;
  return Reflect.get(document, name);
}

interface Judge {
  appId: string;
  issuer: string;
  clock: Clock;
}

async function judged(
  token: BearerToken,
  key: SigningKey,
  { appId, issuer, clock }: Judge,
): Promise<VerifiedToken | { refused: string }> {
  try {
    const { payload } = await jwtVerify(token.text, key.key, {
      algorithms: ['RS256'],
      issuer,
      requiredClaims: ['exp', 'nbf', 'aud'],
      clockTolerance: LEEWAY,
      currentDate: new Date(clock.now()),
    });
    const { aud, exp, nbf } = payload;
    if (typeof aud !== 'string' || aud.toLowerCase() !== appId) return { refused: 'aud' };
    if (!Number.isFinite(exp) || !Number.isFinite(nbf)) return { refused: 'exp' };
    const serviceUrl = serviceUrlOf(payload);
    if (serviceUrl === null) return { refused: 'serviceurl' };
    return {
      claims: { serviceUrl, endorsements: key.endorsements },
      key,
      notBefore: (Number(nbf) - LEEWAY) * 1_000,
      expires: Number(exp) * 1_000,
    };
  } catch (error) {
    return { refused: whyRefused(error) };
  }
}

/** The Bot Framework writes the claim `serviceurl`; its documentation says `serviceUrl`. Two that differ are none. */
function serviceUrlOf(payload: Record<string, unknown>): string | null {
  const named = [payload['serviceurl'], payload['serviceUrl']].filter((one) => one !== undefined);
  const [first] = named;
  return typeof first === 'string' && first !== '' && named.every((one) => one === first) ? first : null;
}
