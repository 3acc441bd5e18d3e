import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { feedEndpoint } from '../../../src/adapters/http/feed-endpoint.ts';
import { type RunningServer, startServer } from '../../../src/adapters/http/start-server.ts';
import { StoreUnavailable } from '../../../src/ports/database.ts';
import { keptLog } from '../../fakes/quiet-log.ts';

const MB = 1024 * 1024;

describe('a feed', () => {
  let server: RunningServer;
  const taken: { length: number; sender: string }[] = [];
  const steps: string[] = [];
  const statuses = { good: { sender: 'system-1' }, reader: { refused: 403 as const } };
  const endpoint = feedEndpoint(
    'clock',
    {
      admit: async ({ authorization = '' }) => {
        steps.push('sign-in');
        return statuses[authorization as keyof typeof statuses] ?? { refused: 401 };
      },
    },
    async (content, sender) => {
      taken.push({ length: content.length, sender });
      const text = content.subarray(0, 10).toString();
      if (text === 'store') throw new StoreUnavailable('the disk is full');
      return { document: { rows: 1, problems: [], dryRun: false }, taken: text !== 'wrong' };
    },
  );
  beforeAll(async () => {
    const options = { host: '127.0.0.1', port: 0, routes: [], endpoints: [endpoint], rehearsal: false };
    server = await startServer({ ...options, log: keptLog() });
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    taken.length = 0;
    steps.length = 0;
  });

  const post = async (body: string | Buffer | ReadableStream, headers: Record<string, string> = {}, path = 'clock') => {
    const answer = await fetch(`${server.url}/feeds/${path}`, {
      method: 'POST',
      body,
      headers: { authorization: 'good', 'content-type': 'text/csv', ...headers },
      ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
    });
    return { status: answer.status, document: (await answer.json()) as { error?: { message: string } } };
  };
  const chunked = (bytes: number) =>
    new ReadableStream({
      start(controller) {
        for (let left = bytes; left > 0; left -= 64 * 1024) {
          controller.enqueue(new Uint8Array(Math.min(left, 64 * 1024)));
        }
        controller.close();
      },
    });

  test('answers with what became of the file: 200 where it was taken in, 422 where nothing was', async () => {
    expect(await post('right')).toEqual({ status: 200, document: { rows: 1, problems: [], dryRun: false } });
    expect((await post('wrong')).status).toBe(422);
    expect(taken.map((one) => one.sender)).toEqual(['system-1', 'system-1']);
  });

  test('takes 5 MB and not one byte more, whether the length is declared or not', async () => {
    expect((await post(Buffer.alloc(5 * MB))).status).toBe(200);
    expect((await post(chunked(5 * MB))).status).toBe(200);
    const declared = await post(Buffer.alloc(5 * MB + 1));
    expect([declared.status, declared.document.error?.message]).toEqual([413, expect.stringContaining('5 MB')]);
    expect((await post(chunked(5 * MB + 1))).status).toBe(413);
    expect(taken.map((one) => one.length)).toEqual([5 * MB, 5 * MB]);
  });

  test.each([
    'text/csv; charset=utf-8',
    'text/csv;charset="Shift_JIS"',
    'Text/CSV; header=present; charset=windows-31j',
  ])('takes %s', async (type) => {
    expect((await post('x', { 'content-type': type })).status).toBe(200);
  });

  test.each<[string, Record<string, string>, string | Buffer]>([
    ['JSON', { 'content-type': 'application/json' }, '{}'],
    ['no type', { 'content-type': '' }, 'x'],
    ['UTF-16', { 'content-type': 'text/csv; charset=utf-16' }, 'x'],
    ['a compressed file', { 'content-encoding': 'gzip' }, gzipSync('x')],
  ])('refuses %s with 415 before the sign-in', async (_, headers, body) => {
    expect((await post(body, { authorization: 'bad', ...headers })).status).toBe(415);
    expect([steps, taken]).toEqual([[], []]);
  });

  test('refuses in the published order: 404, 415, 413, 401, 403, and reads nothing of whom it refuses', async () => {
    const long = Buffer.alloc(5 * MB + 1);
    const bad = { authorization: 'bad' };
    expect((await post(long, { ...bad, 'content-type': 'x/y' }, 'other')).status).toBe(404);
    expect((await fetch(`${server.url}/feeds/clock`)).status).toBe(405);
    expect((await post(long, { ...bad, 'content-type': 'x/y' })).status).toBe(415);
    expect((await post(long, bad)).status).toBe(413);
    expect(steps).toEqual([]);
    expect((await post('x', bad)).status).toBe(401);
    expect((await post(chunked(5 * MB + 1), bad)).status).toBe(401);
    expect((await post('x', { authorization: 'reader' })).status).toBe(403);
    expect(taken).toEqual([]);
  });

  test('is 503 while the store is down', async () => {
    expect((await post('store')).status).toBe(503);
  });
});
