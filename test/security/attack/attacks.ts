import { gzipSync } from 'node:zlib';
import { exchangeRaw, openSocket } from './raw.ts';

/** What an attack needs to know, and dice that fall the same way for the same seed. */
export interface Ground {
  port: number;
  token: string;
  /** A whole number from 0 to below `under`. */
  dice(under: number): number;
}

/** One way to do harm. `may` are the only statuses that it may be answered with; none at all where the connection may just be closed. */
export interface Attack {
  name: string;
  may: number[];
  /** The connection may be closed without a word. */
  silence?: boolean;
  /** Sends it; the statuses that came back, or `hung` where the server held the connection for ever. */
  strike(ground: Ground): Promise<number[] | 'hung'>;
}

const MB = 1024 * 1024;
const piece = Buffer.alloc(64 * 1024, 'x');
const bomb = gzipSync(Buffer.alloc(20 * MB));
const head = (first: string, headers: string[]) =>
  `${[first, 'host: 127.0.0.1', 'connection: close', ...headers].join('\r\n')}\r\n\r\n`;
const post = (headers: string[]) => head('POST /api/messages HTTP/1.1', ['content-type: application/json', ...headers]);
const signedIn = ({ token }: Ground) => `authorization: Bearer ${token}`;

async function send({ port }: Ground, pieces: (string | Buffer)[], half = false): Promise<number[] | 'hung'> {
  const { statuses, hung } = await exchangeRaw(port, pieces, half);
  return hung ? 'hung' : statuses;
}

const chunksOf = (body: Buffer, times: number) => {
  const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
  return [...Array<Buffer>(times).fill(chunk), '0\r\n\r\n'];
};

/** 3 MB with its length said, and 3 MB in chunks from somebody who has signed in. */
export const bigBodies: Attack[] = [
  {
    name: '3 MB declared',
    may: [413],
    strike: (ground) => send(ground, [post([`content-length: ${3 * MB}`]), ...Array<Buffer>(48).fill(piece)]),
  },
  {
    name: '3 MB in chunks, signed in',
    may: [413],
    strike: (ground) => send(ground, [post(['transfer-encoding: chunked', signedIn(ground)]), ...chunksOf(piece, 48)]),
  },
];

const bodies: Attack[] = [
  ...bigBodies,
  {
    name: '3 MB in chunks, not signed in',
    may: [401],
    strike: (ground) => send(ground, [post(['transfer-encoding: chunked']), ...chunksOf(piece, 48)]),
  },
  {
    name: 'gzip bomb',
    may: [415],
    strike: (ground) =>
      send(ground, [post(['content-encoding: gzip', `content-length: ${bomb.length}`, signedIn(ground)]), bomb]),
  },
  {
    name: 'gzip bomb as transfer coding',
    may: [400, 415],
    strike: (ground) =>
      send(ground, [post(['transfer-encoding: gzip, chunked', signedIn(ground)]), ...chunksOf(bomb, 1)]),
  },
  {
    name: 'JSON 100,000 deep',
    may: [400],
    strike: (ground) => json(ground, `{"a":${'['.repeat(100_000)}`),
  },
  {
    name: 'JSON that is none',
    may: [400],
    strike: (ground) =>
      json(ground, ['{', '{"a":1}}', '\u0000', '{"__proto__":{"x":1}', '"\\ud800'][ground.dice(5)] ?? ''),
  },
  {
    name: 'JSON that is no activity',
    may: [400, 401],
    strike: (ground) => json(ground, ['{}', '[]', '7', '"x"', 'null', '{"type":"message"}'][ground.dice(6)] ?? ''),
  },
];

function json(ground: Ground, text: string): Promise<number[] | 'hung'> {
  return send(ground, [post([signedIn(ground), `content-length: ${Buffer.byteLength(text)}`]), text]);
}

const tokens: Attack[] = [
  { name: 'no token', may: [401], strike: (ground) => send(ground, [post(['content-length: 2']), '{}']) },
  {
    name: 'forged token',
    may: [401],
    strike: (ground) => send(ground, [post([`authorization: Bearer ${forged(ground)}`, 'content-length: 2']), '{}']),
  },
  {
    name: 'two tokens',
    may: [400, 401],
    strike: (ground) =>
      send(ground, [post([signedIn(ground), 'authorization: Bearer x.y.z', 'content-length: 2']), '{}']),
  },
];

