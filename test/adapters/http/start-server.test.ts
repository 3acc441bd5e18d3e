import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MessagesHandler } from '../../../src/adapters/http/endpoint.ts';
import { type RunningServer, startServer } from '../../../src/adapters/http/start-server.ts';
import { StoreUnavailable } from '../../../src/ports/database.ts';
import type { HttpRoute } from '../../../src/ports/http.ts';
import { keptLog } from '../../fakes/quiet-log.ts';
import { rawHttp } from '../../fakes/raw-http.ts';

const KB = 1024;
const steps: string[] = [];
/** Signs in who sends `authorization: good`; an activity `{"foreign":true}` is somebody else's. */
const messages: MessagesHandler = {
  async admit(headers) {
    steps.push('sign-in');
    if (headers.authorization !== 'good') return { refused: 'not-signed-in' };
    return {
      async handle(activity) {
        steps.push('handled');
        return { status: 200, body: JSON.stringify({ got: activity }) };
      },
    };
  },
};
let streamEnded: Promise<void>;
const routes: HttpRoute[] = [
  {
    method: 'GET',
    path: '/echo/:name',
    handle: async ({ params, query }) => ({ status: 200, body: JSON.stringify({ params, query: [...query] }) }),
  },
  { method: 'PUT', path: '/echo/:name', handle: async ({ body }) => ({ status: 201, body }) },
  { method: 'DELETE', path: '/echo/:name', handle: async () => ({ status: 204 }) },
  {
    method: 'POST',
    path: '/throws',
    async handle({ body }) {
      if (body.toString() === 'store') throw new StoreUnavailable('the disk is full at /secret/place');
      throw new TypeError('a secret in a library text');
    },
  },
  {
    method: 'GET',
    path: '/events',
    async handle({ closed }) {
      async function* events() {
        yield 'data: 1\n\n';
        await new Promise<void>((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }));
      }
      streamEnded = new Promise((resolve) => closed.addEventListener('abort', () => resolve()));
      return { status: 200, headers: { 'Content-Type': 'text/event-stream' }, body: events() };
    },
  },
];

