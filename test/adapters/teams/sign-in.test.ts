import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../../src/adapters/http/start-server.ts';
import {
  aProductionEdge,
  appId,
  aSignedActivity,
  type ProductionEdge,
  serviceUrl,
  tenant,
} from '../../build/production-edge.ts';
import { rawHttp } from '../../fakes/raw-http.ts';
import { aKey, compact, hmacSignature, rsaSignature, signed } from '../../fakes/signed-tokens.ts';

const key = aKey('key-1');
const unendorsed = aKey('unendorsed', { endorsements: undefined });
const webOnly = aKey('web-only', { endorsements: ['webchat', 'msteams2', 'MSTEAMS'] });
const encryption = aKey('for-encryption', { use: 'enc' });
const otherAlgorithm = aKey('for-512', { alg: 'RS512' });
const foreign = aKey('key-1');

/** A real server, real key servers: everything below goes over HTTP. */
describe('POST /api/messages in production', () => {
  let edge: ProductionEdge;
  let server: RunningServer;
  beforeAll(async () => {
    edge = await aProductionEdge(key, [unendorsed, webOnly, encryption, otherAlgorithm]);
    server = await edge.serve();
  });
  afterAll(() => edge.stop());

  function post(authorization: string | null, activity: unknown = aSignedActivity()) {
    const body = typeof activity === 'string' ? activity : JSON.stringify(activity);
    const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) };
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request(`${server.url}/api/messages`, { method: 'POST', headers }, async (answer) => {
        let text = '';
        for await (const piece of answer) text += piece;
        resolve({ status: answer.statusCode ?? 0, body: text });
      });
      sent.on('error', reject).end(body);
    });
  }
  const bearer = (token: string) => `Bearer ${token}`;
  const inSeconds = (seconds: number) => Math.floor(edge.clock.now() / 1_000) + seconds;
  const notSignedIn = {
    status: 401,
    body: '{"error":{"code":"not-signed-in","message":"The request carries no valid sign-in."}}',
  };

  describe('lets in', () => {
    test.each<[string, () => string]>([
      ['a token of the Bot Framework', () => edge.token()],
      ['the same token again', () => edge.token()],
      ['serviceUrl spelled as in the documentation', () => edge.token({ serviceurl: undefined, serviceUrl })],
      ['our app id in capitals', () => edge.token({ aud: appId.toUpperCase() })],
      ['a token that ended 299 s ago by our clock', () => edge.token({ exp: inSeconds(-299) })],
      ['a token that begins in 300 s by our clock', () => edge.token({ nbf: inSeconds(300) })],
    ])('%s', async (_, token) => {
      expect(await post(bearer(token()))).toEqual({ status: 200, body: '' });
    });
    test('a scheme in small letters', async () => {
      expect((await post(`bearer ${edge.token()}`)).status).toBe(200);
    });
    test('an activity we do not use, without an effect', async () => {
      const before = edge.heard();
      expect((await post(bearer(edge.token()), aSignedActivity({ type: 'typing' }))).status).toBe(200);
      expect(edge.heard()).toBe(before);
    });
  });

  describe('refuses with 401 and our own words', () => {
    const claims = () => edge.claims();
    const publicPem = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const publicDer = key.publicKey.export({ type: 'spki', format: 'der' });
    const hs256 = { alg: 'HS256', kid: 'key-1', typ: 'JWT' };

    test.each<[string, () => string | null]>([
      ['no header', () => null],
      ['an empty header', () => ''],
      ['another scheme', () => `Basic ${edge.token()}`],
      ['a token without a scheme', () => edge.token()],
      ['two tokens in one header', () => `Bearer ${edge.token()}, Bearer ${edge.token()}`],
      ['a token with something behind it', () => `Bearer ${edge.token()} x`],
      ['no token behind Bearer', () => 'Bearer '],
      ['a token in quotation marks', () => `Bearer "${edge.token()}"`],
    ])('%s', async (_, authorization) => {
      expect(await post(authorization())).toEqual(notSignedIn);
    });

    test.each<[string, () => string]>([
      ['algorithm none', () => compact({ alg: 'none', kid: 'key-1' }, claims(), () => '')],
      ['algorithm none with a signature', () => compact({ alg: 'none', kid: 'key-1' }, claims(), rsaSignature(key))],
      ['algorithm None and a name of a key', () => compact({ alg: 'None', kid: 'key-1' }, claims(), () => 'AAAA')],
      ['no algorithm', () => compact({ kid: 'key-1' }, claims(), rsaSignature(key))],
      ['HS256 with the public key as PEM', () => compact(hs256, claims(), hmacSignature(publicPem))],
      ['HS256 with the public key as DER', () => compact(hs256, claims(), hmacSignature(publicDer))],
      ['HS256 with the modulus', () => compact(hs256, claims(), hmacSignature(String(key.jwk['n'])))],
      ['HS256 with an empty secret', () => compact(hs256, claims(), hmacSignature(''))],
      ['RS512, correctly signed', () => signed(key, claims(), { alg: 'RS512' }, rsaSignature(key, 'sha512'))],
      ['PS256', () => edge.token({}, { alg: 'PS256' })],
      ['rs256 in small letters', () => edge.token({}, { alg: 'rs256' })],
      ['a list as algorithm', () => edge.token({}, { alg: ['RS256'] })],
      [
        'algorithm written twice, none last',
        () => compact('{"alg":"RS256","kid":"key-1","alg":"none"}', claims(), rsaSignature(key)),
      ],
      ['a wrong signature', () => compact({ alg: 'RS256', kid: 'key-1' }, claims(), () => 'A'.repeat(342))],
      ['an empty signature', () => compact({ alg: 'RS256', kid: 'key-1' }, claims(), () => '')],
      ['the signature of another token', () => withSignatureOf(edge.token({ exp: inSeconds(9) }), edge.token())],
      ['a key of the same name that is not published', () => edge.token({}, {}, foreign)],
      ['its own key in the header (jwk)', () => edge.token({}, { jwk: foreign.jwk }, foreign)],
      ['an address of keys in the header (jku)', () => edge.token({}, { jku: 'http://127.0.0.1:1/' }, foreign)],
      ['a certificate in the header (x5c)', () => edge.token({}, { x5c: ['AAAA'] }, foreign)],
      ['a critical extension', () => edge.token({}, { crit: ['exp'], exp: 1 })],
      ['an unencoded payload (b64)', () => edge.token({}, { crit: ['b64'], b64: false })],
    ])('%s', async (_, token) => {
      expect(await post(bearer(token()))).toEqual(notSignedIn);
    });

    test('a good token behind two blanks', async () => {
      expect(await post(bearer(` ${edge.token()}`))).toEqual(notSignedIn);
    });

    test.each<[string, Record<string, unknown>]>([
      ['a wrong issuer', { iss: 'https://api.botframework.com.evil.example' }],
      ['an issuer with a slash', { iss: 'https://api.botframework.com/' }],
      ['an issuer in capitals', { iss: 'HTTPS://API.BOTFRAMEWORK.COM' }],
      ['the issuer of Entra', { iss: 'https://sts.windows.net/00000000-0000-4000-8000-00000000000b/' }],
      ['a list of issuers', { iss: ['https://api.botframework.com'] }],
      ['no issuer', { iss: undefined }],
      ['a wrong audience', { aud: '00000000-0000-4000-8000-00000000000c' }],
      ['a list as audience, ours among it', { aud: [appId] }],
      ['a list as audience with others', { aud: [appId, 'another'] }],
      ['an empty audience', { aud: '' }],
      ['no audience', { aud: undefined }],
      ['no exp', { exp: undefined }],
      ['no nbf', { nbf: undefined }],
      ['a text as exp', { exp: '9999999999' }],
      ['null as exp', { exp: null }],
      ['a list as nbf', { nbf: [1] }],
      ['no serviceUrl', { serviceurl: undefined }],
      ['an empty serviceUrl', { serviceurl: '' }],
      ['a list as serviceUrl', { serviceurl: [serviceUrl] }],
      ['two serviceUrls that differ', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
    ])('%s', async (_, payload) => {
      expect(await post(bearer(edge.token(payload)))).toEqual(notSignedIn);
    });

    test.each<[string, () => string]>([
      ['an expired token (300 s and more)', () => edge.token({ exp: inSeconds(-300) })],
      ['a token not yet valid (over 300 s)', () => edge.token({ nbf: inSeconds(301) })],
      ['an exp beyond all numbers', () => signedText(JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e999'))],
      ['an nbf before all numbers', () => signedText(JSON.stringify(claims()).replace(/"nbf":\d+/, '"nbf":-1e999'))],
      ['a payload that is a list', () => signedText('[]')],
      ['a payload that is no JSON', () => signedText('{"iss":')],
      [
        'a payload that is no UTF-8',
        () => signedText(Buffer.from(JSON.stringify({ ...claims(), x: '\u00ff' }), 'latin1')),
      ],
      ['an unknown kid', () => edge.token({}, { kid: 'nobody' })],
      ['no kid', () => edge.token({}, { kid: undefined })],
      ['an empty kid', () => edge.token({}, { kid: '' })],
      ['a number as kid', () => edge.token({}, { kid: 1 })],
      ['a list as kid', () => edge.token({}, { kid: ['key-1'] })],
      ['null as kid', () => edge.token({}, { kid: null })],
      ['kid __proto__', () => edge.token({}, { kid: '__proto__' })],
      ['kid in capitals', () => edge.token({}, { kid: 'KEY-1' })],
      ['a kid of 1,000 letters', () => edge.token({}, { kid: 'k'.repeat(1_000) })],
      ['a key for encryption', () => edge.token({}, {}, encryption)],
      ['a key for another algorithm', () => edge.token({}, {}, otherAlgorithm)],
      ['a key without endorsements', () => edge.token({}, {}, unendorsed)],
      ['a key endorsed for other channels', () => edge.token({}, {}, webOnly)],
      ['an oversize token', () => edge.token({ more: 'x'.repeat(8_000) })],
      ['a token of two parts', () => edge.token().split('.').slice(0, 2).join('.')],
      ['a token of four parts', () => `${edge.token()}.AAAA`],
      ['a token with padding', () => `${edge.token()}==`],
      ['the same signature written otherwise', () => withOtherEnd(edge.token())],
    ])('%s', async (_, token) => {
      expect(await post(bearer(token()))).toEqual(notSignedIn);
    });

    test.each<[string, Record<string, unknown>]>([
      ['an empty channelId', { channelId: '' }],
      ['no channelId', { channelId: undefined }],
      ['another channelId', { channelId: 'webchat' }],
      ['channelId in capitals', { channelId: 'MSTEAMS' }],
      ['a list as channelId', { channelId: ['msteams'] }],
      ['another serviceUrl on the list', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
      ['a serviceUrl without its slash', { serviceUrl: 'https://smba.trafficmanager.net/jp' }],
      ['a foreign serviceUrl', { serviceUrl: 'https://evil.example/' }],
      ['no serviceUrl', { serviceUrl: undefined }],
      ['a list as serviceUrl', { serviceUrl: [serviceUrl] }],
    ])('a good token with an activity that has %s', async (_, replaced) => {
      expect(await post(bearer(edge.token()), aSignedActivity(replaced))).toEqual(notSignedIn);
    });

    test('a good token with a document that is no activity', async () => {
      for (const document of ['null', '[]', '1', '"x"']) {
        expect(await post(bearer(edge.token()), document)).toEqual(notSignedIn);
      }
    });
    test('a token sent twice, good or not, whichever comes first', async () => {
      for (const [first, second] of [
        [edge.token(), edge.token()],
        [edge.token(), 'x.y.z'],
        ['x.y.z', edge.token()],
      ]) {
        const body = JSON.stringify(aSignedActivity());
        const lines = `authorization: Bearer ${first}\r\nauthorization: Bearer ${second}\r\n`;
        const head = `POST /api/messages HTTP/1.1\r\nhost: kaeru.example\r\nconnection: close\r\n${lines}`;
        const rest = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
        expect(await rawHttp(server.port, [head + rest])).toMatch(/^HTTP\/1\.1 401 /);
      }
    });
    test('and logs the kind of a refusal once a minute, no token and no text of a library', async () => {
      edge.log.lines.length = 0;
      await edge.clock.advance(60_000);
      for (let times = 0; times < 5; times += 1) await post(bearer(edge.token({ aud: 'x' })));
      await post(bearer(edge.token({ exp: inSeconds(-900) })));
      expect(edge.log.lines).toEqual(['A sign-in was refused {"why":"aud"}', 'A sign-in was refused {"why":"exp"}']);
    });

    const signedText = (payload: string | Buffer) =>
      compact({ alg: 'RS256', kid: 'key-1' }, payload, rsaSignature(key));
    const withSignatureOf = (token: string, other: string) =>
      [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
    const withOtherEnd = (token: string) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) + 1];
    };
  });

  describe('refuses with 403', () => {
    const conversation = { id: 'a:chat-1', conversationType: 'personal' };
    const other = '00000000-0000-4000-8000-0000000000ff';
    test.each<[string, Record<string, unknown>]>([
      [
        'a foreign tenant',
        { conversation: { ...conversation, tenantId: other }, channelData: { tenant: { id: other } } },
      ],
      ['differing tenants', { channelData: { tenant: { id: other } } }],
      ['differing tenants, ours in channelData', { conversation: { ...conversation, tenantId: other } }],
      ['no tenant in the conversation', { conversation }],
      ['no tenant in channelData', { channelData: {} }],
      ['no channelData', { channelData: undefined }],
      ['no tenant at all', { conversation, channelData: undefined }],
      ['an empty tenant', { channelData: { tenant: { id: '' } } }],
      ['a tenant with a blank', { channelData: { tenant: { id: `${tenant} ` } } }],
    ])('%s', async (_, replaced) => {
      const answer = await post(bearer(edge.token()), aSignedActivity(replaced));
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        403,
        { error: { code: expect.stringMatching(/tenant/), message: expect.any(String) } },
      ]);
    });
    test('a token and activity that agree on a host that is not listed', async () => {
      const evil = 'https://evil.example/';
      const answer = await post(bearer(edge.token({ serviceurl: evil })), aSignedActivity({ serviceUrl: evil }));
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('foreign-service-url')]);
    });
  });

  test('judges in the published order: token, JSON, agreement, host and tenant', async () => {
    const bad = { serviceUrl: 'https://evil.example/', channelData: {} };
    const statuses = [];
    for (const [authorization, body] of [
      ['Bearer x', '{'],
      [bearer(edge.token()), '{'],
      [bearer(edge.token()), aSignedActivity(bad)],
      [bearer(edge.token({ serviceurl: bad.serviceUrl })), aSignedActivity(bad)],
    ] as const) {
      statuses.push((await post(authorization, body)).status);
    }
    expect(statuses).toEqual([401, 400, 401, 403]);
  });
});
