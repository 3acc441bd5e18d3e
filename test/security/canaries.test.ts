import { describe, expect, test } from 'vitest';
import { refusal } from '../../src/adapters/http/answer.ts';
import { noteAct } from '../../src/audit/index.ts';
import type { TestService } from '../build/service.ts';
import { canary, kanaria, leaksIn, staffNumber } from './canary/canaries.ts';
import { type Plant, startHouse } from './canary/house.ts';
import { runFlows } from './canary/run-flows.ts';

const long = process.env['KAERU_LONG'] !== undefined;
const count = long ? 10_000 : 200;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);

/** Before each message leaves. */
function beforeSend(service: TestService, work: (to: string) => unknown): void {
  const { chat } = service.ports;
  const { send } = chat;
  chat.send = async (target, message) => {
    await work(target.conversationId);
    return send(target, message);
  };
}

describe(`personal data and secrets (KAERU_SEED=${seed})`, () => {
  test(`of ${count.toLocaleString('en')} flows appear in no log, error, figure or line of the audit`, {
    timeout: long ? 3_600_000 : 180_000,
  }, async () => {
    console.log(`canaries: KAERU_SEED=${seed}`);
    const house = await startHouse();
    const { leaks, ran } = await runFlows(house, count, seed);
    expect(leaks).toEqual([]);
    expect(Math.min(...ran)).toBeGreaterThan(0);
    const places = new Set(house.seen.map(({ place }) => place));
    expect([...places].sort()).toEqual(
      expect.arrayContaining(['/healthz', '/metrics', '/readyz', 'answer', 'audit', 'log', 'log line']),
    );
  });

  test.each<[string, string, Plant]>([
    [
      'the log, under a field it allows',
      'log line',
      { change: (service) => beforeSend(service, (to) => service.ports.log.warn('Sent', { person: to })) },
    ],
    [
      'the audit',
      'audit',
      {
        change: (service) => {
          const { ports, db } = service;
          const act = { actor: 'cli', action: 'send', subject: 'planted' };
          beforeSend(service, (to) => noteAct(ports, db, { ...act, detail: { to } }));
        },
      },
    ],
    [
      'an error',
      'answer',
      {
        routes: [
          {
            method: 'GET',
            path: '/planted/:name',
            handle: async ({ params }) => refusal(400, 'planted', `There is no ${params['name']}.`),
          },
        ],
      },
    ],
    ['the figures', '/metrics', { figures: { [`refused:${canary('code')}`]: 1 } }],
  ])('that somebody writes into %s are found there', async (_where, place, plant) => {
    const { leaks } = await runFlows(await startHouse(plant), 40, seed);
    expect([...new Set(leaks.map((leak) => leak.place))]).toContain(place);
  });

  test.each([canary('x'), kanaria('x'), staffNumber(7), 'CA0A47CA-0000', 'Bearer eyJhbGciOiJSUzI1NiJ9.x'])(
    'are known as such: %s',
    (text) => expect(leaksIn([{ place: 'log', text: `a ${text} b` }])).toHaveLength(1),
  );
});