describe('the server', () => {
  let server: RunningServer;
  const log = keptLog();

  beforeEach(async () => {
    steps.length = 0;
    server = await startServer({ host: '127.0.0.1', port: 0, routes, messages, rehearsal: false, log });
  });
  afterEach(() => server.stop());

  const post = (body: string | Buffer | ReadableStream, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      body,
      headers: { authorization: 'good', 'content-type': 'application/json', ...headers },
      ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    });

  async function expectRefusal(answer: Response, status: number) {
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  }

  describe('refuses in the published order', () => {
    test('an unknown path is 404 before anything else', async () => {
      const answer = await fetch(`${server.url}/api/other`, {
        method: 'POST',
        body: gzipSync('x'.repeat(300 * KB)),
        headers: { 'content-encoding': 'gzip' },
      });
      await expectRefusal(answer, 404);
    });
    test('a wrong method is 405 and says which are right', async () => {
      const answer = await fetch(`${server.url}/api/messages`, { method: 'PUT', body: 'x'.repeat(300 * KB) });
      expect(answer.headers.get('allow')).toBe('POST');
      await expectRefusal(answer, 405);
    });
    test('a compressed body is 415, also when it is too long and nobody signed in', async () => {
      const long = Buffer.alloc(300 * KB);
      await expectRefusal(await post(long, { 'content-encoding': 'gzip', authorization: 'bad' }), 415);
      expect(steps).toEqual([]);
    });
    test.each(['text/plain', '', 'application/jsonp', 'application/json; charset=shift_jis', 'multipart/form-data'])(
      'content type %j is 415',
      async (type) => expectRefusal(await post('{}', { 'content-type': type }), 415),
    );
    test('content type with charset utf-8 is taken', async () => {
      expect((await post('{}', { 'content-type': 'Application/JSON; charset="UTF-8"' })).status).toBe(200);
    });
    test('a declared length over 256 KB is 413 before the sign-in', async () => {
      await expectRefusal(await post('x'.repeat(256 * KB + 1), { authorization: 'bad' }), 413);
      expect(steps).toEqual([]);
    });
    test('no sign-in is 401 before the body is read', async () => {
      const head =
        'POST /api/messages HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';
      expect(await rawHttp(server.port, [head])).toMatch(/^HTTP\/1\.1 401 /);
    });
    test('a bad sign-in is 401 even with bad JSON', async () => {
      await expectRefusal(await post('{', { authorization: 'bad' }), 401);
    });
    test('a chunked body over 256 KB is 413 after the sign-in', async () => {
      const body = new ReadableStream({
        start(controller) {
          for (let piece = 0; piece < 5; piece += 1) controller.enqueue(new Uint8Array(64 * KB));
          controller.close();
        },
      });
      await expectRefusal(await post(body), 413);
      expect(steps).toEqual(['sign-in']);
    });
    test('exactly 256 KB is read', async () => {
      const text = JSON.stringify('x'.repeat(256 * KB - 2));
      expect((await post(text)).status).toBe(200);
    });
    test.each(['', '{', '{"a":1}}', 'null x', '\u0000', '{"a":', "{'a':1}"])('bad JSON %j is 400', async (text) => {
      await expectRefusal(await post(text), 400);
      expect(steps).toEqual(['sign-in']);
    });
    test('a body that is no UTF-8 is 400', async () => {
      await expectRefusal(await post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400);
    });
    test('JSON 33 deep is 400 and 32 deep is taken', async () => {
      const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
      await expectRefusal(await post(nested(33)), 400);
      expect((await post(nested(32))).status).toBe(200);
      await expectRefusal(await post(`{"a":${'['.repeat(100_000)}`), 400);
    });
    test('brackets inside strings are not depth', async () => {
      expect((await post(JSON.stringify({ text: `"\\${'['.repeat(99)}` }))).status).toBe(200);
    });
  });

  describe('mounts routes as data', () => {
    test('params and query arrive decoded', async () => {
      const answer = await fetch(`${server.url}/echo/%E8%A6%8B%E6%9C%AC?a=1&a=%E3%81%82`);
      expect(await answer.json()).toEqual({
        params: { name: '見本' },
        query: [
          ['a', '1'],
          ['a', 'あ'],
        ],
      });
    });
    test('PUT and DELETE work, and bodies come back as they were', async () => {
      const put = await fetch(`${server.url}/echo/a`, { method: 'PUT', body: '見本' });
      expect([put.status, await put.text()]).toEqual([201, '見本']);
      expect((await fetch(`${server.url}/echo/a`, { method: 'DELETE' })).status).toBe(204);
    });
    test('the body limit holds for every route', async () => {
      const put = await fetch(`${server.url}/echo/a`, { method: 'PUT', body: Buffer.alloc(256 * KB + 1) });
      await expectRefusal(put, 413);
    });
    test('GET /healthz says that the process answers', async () => {
      const answer = await fetch(`${server.url}/healthz`);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    });
    test('a stream is written piece by piece and ends when the client goes', async () => {
      const leave = new AbortController();
      const answer = await fetch(`${server.url}/events`, { signal: leave.signal });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      const first = await answer.body?.getReader().read();
      expect(Buffer.from(first?.value ?? []).toString()).toBe('data: 1\n\n');
      leave.abort();
      await streamEnded;
    });
    test('stop ends streams that are open', async () => {
      const answer = await fetch(`${server.url}/events`);
      await server.stop();
      expect(await answer.text()).toBe('data: 1\n\n');
    });
  });

  describe('survives', () => {
    test('a handler that throws: short JSON without its text, and the next request is answered', async () => {
      const answer = await fetch(`${server.url}/throws`, { method: 'POST', body: 'x' });
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain('secret');
      expect(log.lines.join()).not.toContain('secret');
      const down = await fetch(`${server.url}/throws`, { method: 'POST', body: 'store' });
      await expectRefusal(down, 503);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    });
    test.each([
      'GET // HTTP/1.1',
      'GET /%zz HTTP/1.1',
      'GET /echo/%ff HTTP/1.1',
      'GET http://other/ HTTP/1.1',
      'OPTIONS * HTTP/1.1',
    ])('the target of %j with a 404', async (line) => {
      expect(await rawHttp(server.port, [`${line}\r\nhost: a\r\nconnection: close\r\n\r\n`])).toMatch(
        /^HTTP\/1\.1 404 /,
      );
    });
    test.each([
      'connection: upgrade\r\nupgrade: websocket',
      'expect: 200-ok',
      'transfer-encoding: gzip, chunked',
      'content-length: -1',
    ])('the header %j without a 5xx', async (header) => {
      const request = `POST /api/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n${header}\r\n\r\n`;
      expect(await rawHttp(server.port, [request])).toMatch(/^HTTP\/1\.1 4/);
    });
  });

  test('says in a sentence that a port is taken', async () => {
    const again = startServer({ host: '127.0.0.1', port: server.port, routes: [], rehearsal: true, log });
    await expect(again).rejects.toMatchObject({ name: 'Refusal', code: 'port-in-use' });
  });
});

