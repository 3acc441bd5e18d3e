import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aCertificate } from '../fakes/certificates.ts';
import { type OpenIdServers, startOpenIdServers } from '../fakes/open-id-server.ts';
import { type SecureConnector, startSecureConnector } from '../fakes/secure-connector.ts';
import { aKey, signed } from '../fakes/signed-tokens.ts';
import { startTokenServer, type TokenServer } from '../fakes/token-server.ts';
import { command, dataFolder, kaeru, type Served, startServe } from './product.ts';
import { chatOf, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const appId = '00000000-0000-4000-8000-00000000000a';
const tenant = '00000000-0000-4000-8000-00000000000b';
const folder = dataFolder();
const policyFile = file('policy.yaml', 'organisation: 試験市\n');
const secret = { KAERU_SECRET_FILE: file('secret.key', `${randomBytes(32).toString('base64')}\n`) };
const bot = aCertificate('Mihon Bot');
const app = {
  MICROSOFT_APP_ID: appId,
  MICROSOFT_APP_TENANT_ID: tenant,
  MICROSOFT_APP_TYPE: 'SingleTenant',
  AZURE_CLIENT_CERTIFICATE_PATH: file('bot.pem', `${bot.privateKey}${bot.certificate}`),
};
/** Nothing leaves this machine, not even where a service starts that should not have. */
const local = {
  HOST: '127.0.0.1',
  PORT: '0',
  KAERU_SIGNIN_KEYS_URL: 'http://127.0.0.1:9/',
  KAERU_TOKEN_URL: 'http://127.0.0.1:9/',
  KAERU_SERVICE_HOSTS: '127.0.0.1',
};
const settings = { ...app, ...secret, ...local };

afterAll(() => folder.remove());

/** A file of the test's own; its path. */
function file(name: string, content: string): string {
  writeFileSync(folder.file(name), content);
  return folder.file(name);
}

async function applyPolicy(data: string): Promise<void> {
  const ran = await kaeru(['policy', 'apply', policyFile, '--data', data], { KAERU_MODE: 'production', ...secret });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
}

function without(...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));
}

/** Ended with 1, nothing on stdout, and on stderr sentences for a person: the one expected first. */
function expectRefused(ran: Awaited<ReturnType<typeof kaeru>>, named: RegExp, lines = 1): void {
  expect(ran).toMatchObject({ status: 1, stdout: '' });
  const said = ran.stderr.trimEnd().split('\n');
  expect(said).toHaveLength(lines);
  for (const line of said) expect(line).toMatch(/。$/);
  expect(ran.stderr).toMatch(named);
  expect(ran.stderr).not.toMatch(/node:internal|思わぬ誤り|geheim/);
}

describe('serve does not start, and says why in one sentence', () => {
  test.concurrent.each<[string, Record<string, string>, RegExp]>([
    [
      'with a password of the bot',
      { ...settings, MICROSOFT_APP_PASSWORD: 'geheim' },
      /MICROSOFT_APP_PASSWORD は使えま/,
    ],
    ['with a client secret', { ...settings, AZURE_CLIENT_SECRET: 'geheim' }, /AZURE_CLIENT_SECRET は使えま/],
    ['with a time of its own', { ...settings, KAERU_NOW: '2026-11-18T16:00:00+09:00' }, /KAERU_NOW は予行/],
    ['in the mode of the rehearsal', { ...settings, KAERU_MODE: 'rehearsal' }, /KAERU_MODE/],
    ['without a file of the key', without('KAERU_SECRET_FILE'), /KAERU_SECRET_FILE がありません/],
    ['without an applied policy', settings, /kaeru policy apply FILE/],
  ])('%s', async (what, env, named) => {
    expectRefused(await command(['serve', '--data', folder.file(what)], env), named);
  });

  test.concurrent('without sign-in settings, each of which it names in a line', async () => {
    const ran = await kaeru(['serve', '--data', folder.file('unsigned')], { ...secret, ...local });
    expectRefused(ran, /サインインの設定がない.*\nMICROSOFT_APP_ID: .*_APP_TENANT_ID: .*_APP_TYPE: /s, 4);
  });

  test.concurrent('without a certificate or a federated token of an app of one tenant', async () => {
    const ran = await kaeru(['serve', '--data', folder.file('bare')], without('AZURE_CLIENT_CERTIFICATE_PATH'));
    expectRefused(ran, /AZURE_FEDERATED_TOKEN_FILE か AZURE_CLIENT_CERTIFICATE_PATH/, 2);
  });

  test.concurrent('on a store that a newer Kaeru has written', async () => {
    const data = folder.file('newer');
    await applyPolicy(data);
    const store = new DatabaseSync(join(data, 'kaeru.db'));
    store.exec("insert into kysely_migration (name, timestamp) values ('9999', '2030-01-01T00:00:00Z')");
    store.close();
    expectRefused(await kaeru(['serve', '--data', data], settings), /新しいデータベースです（手順 9999）/);
  });
});

