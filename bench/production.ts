import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCertificate } from '../test/fakes/certificates.ts';
import { startOpenIdServers } from '../test/fakes/open-id-server.ts';
import { aKey, signed } from '../test/fakes/signed-tokens.ts';
import { type FakeConnector, startFakeConnector } from '../test/fakes/start-connector.ts';
import { startTokenServer } from '../test/fakes/token-server.ts';
import { freshFolder, type Measured, program, start } from './processes.ts';
import type { Bench } from './scenario.ts';

export const appId = '00000000-0000-4000-8000-00000000000a';
export const tenant = '00000000-0000-4000-8000-00000000000b';

/** What stands around a production service: the Connector in its own process, over TLS; signing keys; tokens. */
export interface Surroundings {
  connector: FakeConnector;
  /** Bearer token of an activity, good for an hour: for our service and its peers alike. */
  bearer: string;
  issuer: string;
  /** OpenID metadata, and the keys behind it. */
  metadataUrl: string;
  keysUrl: string;
  /** Settings of `serve` but for its store. */
  env: Record<string, string>;
}

/** Everything on loopback; it ends with the scenario. */
export async function surroundings(bench: Bench, pace: number): Promise<Surroundings> {
  const folder = freshFolder(bench);
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const key = aKey('key-1');
  const authority = aCertificate('Mihon Authority');
  const own = aCertificate('Mihon Connector', { name: 'Mihon Authority', key: authority.key });
  const bot = aCertificate('Mihon Bot');
  const connector = await startFakeConnector(0, `${own.privateKey}${own.certificate}`);
  bench.later(() => connector.stop());
  await connector.countOnly();
  const openId = await startOpenIdServers([key.jwk]);
  bench.later(() => openId.stop());
  const tokens = await startTokenServer(false);
  bench.later(() => tokens.stop());
  const issuer = new URL(openId.metadataUrl).origin;
  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuer, aud: appId, nbf: seconds - 60, exp: seconds + 3_600, serviceurl: connector.serviceUrl };
  return {
    connector,
    bearer: signed(key, claims),
    issuer,
    metadataUrl: openId.metadataUrl,
    keysUrl: openId.keysUrl,
    env: {
      KAERU_MODE: 'production',
      KAERU_SECRET_FILE: file('secret.key', `${randomBytes(32).toString('base64')}\n`),
      KAERU_PACE: String(pace),
      KAERU_LOG: 'error',
      MICROSOFT_APP_ID: appId,
      MICROSOFT_APP_TENANT_ID: tenant,
      MICROSOFT_APP_TYPE: 'SingleTenant',
      AZURE_CLIENT_CERTIFICATE_PATH: file('bot.pem', `${bot.privateKey}${bot.certificate}`),
      HOST: '127.0.0.1',
      PORT: '0',
      KAERU_SIGNIN_ISSUER: issuer,
      KAERU_SIGNIN_KEYS_URL: openId.metadataUrl,
      KAERU_TOKEN_URL: tokens.origin,
      KAERU_SERVICE_HOSTS: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: file('authority.pem', authority.certificate),
    },
  };
}

/** `serve` in a process of its own; `store` is `--data FOLDER`, or DATABASE_URL in the settings. */
export function serve(bench: Bench, around: Surroundings, env: Record<string, string>): Promise<Measured> {
  return start(bench, [...program, 'serve'], { ...around.env, ...env });
}
