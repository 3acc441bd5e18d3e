import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { connectorChat } from '../../../src/adapters/teams/connector-chat.ts';
import { aProductionEdge, aSignedActivity, type ProductionEdge } from '../../build/production-edge.ts';
import { trapUrls } from '../../fakes/url-tricks.ts';

const listed = 'smba.trafficmanager.net';
const portOf = (server: Server) => {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
};

/** A server that only counts who comes, and a count of every socket that this process opens to anywhere. */
describe('a service URL that leads elsewhere', () => {
  let trap: Server;
  let caught = 0;
  let opened = 0;
  let edge: ProductionEdge;
  const count = () => {
    opened += 1;
  };
  const chatOf = (rehearsal: boolean) =>
    connectorChat({
      clock: systemClock(),
      serviceHosts: { rehearsal, hosts: rehearsal ? [] : [listed] },
      botId: '28:kaeru',
      token: async () => 'a-token-nobody-else-may-see',
    });

  beforeAll(async () => {
    trap = createServer((socket) => {
      caught += 1;
      socket.destroy();
    });
    trap.listen(0, '127.0.0.1');
    await once(trap, 'listening');
    edge = await aProductionEdge();
    await edge.signIn.prepare();
  });
  beforeEach(() => {
    caught = 0;
    opened = 0;
    subscribe('net.client.socket', count);
  });
  afterEach(() => unsubscribe('net.client.socket', count));
  afterAll(async () => {
    trap.close();
    await edge.stop();
  });

  test('is no longer one of 500 and more tricks: none is stored, none is used, no connection is opened', async () => {
    const texts = trapUrls(listed, portOf(trap));
    expect(texts.length).toBeGreaterThanOrEqual(500);
    const chat = chatOf(false);
    for (const serviceUrl of texts) {
      const token = edge.token({ serviceurl: serviceUrl });
      expect(await edge.take(`Bearer ${token}`, aSignedActivity({ serviceUrl })), serviceUrl).toBe(403);
      const target = { serviceUrl, conversationId: 'a:chat-1', tenantId: null };
      const results = [
        await chat.send(target, { summary: 's' }),
        await chat.update(target, 'f:1', { summary: 's' }),
        await chat.create(serviceUrl, 't', 'u'),
      ];
      for (const result of results) expect(result, serviceUrl).toMatchObject({ why: 'service-url-not-allowed' });
    }
    await chat.close();
    expect([caught, opened, edge.heard()]).toEqual([0, 0, 0]);
  });

  test('would have been caught by this trap', async () => {
    const chat = chatOf(true);
    const serviceUrl = `http://127.0.0.1:${portOf(trap)}/`;
    await chat.send({ serviceUrl, conversationId: 'a:chat-1', tenantId: null }, { summary: 's' });
    await chat.close();
    expect([caught, opened]).toEqual([1, 1]);
  });

  test.each([301, 302, 303, 307, 308])('is not followed when a listed host answers %d', async (status) => {
    let asked = 0;
    const connector = createHttp((_request, response) => {
      asked += 1;
      response.statusCode = status;
      response.setHeader('location', `http://127.0.0.1:${portOf(trap)}/`);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(connector, 'listening');
    const chat = chatOf(true);
    const serviceUrl = `http://127.0.0.1:${portOf(connector)}/`;
    const result = await chat.send({ serviceUrl, conversationId: 'a:chat-1', tenantId: null }, { summary: 's' });
    await chat.close();
    connector.closeAllConnections();
    connector.close();
    expect([result.kind, asked, caught]).toEqual(['refused', 1, 0]);
  });
});
