import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dataFolder, kaeru, startServe } from '../../end-to-end/product.ts';
import { staffFile, wrote } from '../../end-to-end/teams.ts';
import { aCertificate } from '../../fakes/certificates.ts';
import { startOpenIdServers } from '../../fakes/open-id-server.ts';
import { startSecureConnector } from '../../fakes/secure-connector.ts';
import { aKey, signed } from '../../fakes/signed-tokens.ts';
import { startTokenServer } from '../../fakes/token-server.ts';

const appId = '00000000-0000-4000-8000-00000000000a';
const tenant = '00000000-0000-4000-8000-00000000000b';
const metricsToken = 'a-token-for-the-figures';
/** People who write while the attack goes on. */
const staff = Array.from({ length: 60 }, (_none, index) => String(200001 + index));

/** The production service under attack: `serve` in a process of its own, its sign-in, its connector and its people on loopback. */
export interface Target {
  url: string;
  port: number;
  /** A token the service takes, good for an hour and a half. */
  token: string;
  /** What number `n` of the good requests says: messages and presses in turn, from one person after the other. */
  activity(n: number): object;
  /** Resident memory, and what its heap and buffers hold, in bytes. */
  memory(): Promise<{ resident: number; held: number }>;
  /** SIGTERM; the exit code: 0 where the process lived until then. */
  stop(): Promise<number | null>;
  said(): { stdout: string; stderr: string };
}

export async function startTarget(): Promise<Target> {
  const folder = dataFolder();
  const file = (name: string, content: string) => {
    writeFileSync(folder.file(name), content);
    return folder.file(name);
  };
  const key = aKey('key-1');
  const openId = await startOpenIdServers([key.jwk]);
  const tokens = await startTokenServer(false);
  const connector = await startSecureConnector();
  const bot = aCertificate('Mihon Bot');
  const issuer = new URL(openId.metadataUrl).origin;
  const secret = {
    KAERU_MODE: 'production',
    KAERU_SECRET_FILE: file('secret.key', `${randomBytes(32).toString('base64')}\n`),
  };
  const clerks = staff.map((number) => ({ staff: number }));
  for (const words of [
    ['policy', 'apply', file('policy.yaml', 'organisation: 試験市\n')],
    ['import', 'staff', file('staff.csv', staffFile(clerks))],
  ]) {
    const ran = await kaeru([...words, '--data', folder.data], secret);
    if (ran.status !== 0) throw new Error(`${words.join(' ')}: ${ran.stderr}`);
  }
  const service = await startServe(folder.data, {
    ...secret,
    ...{ MICROSOFT_APP_ID: appId, MICROSOFT_APP_TENANT_ID: tenant, MICROSOFT_APP_TYPE: 'SingleTenant' },
    AZURE_CLIENT_CERTIFICATE_PATH: file('bot.pem', `${bot.privateKey}${bot.certificate}`),
    ...{ HOST: '127.0.0.1', PORT: '0', KAERU_SERVICE_HOSTS: '127.0.0.1', KAERU_METRICS_TOKEN: metricsToken },
    ...{ KAERU_SIGNIN_ISSUER: issuer, KAERU_SIGNIN_KEYS_URL: openId.metadataUrl, KAERU_TOKEN_URL: tokens.origin },
    NODE_EXTRA_CA_CERTS: file('authority.pem', connector.authority),
  });
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: issuer, aud: appId, nbf: now - 60, exp: now + 5_400, serviceurl: connector.serviceUrl };
  return {
    url: service.url,
    port: Number(new URL(service.url).port),
    token: signed(key, claims),
    activity: (n) => activityOf(n, connector.serviceUrl),
    memory: () => memoryOf(service.url),
    said: service.said,
    async stop() {
      const status = await service.stop();
      connector.stop();
      await tokens.stop();
      await openId.stop();
      folder.remove();
      return status;
    },
  };
}

function activityOf(n: number, serviceUrl: string): object {
  const activity = wrote(staff[n % staff.length] ?? '', serviceUrl, 'ヘルプ');
  const { conversation } = activity as unknown as { conversation: object };
  const signedIn = {
    ...activity,
    conversation: { ...conversation, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  };
  if (n % 2 === 0) return signedIn;
  const data = { i: 'an-item-that-is-not-there', r: 0, answer: 'leave' };
  const value = { action: { type: 'Action.Execute', verb: 'no-overtime-day.answer', data } };
  return { ...signedIn, type: 'invoke', name: 'adaptiveCard/action', text: undefined, value };
}

async function memoryOf(url: string): Promise<{ resident: number; held: number }> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const text = await answer.text();
  const figure = (name: string) => Number(new RegExp(`^${name} ([0-9.e+]+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    resident: figure('process_resident_memory_bytes'),
    held: figure('nodejs_heap_size_used_bytes') + figure('nodejs_external_memory_bytes'),
  };
}