describe('big bodies', () => {
  test('of 3 MB are refused with at most 5 MB more memory, declared or chunked', async () => {
    const script = fileURLToPath(new URL('../../fakes/http-server.ts', import.meta.url));
    const child = fork(script, { execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'] });
    const [{ port }] = await once(child, 'message');
    const piece = Buffer.alloc(64 * KB, 'x');
    const pieces = Array<Buffer>(48).fill(piece);
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]);
    const head = 'POST /api/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n';
    const declared = [`${head}content-length: ${3 * KB * KB}\r\n\r\n`, ...pieces];
    const chunked = [`${head}transfer-encoding: chunked\r\n\r\n`, ...Array<Buffer>(48).fill(chunk), '0\r\n\r\n'];
    const memory = async (when: 'tidy' | 'now') => {
      child.send(when);
      const [used] = await once(child, 'message');
      return used.bytes as number;
    };
    for (const request of [declared, chunked, declared, chunked]) {
      const before = await memory('tidy');
      expect(await rawHttp(port, request)).toMatch(/^HTTP\/1\.1 413 /);
      expect((await memory('now')) - before).toBeLessThan(5 * KB * KB);
    }
    child.disconnect();
    await once(child, 'exit');
  });
});

describe('slow clients', () => {
  test('are closed when their headers or their body take too long', async () => {
    const limits = { headers: 200, request: 400 };
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      routes,
      messages,
      rehearsal: false,
      log: keptLog(),
      limits,
    });
    const begun = performance.now();
    const slowHead = rawHttp(server.port, ['GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ']);
    const slowBody = rawHttp(server.port, [
      'POST /api/messages HTTP/1.1\r\nhost: a\r\nauthorization: good\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ]);
    expect(await slowHead).toMatch(/^HTTP\/1\.1 408 /);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - begun).toBeLessThan(3_000);
    await server.stop();
  });

  test('give way to good ones when the connections are used up', async () => {
    const limits = { connections: 40 };
    const server = await startServer({ host: '127.0.0.1', port: 0, routes, rehearsal: false, log: keptLog(), limits });
    const slow = Array.from({ length: 80 }, () =>
      rawHttp(server.port, ['GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ']),
    );
    const good = await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${server.url}/healthz`).then((one) => one.status)),
    );
    expect(good).toEqual(Array(10).fill(200));
    await server.stop();
    await Promise.all(slow);
  });
});

describe('rehearsal', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await startServer({ host: '127.0.0.1', port: 0, routes, messages, rehearsal: true, log: keptLog() });
  });
  afterEach(() => server.stop());

  const status = async (headers: string, path = '/healthz') => {
    const answer = await rawHttp(server.port, [`GET ${path} HTTP/1.1\r\nconnection: close\r\n${headers}\r\n\r\n`]);
    return Number(answer.slice(9, 12));
  };

  test('listens on loopback only', async () => {
    const open = startServer({ host: '0.0.0.0', port: 0, routes, rehearsal: true, log: keptLog() });
    await expect(open).rejects.toMatchObject({ name: 'Refusal', code: 'not-loopback' });
  });
  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('is reached as %s', async (host) => {
    expect(await status(`host: ${host}:${server.port}`)).toBe(200);
  });
  test('is used from its own page', async () => {
    const { port } = server;
    expect(await status(`host: localhost:${port}\r\norigin: http://localhost:${port}`)).toBe(200);
  });
  test.each([
    ['a foreign host', 'host: evil.example'],
    ['a host that begins like ours', 'host: localhost.evil.example'],
    ['another port', 'host: localhost:1'],
    ['an empty host', 'host: '],
    ['a foreign origin', 'host: HERE\r\norigin: https://evil.example'],
    ['another local origin', 'host: HERE\r\norigin: http://localhost:1'],
    ['an https origin', 'host: HERE\r\norigin: https://HERE'],
    ['an origin that begins like ours', 'host: HERE\r\norigin: http://HERE.evil.example'],
    ['no origin (sandboxed page)', 'host: HERE\r\norigin: null'],
    ['Forwarded', 'host: HERE\r\nforwarded: for=192.0.2.1'],
    ['X-Forwarded-For', 'host: HERE\r\nx-forwarded-for: 192.0.2.1'],
    ['X-Forwarded-Host', 'host: HERE\r\nX-Forwarded-Host: localhost'],
  ])('refuses %s on every path', async (_name, headers) => {
    const here = headers.replaceAll('HERE', `127.0.0.1:${server.port}`);
    for (const path of ['/healthz', '/echo/a', '/api/messages', '/nowhere']) expect(await status(here, path)).toBe(403);
  });
});
