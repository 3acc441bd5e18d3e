import type { JWTPayload } from 'jose';
import { jwtVerify } from 'jose/jwt/verify';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { FeedSignIn } from '../http/feed-endpoint.ts';
import { bearerToken } from './bearer-token.ts';
import { refusals, whyRefused } from './refused-tokens.ts';
import { SigningKeys } from './signing-keys.ts';

const ENTRA = 'https://login.microsoftonline.com';
/** The app role an administrator gives to the city's system. */
const ROLE = 'Feeds.Write';
/** How far our clock and Microsoft's may differ, in seconds. */
const LEEWAY = 300;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

interface FeedSignInOptions {
  /** MICROSOFT_APP_ID: tokens are for it, or for `api://` and it. */
  appId: string;
  /** MICROSOFT_APP_TENANT_ID: whose applications may send. */
  tenantId: string;
  /** KAERU_TOKEN_URL: another cloud of Microsoft, or this machine in tests; its host has the signing keys. Null: Microsoft's own. */
  tokenUrl: string | null;
  clock: Clock;
  log: Log;
}

/** The production door of the feeds. */
export interface EntraFeedSignIn extends FeedSignIn {
  close(): Promise<void>;
}

/** Rehearsal has no sign-in: the server listens on loopback only. */
export const rehearsalFeedSignIn: FeedSignIn = { admit: async () => ({ sender: 'rehearsal' }) };

/**
 * Access tokens of applications of the own tenant. 401 for every token that is not proven: RS256, known key of the tenant,
 * issuer, tenant, audience, exp and nbf (5 min leeway). 403 for one that is a person's, or lacks the role `Feeds.Write`.
 * Never throws; a refusal is logged by its kind only, at most once a minute each.
 */
export function entraFeedSignIn(options: FeedSignInOptions): EntraFeedSignIn {
  const { clock, log } = options;
  const origin = originOf(options.tokenUrl);
  const tenant = options.tenantId.toLowerCase();
  const keys = new SigningKeys({ url: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`, clock, log });
  const refuse = refusals(clock, log);
  const issuers = { v1: `https://sts.windows.net/${tenant}/`, v2: `${issuerOrigin(origin)}/${tenant}/v2.0` };
  const judge = { issuers, tenant, appId: options.appId.toLowerCase(), clock };
  const refused = (status: 401 | 403, why: string) => {
    refuse(why);
    return { refused: status };
  };
  return {
    async admit(headers) {
      const token = bearerToken(headers);
      if (token === null) return refused(401, 'no-usable-token');
      const key = await keys.keyOf(token.kid);
      if (key === null) return refused(401, 'unknown-key');
      const found = await proven(token.text, key.key, judge);
      if ('refused' in found) return refused(401, found.refused);
      const sender = applicationOf(found.claims);
      if (sender === null) return refused(403, 'not-an-application');
      return mayWrite(found.claims) ? { sender } : refused(403, 'roles');
    },
    close: () => keys.close(),
  };
}

function originOf(tokenUrl: string | null): string {
  return tokenUrl === null ? ENTRA : new URL(tokenUrl).origin;
}

/** Tests have their keys on this machine; what they sign is issued in Microsoft's name. */
function issuerOrigin(origin: string): string {
  return LOOPBACK.includes(new URL(origin).hostname) ? ENTRA : origin;
}

interface Judge {
  issuers: { v1: string; v2: string };
  tenant: string;
  appId: string;
  clock: Clock;
}

async function proven(
  text: string,
  key: Parameters<typeof jwtVerify>[1],
  { issuers, tenant, appId, clock }: Judge,
): Promise<{ claims: JWTPayload } | { refused: string }> {
  try {
    const { payload } = await jwtVerify(text, key, {
      algorithms: ['RS256'],
      issuer: [issuers.v1, issuers.v2],
      requiredClaims: ['exp', 'nbf', 'aud', 'tid'],
      clockTolerance: LEEWAY,
      currentDate: new Date(clock.now()),
    });
    const { aud, exp, nbf, iss, tid, ver } = payload;
    const audience = typeof aud === 'string' ? aud.toLowerCase() : '';
    if (audience !== appId && audience !== `api://${appId}`) return { refused: 'aud' };
    if (typeof tid !== 'string' || tid.toLowerCase() !== tenant) return { refused: 'tid' };
    if (!Number.isFinite(exp) || !Number.isFinite(nbf)) return { refused: 'exp' };
    if (ver !== undefined && ver !== (iss === issuers.v1 ? '1.0' : '2.0')) return { refused: 'ver' };
    return { claims: payload };
  } catch (error) {
    return { refused: whyRefused(error) };
  }
}

/**
 * The id of the application the token was given to, lower case; null where a person stands behind it. A token of an
 * application has no `scp`, is its own subject (`oid` = `sub`), and names a confidential client.
 */
function applicationOf(claims: JWTPayload): string | null {
  const { scp, idtyp, oid, sub, appid, azp, appidacr, azpacr } = claims;
  if (scp !== undefined || (idtyp !== undefined && idtyp !== 'app')) return null;
  if (typeof oid !== 'string' || oid === '' || oid !== sub) return null;
  if (![appidacr, azpacr].every((one) => one === undefined || one === '1' || one === '2')) return null;
  const application = appid ?? azp;
  if (typeof application !== 'string' || !/^[0-9a-f-]{36}$/i.test(application)) return null;
  return application.toLowerCase();
}

function mayWrite({ roles }: JWTPayload): boolean {
  return Array.isArray(roles) && roles.includes(ROLE);
}