describe('serve with its settings', () => {
  const key = aKey('key-1');
  let openId: OpenIdServers;
  let tokens: TokenServer;
  let connector: SecureConnector;
  let serviceUrl: string;
  let issuer: string;
  let env: Record<string, string>;
  let service: Served;

  beforeAll(async () => {
    openId = await startOpenIdServers([key.jwk]);
    issuer = new URL(openId.metadataUrl).origin;
    tokens = await startTokenServer(false);
    connector = await startSecureConnector();
    ({ serviceUrl } = connector);
    env = {
      ...settings,
      KAERU_SIGNIN_ISSUER: issuer,
      KAERU_SIGNIN_KEYS_URL: openId.metadataUrl,
      KAERU_TOKEN_URL: tokens.origin,
      NODE_EXTRA_CA_CERTS: file('authority.pem', connector.authority),
    };
    await applyPolicy(folder.data);
    service = await startServe(folder.data, env);
  });
  afterAll(async () => {
    await service?.stop();
    connector.stop();
    await tokens.stop();
    await openId.stop();
  });

  const token = (replaced: Record<string, unknown> = {}) => {
    const now = Math.floor(Date.now() / 1_000);
    return signed(key, { iss: issuer, aud: appId, nbf: now - 60, exp: now + 600, serviceurl: serviceUrl, ...replaced });
  };
  const message = (from = serviceUrl, of = tenant) => ({
    ...wrote('900009', from, 'ヘルプ'),
    conversation: { id: chatOf('900009'), conversationType: 'personal', tenantId: of },
    channelData: { tenant: { id: of } },
  });
  const get = async (path: string) => (await fetch(`${service.url}${path}`)).status;
  let why = '';
  const post = async (activity: object, bearer?: string, path = '/api/messages') => {
    const signedIn = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const headers = { 'content-type': 'application/json', ...signedIn };
    const answer = await fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(activity) });
    why = await answer.text();
    return answer.status;
  };

  test('says where it listens and nothing else, is well, and becomes ready', async () => {
    expect(service.said().stdout).toBe(`Kaeru: ${service.url}/\n`);
    expect(await get('/healthz')).toBe(200);
    await expect.poll(() => get('/readyz'), { timeout: 10_000 }).toBe(200);
  });

  test('has no page and nothing of the rehearsal', async () => {
    const paths = ['/', '/rehearsal/', '/rehearsal/state', '/rehearsal/ledger', '/rehearsal/gallery', '/metrics'];
    expect(await Promise.all(paths.map(get))).toEqual(paths.map(() => 404));
    expect(await post({ to: '2026-11-18T16:14:45+09:00' }, token(), '/rehearsal/clock')).toBe(404);
    expect(await post(message(), token(), '/v3/conversations')).toBe(404);
  });

  test('lets nobody in without a token that was made for it', async () => {
    expect(await post(message())).toBe(401);
    expect(await post(message(), token({ aud: tenant }))).toBe(401);
    expect(await post(message(), token({ iss: 'https://api.botframework.com' }))).toBe(401);
    expect(await post(message(), token({ nbf: 1, exp: 2 }))).toBe(401);
    expect(await post(message(), signed(aKey('key-1'), { iss: issuer, aud: appId }))).toBe(401);
  });

  test('turns away another tenant and another host, though the token is good', async () => {
    const foreign = 'https://connector.example/';
    expect(await post(message(serviceUrl, '00000000-0000-4000-8000-00000000000c'), token())).toBe(403);
    expect(why).toContain('foreign-tenant');
    expect(await post(message(foreign), token({ serviceurl: foreign }))).toBe(403);
    expect(why).toContain('foreign-service-url');
    expect(connector.heard).toEqual([]);
  });

  test('answers a person it does not know, with a token that it got for its certificate', async () => {
    expect(await post(message(), token())).toBe(200);
    await expect.poll(() => connector.heard.length, { timeout: 10_000 }).toBe(1);
    expect(connector.heard[0]).toMatchObject({ authorization: 'Bearer token-1' });
    expect(decodeURIComponent(connector.heard[0]?.path ?? '')).toContain(chatOf('900009'));
    expect(tokens.requests.map(({ method, path }) => `${method} ${path}`).at(-1)).toContain(`POST /${tenant}/`);
    expect(tokens.requests.at(-1)?.form).toMatchObject({ client_id: appId, client_assertion: expect.any(String) });
  });

  test('a second one does not start on the same folder', async () => {
    expectRefused(await kaeru(['serve', '--data', folder.data], env), /別のサービスが動いています/);
  });

  test('SIGTERM ends it with 0, and its log names nobody', async () => {
    expect(await service.stop()).toBe(0);
    expect(service.said().stderr).not.toMatch(/900009|token-1|eyJ|\n\s+at /);
  });
});
