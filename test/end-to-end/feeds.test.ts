import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aStaffRow, csvOf } from '../build/csv-file.ts';
import { type OpenIdServers, startOpenIdServers } from '../fakes/open-id-server.ts';
import { aKey, signed } from '../fakes/signed-tokens.ts';
import { command, commandJson, dataFolder, type Product, type Served, startBare, startServe } from './product.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const appId = '00000000-0000-4000-8000-00000000000a';
const tenant = '00000000-0000-4000-8000-00000000000b';
const clock = '職員番号,日付,出勤,退勤\n';
const orders = '職員番号,日付,申請日時,開始,終了,状態\n';

const folder = dataFolder();
afterAll(() => folder.remove());

function file(name: string, content: string): string {
  writeFileSync(folder.file(name), content);
  return folder.file(name);
}

const send = async (url: string, feed: string, body: string, headers: Record<string, string> = {}) => {
  const options = { method: 'POST', body, headers: { 'content-type': 'text/csv', ...headers } };
  const answer = await fetch(`${url}/feeds/${feed}`, options);
  return { status: answer.status, document: (await answer.json()) as Record<string, unknown> };
};

describe('feeds of a rehearsal', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startBare(folder.file('rehearsal'), { at: '2026-11-18T16:00:00+09:00' });
    const staff = file('staff.csv', csvOf([aStaffRow('100001')]));
    expect(await command(['import', 'staff', staff, '--data', folder.file('rehearsal')])).toMatchObject({ status: 0 });
  });
  afterAll(() => product.stop());

  test('take in a file on this machine without a sign-in, and the same one again changes nothing', async () => {
    const body = `${clock}100001,2026-11-18,08:25,\n`;
    expect(await send(product.url, 'clock', body)).toMatchObject({ status: 200, document: { rows: 1, added: 1 } });
    const again = await commandJson(['import', 'clock', file('clock.csv', body), '--data', folder.file('rehearsal')]);
    expect(again.document).toMatchObject({ added: 0, unchanged: 1, problems: [] });
  });

  test('answer with the problems of a file that is refused, and take nothing of it', async () => {
    const line = '100001,2026-11-18,2026-11-18 15:00,17:15,20:30,';
    const refused = await send(product.url, 'orders', `${orders}${line}命令\n${line}承認\n`);
    expect(refused).toEqual({
      status: 422,
      document: expect.objectContaining({
        added: 0,
        problems: [{ line: 3, column: '状態', read: '承認', expected: expect.any(String) }],
        error: expect.objectContaining({ code: 'import-problems' }),
      }),
    });
    expect(await send(product.url, 'orders', `${orders}${line}命令\n`)).toMatchObject({ document: { added: 1 } });
  });

  test('are not reached through a proxy or from another page', async () => {
    expect((await send(product.url, 'clock', clock, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(403);
    expect((await send(product.url, 'clock', clock, { origin: 'https://example.jp' })).status).toBe(403);
  });
});

describe('feeds of serve', () => {
  const key = aKey('entra-1');
  const data = folder.file('served');
  const secret = { KAERU_SECRET_FILE: file('secret.key', `${randomBytes(32).toString('base64')}\n`) };
  let openId: OpenIdServers;
  let service: Served;
  beforeAll(async () => {
    openId = await startOpenIdServers([key.jwk]);
    const production = { KAERU_MODE: 'production', ...secret };
    const policy = file('policy.yaml', 'organisation: 試験市\n');
    const staff = file('staff-2.csv', csvOf([aStaffRow('100001')]));
    for (const words of [
      ['policy', 'apply', policy],
      ['import', 'staff', staff],
    ])
      expect(await command([...words, '--data', data], production)).toMatchObject({ status: 0 });
    service = await startServe(data, {
      ...secret,
      ...{ MICROSOFT_APP_ID: appId, MICROSOFT_APP_TENANT_ID: tenant, MICROSOFT_APP_TYPE: 'UserAssignedMSI' },
      ...{ HOST: '127.0.0.1', PORT: '0', KAERU_SIGNIN_KEYS_URL: 'http://127.0.0.1:9/' },
      ...{ KAERU_TOKEN_URL: openId.metadataUrl, KAERU_SERVICE_HOSTS: '127.0.0.1' },
    });
  });
  afterAll(async () => {
    await service?.stop();
    await openId.stop();
  });

  const sender = '00000000-0000-4000-8000-0000000000cc';
  const bearer = (differs: Record<string, unknown> = {}) => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      ...{ iss: `https://sts.windows.net/${tenant}/`, aud: `api://${appId}`, tid: tenant, ver: '1.0' },
      ...{ oid: sender, sub: sender, appid: sender, roles: ['Feeds.Write'], nbf: now - 60, exp: now + 600 },
    };
    return { authorization: `Bearer ${signed(key, { ...claims, ...differs })}` };
  };
  const body = `${clock}100001,2026-11-18,08:25,17:20\n`;

  test('let in only an application of the tenant that was given the role', async () => {
    expect((await send(service.url, 'clock', body)).status).toBe(401);
    expect((await send(service.url, 'clock', body, bearer({ aud: 'https://graph.microsoft.com' }))).status).toBe(401);
    expect((await send(service.url, 'clock', body, bearer({ roles: [] }))).status).toBe(403);
    expect((await send(service.url, 'clock', body, bearer({ scp: 'user' }))).status).toBe(403);
    expect(await send(service.url, 'clock', body, bearer())).toMatchObject({ status: 200, document: { added: 1 } });
  });

  test('leave a line in the audit that holds, and nobody’s number or token in the log', async () => {
    await send(service.url, 'clock', `${clock}100001,2026-11-18,17:20,08:25\n`, bearer());
    expect((await commandJson(['audit', 'verify', '--data', data], secret)).document).toMatchObject({ ok: true });
    expect(service.said().stderr).toContain('A feed was refused');
    expect(service.said().stderr).not.toMatch(/100001|eyJ|\n\s+at /);
  });
});
