import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { botToken } from '../../../src/adapters/teams/bot-token.ts';
import { type BotIdentity, entraTokens } from '../../../src/adapters/teams/entra-tokens.ts';
import { aCertificate, type Certified } from '../../fakes/certificates.ts';
import { keptLog } from '../../fakes/quiet-log.ts';
import { startTokenServer, type TokenServer } from '../../fakes/token-server.ts';

const appId = '00000000-0000-4000-8000-00000000000a';
const tenantId = '00000000-0000-4000-8000-00000000000b';
const scope = 'https://api.botframework.com/.default';

describe('a token from Entra, over TLS', () => {
  let server: TokenServer;
  let folder: string;
  let certified: Certified;
  let pem: string;
  let tokenFile: string;
  beforeAll(async () => {
    server = await startTokenServer(true);
    folder = mkdtempSync(join(tmpdir(), 'kaeru-token-'));
    certified = aCertificate('Mihon App');
    pem = join(folder, 'app.pem');
    tokenFile = join(folder, 'federated');
    writeFileSync(pem, certified.privateKey + certified.certificate);
    writeFileSync(tokenFile, 'a-federated-token\n');
  });
  beforeEach(() => {
    server.manner = 'good';
    server.requests.length = 0;
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const source = (identity: BotIdentity, tokenUrl: string | null = server.origin) =>
    entraTokens({ appId, tenantId, identity, tokenUrl });
  const certificate = (path = pem, password: string | null = null): BotIdentity => ({
    kind: 'certificate',
    path,
    password,
    sendChain: false,
  });

  test('is given for a certificate: an assertion signed with its key, no secret', async () => {
    const before = Date.now();
    const issued = await source(certificate())();
    expect(issued.token).toBe('token-1');
    expect(issued.expiresAt - before).toBeGreaterThan(3_500_000);
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: `/${tenantId}/oauth2/v2.0/token`,
        form: { grant_type: 'client_credentials', client_id: appId },
      },
    ]);
    const form = server.requests[0]?.form ?? {};
    expect(form['scope']?.split(' ')).toContain(scope);
    expect(form).not.toHaveProperty('client_secret');
    const assertion = form['client_assertion'] ?? '';
    const { publicKey } = new X509Certificate(certified.certificate);
    const { payload } = await jwtVerify(assertion, publicKey, { issuer: appId, subject: appId, clockTolerance: 5 });
    expect(payload.aud).toContain(tenantId);
    expect(decodeProtectedHeader(assertion)).not.toHaveProperty('x5c');
  });

  test('is given for a certificate whose key is behind a password, with the chain when it is wanted', async () => {
    const locked = join(folder, 'locked.pem');
    const key = createPrivateKey(certified.privateKey);
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'mihon' } as const;
    writeFileSync(locked, key.export(cipher).toString() + certified.certificate);
    await source({ kind: 'certificate', path: locked, password: 'mihon', sendChain: true })();
    const assertion = server.requests[0]?.form['client_assertion'] ?? '';
    expect(decodeProtectedHeader(assertion).x5c).toHaveLength(1);
    await expect(source(certificate(locked, 'wrong'))()).rejects.toThrow();
  });

  test('is given for a federated token, which is read anew each time', async () => {
    const next = source({ kind: 'federated', tokenFile });
    await next();
    writeFileSync(tokenFile, 'a-newer-token\n');
    expect((await next()).token).toBe('token-2');
    expect(server.requests.map(({ form }) => form['client_assertion'])).toEqual(['a-federated-token', 'a-newer-token']);
    expect(server.requests[0]?.form).toMatchObject({ client_id: appId, grant_type: 'client_credentials' });
  });

  test('is asked for at another cloud where AZURE_AUTHORITY_HOST names one', async () => {
    process.env['AZURE_AUTHORITY_HOST'] = server.origin;
    await source(certificate(), null)().finally(() => delete process.env['AZURE_AUTHORITY_HOST']);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /${tenantId}/v2.0/.well-known/openid-configuration`,
      `POST /${tenantId}/oauth2/v2.0/token`,
    ]);
  });

  test('is asked for at exactly the address the operator gave', async () => {
    await source(certificate(), `${server.origin}/some/where`)();
    expect(server.requests.map(({ path }) => path)).toEqual(['/some/where']);
  });

  test.each<TokenServer['manner']>(['refuses', 'error', 'reset', 'redirect', 'garbage'])(
    'is not had where the server %s: one request, our words, no text of a library in the log',
    async (manner) => {
      server.manner = manner;
      const log = keptLog();
      const token = botToken(source(certificate()), systemClock(), log);
      await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
      expect(server.requests).toHaveLength(1);
      expect(log.lines).toEqual([
        expect.stringMatching(/^No token for the Connector \{"why":"[A-Za-z0-9]+","minutes":0\}$/),
      ]);
    },
  );

  test('is not had without the certificate or the token file: no request', async () => {
    const none = join(folder, 'none');
    await expect(source(certificate(none))()).rejects.toThrow();
    await expect(source({ kind: 'federated', tokenFile: none })()).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });

  test('is not sought from a server whose certificate nobody vouches for', async () => {
    const stranger = aCertificate('Stranger');
    let heard = 0;
    const other = createServer({ key: stranger.privateKey, cert: stranger.certificate }, () => {
      heard += 1;
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await expect(source(certificate(), `https://127.0.0.1:${port}`)()).rejects.toThrow();
    expect(heard).toBe(0);
    other.close();
  });
});

