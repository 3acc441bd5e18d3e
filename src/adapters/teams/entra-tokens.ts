import type { TokenCredential, TokenCredentialOptions } from '@azure/identity';
import type { TokenSource } from './bot-token.ts';

/** How the service proves who it is. There is no fourth way: a client secret is refused by the configuration. */
export type BotIdentity =
  | { kind: 'managed' }
  | { kind: 'federated'; tokenFile: string }
  | { kind: 'certificate'; path: string; password: string | null; sendChain: boolean };

interface EntraOptions {
  /** MICROSOFT_APP_ID; for a managed identity its client id. */
  appId: string;
  /** MICROSOFT_APP_TENANT_ID: whose tenant issues the token. */
  tenantId: string;
  identity: BotIdentity;
  /**
   * KAERU_TOKEN_URL: where tokens are asked for; without a path it is Entra's path at that host. Null: Microsoft's own. For
   * a managed identity the platform says where (IDENTITY_ENDPOINT, or the machine's metadata address).
   */
  tokenUrl: string | null;
}

const SCOPE = 'https://api.botframework.com/.default';
/** One request for a token, in milliseconds. */
const WITHIN = 10_000;

/**
 * Tokens for the Connector from Entra. @azure/identity is loaded at the first request (it is heavy), and asked anew each
 * time: it would give its own stored token until 5 minutes before the end. Throws the library's errors: show none of them.
 */
export function entraTokens(options: EntraOptions): TokenSource {
  return async () => {
    const library = await import('@azure/identity');
    const issued = await credentialOf(library, options).getToken(SCOPE);
    if (issued === null) throw new Error('nothing-issued');
    return {
      token: issued.token,
      expiresAt: issued.expiresOnTimestamp,
      refreshAt: issued.refreshAfterTimestamp ?? null,
    };
  };
}

function credentialOf(library: typeof import('@azure/identity'), options: EntraOptions): TokenCredential {
  const { appId, tenantId, identity } = options;
  const sent = requestOptions(options);
  if (identity.kind === 'managed') return new library.ManagedIdentityCredential({ ...sent, clientId: appId });
  if (identity.kind === 'federated') {
    const tokenFilePath = identity.tokenFile;
    return new library.WorkloadIdentityCredential({ ...sent, tenantId, clientId: appId, tokenFilePath });
  }
  const { path: certificatePath, password, sendChain: sendCertificateChain } = identity;
  const certificate = { certificatePath, ...(password === null ? {} : { certificatePassword: password }) };
  return new library.ClientCertificateCredential(tenantId, appId, certificate, { ...sent, sendCertificateChain });
}

/** Each request once, without redirects; but for a managed identity also within 10 s, and to the address the operator gave. */
function requestOptions(options: EntraOptions): TokenCredentialOptions & { disableInstanceDiscovery: boolean } {
  return {
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [{ position: 'perCall', policy: steering(tokenAddress(options)) }],
  };
}

type Policy = NonNullable<TokenCredentialOptions['additionalPolicies']>[number]['policy'];

function steering(address: URL | null): Policy {
  return {
    name: 'kaeruTokenAddress',
    sendRequest(request, next) {
      request.timeout = WITHIN;
      if (address !== null && request.method === 'POST') {
        request.url = address.href;
        request.allowInsecureConnection = address.protocol === 'http:';
      }
      return next(request);
    },
  };
}

function tokenAddress({ tokenUrl, tenantId }: EntraOptions): URL | null {
  if (tokenUrl === null) return null;
  const url = new URL(tokenUrl);
  if (url.pathname === '/') url.pathname = `/${tenantId}/oauth2/v2.0/token`;
  return url;
}
