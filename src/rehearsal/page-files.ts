import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { HttpResponse, HttpRoute } from '../ports/http.ts';
import { problem } from './answers.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from outside, nothing inline, in nobody's frame. */
const headers = {
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const pageFolder = new URL('./page/', import.meta.url);
const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

/** The page, its files, the card gallery and Microsoft's renderer from its package. */
export function pageRoutes(): HttpRoute[] {
  const get = (path: string, file: string | URL): HttpRoute => ({ method: 'GET', path, handle: () => answer(file) });
  return [
    get('/', new URL('index.html', pageFolder)),
    get('/rehearsal/cards', new URL('gallery.html', pageFolder)),
    get('/rehearsal/adaptivecards.js', renderer),
    get('/favicon.ico', new URL('kaeru.svg', pageFolder)),
    {
      method: 'GET',
      path: '/rehearsal/page/:file',
      handle: async ({ params }) => {
        const { file = '' } = params;
        const known = /^[a-z][a-z-]*\.(css|js|svg)$/.test(file);
        return known ? answer(new URL(file, pageFolder)) : problem(404, 'not-found', 'There is no such file.');
      },
    },
  ];
}

async function answer(file: string | URL): Promise<HttpResponse> {
  const type = types[extname(typeof file === 'string' ? file : file.pathname)] ?? 'application/octet-stream';
  try {
    return { status: 200, headers: { ...headers, 'content-type': type }, body: await readFile(file) };
  } catch {
    return problem(404, 'not-found', 'There is no such file.');
  }
}