describe('a token of a managed identity', () => {
  let server: TokenServer;
  const kept = { ...process.env };
  beforeAll(async () => {
    server = await startTokenServer(false);
    process.env['IDENTITY_ENDPOINT'] = `${server.origin}/msi/token`;
    process.env['IDENTITY_HEADER'] = 'mihon-header';
  });
  beforeEach(() => {
    server.requests.length = 0;
    server.manner = 'good';
  });
  afterEach(() => {
    server.life = 3_600;
  });
  afterAll(async () => {
    for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
      if (kept[name] === undefined) delete process.env[name];
      else process.env[name] = kept[name];
    }
    await server.stop();
  });
  const managed = (client: string) =>
    entraTokens({ appId: client, tenantId, identity: { kind: 'managed' }, tokenUrl: null });

  test('is asked for by its client id at the endpoint of the platform', async () => {
    const issued = await managed(appId)();
    expect(issued.token).toBe('token-1');
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        path: '/msi/token',
        form: { client_id: appId, resource: 'https://api.botframework.com' },
        headers: { 'x-identity-header': 'mihon-header' },
      },
    ]);
  });
  test('is asked for anew when less than 5 minutes are left of the one that the library keeps', async () => {
    const source = managed('00000000-0000-4000-8000-0000000000c1');
    server.life = 240;
    await source();
    expect((await source()).token).toBe('token-2');
  });
  test('is not had where the endpoint refuses: one request, no text of a library', async () => {
    server.manner = 'refuses';
    const log = keptLog();
    const token = botToken(managed('00000000-0000-4000-8000-0000000000c2'), systemClock(), log);
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.requests).toHaveLength(1);
    expect(log.lines.join()).not.toContain('secret words');
  });
});

test('@azure/identity, which is heavy, is not loaded before the first token is wanted', () => {
  const file = new URL('../../../src/adapters/teams/entra-tokens.ts', import.meta.url).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve: (name, context, next) => (loaded.push(name), next(name, context)) });
    const { entraTokens } = await import('${file}');
    entraTokens({ appId: 'a', tenantId: 't', identity: { kind: 'managed' }, tokenUrl: null });
    process.stdout.write(JSON.stringify(loaded));
  `;
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const loaded: unknown = JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
  expect(loaded).toContain(file);
  expect(loaded).not.toContain('@azure/identity');
});