/** A token of another key, an unknown one, no algorithm, or with one character changed. */
function forged(ground: Ground): string {
  const [header = '', payload = '', signature = ''] = ground.token.split('.');
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const at = ground.dice(signature.length - 1);
  const other = signature[at] === 'A' ? 'B' : 'A';
  const choices = [
    `${encoded({ alg: 'none', kid: 'key-1' })}.${payload}.AAAA`,
    `${encoded({ alg: 'RS256', kid: `key-${ground.dice(1_000_000)}` })}.${payload}.${signature}`,
    `${header}.${encoded({ iss: 'x', aud: 'y', exp: 9_999_999_999, nbf: 1 })}.${signature}`,
    `${header}.${payload}.${signature.slice(0, at)}${other}${signature.slice(at + 1)}`,
    'x'.repeat(8_000),
  ];
  return choices[ground.dice(choices.length)] ?? '';
}

const connections: Attack[] = [
  {
    name: 'random bytes',
    may: [400, 431],
    silence: true,
    strike: (ground) =>
      send(ground, [Buffer.from(Array.from({ length: 1 + ground.dice(4_000) }, () => ground.dice(256)))], true),
  },
  {
    name: 'half-closed in the head',
    may: [400],
    silence: true,
    strike: (ground) => send(ground, ['POST /api/messages HTTP/1.1\r\nhost: a\r\nx-half'], true),
  },
  {
    name: 'half-closed in the body',
    may: [400],
    silence: true,
    strike: (ground) => send(ground, [post([signedIn(ground), 'content-length: 100']), '{'], true),
  },
  {
    name: 'half-closed behind a whole request',
    may: [200],
    strike: (ground) => send(ground, [head('GET /healthz HTTP/1.1', [])], true),
  },
  {
    name: 'reset in the body',
    may: [],
    silence: true,
    strike: (ground) => reset(ground),
  },
  {
    name: 'flood of headers, 1 MB',
    may: [431],
    silence: true,
    strike: (ground) =>
      send(ground, [
        'GET /healthz HTTP/1.1\r\n',
        ...Array.from({ length: 1_000 }, (_no, n) => `x-${n}: ${'a'.repeat(1_000)}\r\n`),
      ]),
  },
  {
    name: 'one header without end',
    may: [431],
    silence: true,
    strike: (ground) => send(ground, ['GET /healthz HTTP/1.1\r\nx: ', ...Array<Buffer>(8).fill(piece)]),
  },
  {
    name: 'chunk extensions without end',
    may: [400, 413],
    silence: true,
    strike: (ground) =>
      send(ground, [post(['transfer-encoding: chunked', signedIn(ground)]), '1;', ...Array<Buffer>(4).fill(piece)]),
  },
  {
    name: 'two lengths (smuggling)',
    may: [400],
    strike: (ground) =>
      send(ground, [
        post([signedIn(ground), 'content-length: 5', 'transfer-encoding: chunked']),
        '0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
      ]),
  },
];

/** A connection that is broken off with a reset in the middle of a body. */
function reset({ port, token }: Ground): Promise<number[]> {
  const socket = openSocket(port);
  const { promise, resolve } = Promise.withResolvers<number[]>();
  socket.once('close', () => resolve([]));
  socket.write(`${post([`authorization: Bearer ${token}`, 'content-length: 100000'])}{"a":`, () =>
    socket.resetAndDestroy(),
  );
  return promise;
}

const targets: Attack[] = [
  {
    name: 'unknown path',
    may: [404],
    strike: (ground) => {
      const paths = [
        '/admin',
        '/.env',
        '//x',
        '/%zz',
        '/api/messages/../x',
        `/${'a'.repeat(5_000)}`,
        '/rehearsal/clock',
        '/downloads/../../etc',
      ];
      return send(ground, [head(`GET ${paths[ground.dice(paths.length)]} HTTP/1.1`, [])]);
    },
  },
  {
    name: 'wrong method',
    may: [400, 404, 405],
    strike: (ground) => {
      const methods = ['GET', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'PATCH', 'PROPFIND', 'NONSENSE'];
      return send(ground, [head(`${methods[ground.dice(methods.length)]} /api/messages HTTP/1.1`, [])]);
    },
  },
  {
    name: 'upgrade',
    may: [401],
    strike: (ground) =>
      send(ground, [
        head('POST /api/messages HTTP/1.1', [
          'content-type: application/json',
          'upgrade: websocket',
          'content-length: 0',
        ]),
      ]),
  },
  {
    name: '200 requests in one breath (pipelining)',
    may: [200],
    strike: (ground) => {
      const one = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n';
      return send(ground, [one.repeat(199) + head('GET /healthz HTTP/1.1', [])]);
    },
  },
  {
    name: 'figures without the token',
    may: [401],
    strike: (ground) => send(ground, [head('GET /metrics HTTP/1.1', [])]),
  },
];

/** Every attack of the mix. Slow sockets are a matter of their own. */
export const attacks: Attack[] = [...bodies, ...tokens, ...connections, ...targets];
