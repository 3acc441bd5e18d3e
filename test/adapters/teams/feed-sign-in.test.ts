import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EntraFeedSignIn, entraFeedSignIn } from '../../../src/adapters/teams/feed-sign-in.ts';
import { type HandClock, handClock } from '../../fakes/hand-clock.ts';
import { type OpenIdServers, startOpenIdServers } from '../../fakes/open-id-server.ts';
import { keptLog } from '../../fakes/quiet-log.ts';
import { aKey, compact, hmacSignature, rsaSignature, signed } from '../../fakes/signed-tokens.ts';

const appId = '00000000-0000-4000-8000-00000000000A';
const tenant = '00000000-0000-4000-8000-00000000000b';
const otherTenant = '00000000-0000-4000-8000-0000000000ff';
const sender = '00000000-0000-4000-8000-0000000000cc';
const principal = '00000000-0000-4000-8000-0000000000dd';
const key = aKey('entra-1');
const minute = 60_000;

describe('the sign-in of the feeds', () => {
  let openId: OpenIdServers;
  let clock: HandClock;
  let signIn: EntraFeedSignIn;
  const log = keptLog();
  beforeAll(async () => {
    openId = await startOpenIdServers([key.jwk]);
  });
  afterAll(() => openId.stop());
  beforeEach(() => {
    clock = handClock();
    signIn = entraFeedSignIn({ appId, tenantId: tenant.toUpperCase(), tokenUrl: openId.metadataUrl, clock, log });
    return () => signIn.close();
  });

  const seconds = () => Math.floor(clock.now() / 1_000);
  const common = () => ({
    ...{ tid: tenant, oid: principal, sub: principal, roles: ['Feeds.Write'] },
    ...{ nbf: seconds() - 60, iat: seconds() - 60, exp: seconds() + 3_600 },
  });
  /** As Entra issues them to an application, version 2 and version 1. */
  const second = () => ({
    ...{ iss: `https://login.microsoftonline.com/${tenant}/v2.0`, aud: appId, ver: '2.0', azp: sender, azpacr: '2' },
    ...common(),
  });
  const first = () => ({
    ...{ iss: `https://sts.windows.net/${tenant}/`, aud: `api://${appId}`, ver: '1.0', appid: sender, appidacr: '2' },
    ...common(),
  });
  const admit = (token: string) => signIn.admit({ authorization: `Bearer ${token}` });
  const changed = (differs: Record<string, unknown>) => admit(signed(key, { ...second(), ...differs }));

  test('lets in an application of the own tenant with the role, with a token of either version', async () => {
    expect(await admit(signed(key, second()))).toEqual({ sender });
    expect(await admit(signed(key, first()))).toEqual({ sender });
    expect(await changed({ aud: `api://${appId.toLowerCase()}`, idtyp: 'app' })).toEqual({ sender });
    expect(await changed({ roles: ['Other', 'Feeds.Write'], azpacr: undefined, ver: undefined })).toEqual({ sender });
  });

  describe('answers 401 for a token that is not proven', () => {
    test.each<[string, () => Record<string, unknown>]>([
      ['of another tenant', () => ({ iss: `https://login.microsoftonline.com/${otherTenant}/v2.0`, tid: otherTenant })],
      ['of another tenant under our issuer', () => ({ tid: otherTenant })],
      ['without its tenant', () => ({ tid: undefined })],
      ['of the common endpoint', () => ({ iss: 'https://login.microsoftonline.com/common/v2.0' })],
      ['of the Bot Framework', () => ({ iss: 'https://api.botframework.com' })],
      ['of the older issuer without its slash', () => ({ iss: `https://sts.windows.net/${tenant}`, ver: '1.0' })],
      ['of an issuer and a version that do not belong together', () => ({ ver: '1.0' })],
      ['for another application', () => ({ aud: sender })],
      ['for Microsoft Graph', () => ({ aud: 'https://graph.microsoft.com' })],
      ['for an address that begins like ours', () => ({ aud: `api://${appId}/x` })],
      ['for several', () => ({ aud: [appId, sender] })],
      ['for nobody', () => ({ aud: undefined })],
      ['that is over', () => ({ exp: seconds() - 301 })],
      ['that is not yet valid', () => ({ nbf: seconds() + 301 })],
      ['without an end', () => ({ exp: undefined })],
      ['without a beginning', () => ({ nbf: undefined })],
      ['that ends in words', () => ({ exp: 'tomorrow' })],
    ])('%s', async (_, differs) => {
      expect(await changed(differs())).toEqual({ refused: 401 });
    });

    test('of an unknown key, an unknown kind of signature, or none', async () => {
      const secret = String(key.jwk['n']);
      const tokens = [
        signed(aKey('entra-1'), second()),
        signed(aKey('entra-2'), second()),
        signed(key, second(), { alg: 'HS256' }, hmacSignature(secret)),
        signed(key, second(), { alg: 'RS512' }, rsaSignature(key, 'sha512')),
        compact({ alg: 'none', kid: key.kid }, second(), () => ''),
        signed(key, second(), { crit: ['x'], x: 1 }),
        `${signed(key, second())}x`,
      ];
      for (const token of tokens) expect(await admit(token)).toEqual({ refused: 401 });
      expect(await signIn.admit({})).toEqual({ refused: 401 });
      expect(await signIn.admit({ authorization: `Basic ${signed(key, second())}` })).toEqual({ refused: 401 });
    });
  });

  describe('answers 403 for a good token', () => {
    test.each<[string, Record<string, unknown>]>([
      ['of a person who signed in', { scp: 'Feeds.Write' }],
      ['of a person, with the role and an empty scope', { scp: '' }],
      ['that says it is a person’s', { idtyp: 'user' }],
      ['whose subject is not the application itself, as in an ID token', { sub: 'pairwise' }],
      ['without an object', { oid: undefined }],
      ['that names no application', { azp: undefined }],
      ['of a public client', { azpacr: '0' }],
      ['without roles', { roles: undefined }],
      ['with another role', { roles: ['Feeds.Read'] }],
      ['with the role as a text', { roles: 'Feeds.Write' }],
      ['with the role in other letters', { roles: ['feeds.write'] }],
    ])('%s', async (_, differs) => {
      expect(await changed(differs)).toEqual({ refused: 403 });
    });
  });

  test('allows clocks to differ by five minutes, either way', async () => {
    expect(await changed({ exp: seconds() - 299 })).toEqual({ sender });
    expect(await changed({ nbf: seconds() + 299 })).toEqual({ sender });
  });

  test('asks for the keys of the tenant once, and keeps them while their server is away', async () => {
    const before = openId.asked.metadata;
    await Promise.all([1, 2, 3].map(() => admit(signed(key, second()))));
    expect(openId.asked.metadata).toBe(before + 1);
    openId.manner = 'down';
    await clock.advance(72 * 60 * minute);
    expect(await admit(signed(key, second()))).toEqual({ sender });
    openId.manner = 'good';
  });

  test('says in the log what was wrong, once a minute each, and nothing of the token', async () => {
    log.lines.length = 0;
    for (let times = 0; times < 3; times += 1) {
      await changed({ aud: sender });
      await changed({ roles: [] });
    }
    expect(log.lines).toEqual(['A sign-in was refused {"why":"aud"}', 'A sign-in was refused {"why":"roles"}']);
  });
});
