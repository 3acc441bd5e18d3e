/*
 * The Agents SDK with express: an echo bot that checks the sign-in, stores nothing and answers a press with the card it
 * was given. Plain JavaScript, because its library is there only after `npm run bench:setup`.
 */
import { readFileSync } from 'node:fs';
import { ActivityHandler, authorizeJWT, CloudAdapter, ConnectorClient } from '@microsoft/agents-hosting';
import express from 'express';

const { appId, tenant, issuer, keysUrl, cardFile } = JSON.parse(process.env.BENCH_PEER ?? '{}');
const authority = new URL(keysUrl).origin;
const connection = { clientId: appId, tenantId: tenant, clientSecret: 'none', authority, issuers: [issuer] };
const settings = { ...connection, connections: new Map([['serviceConnection', connection]]) };
settings.connectionsMap = [{ serviceUrl: '*', connection: 'serviceConnection' }];

/** Spared what costs it a request for a token: the bot sends nothing by itself. */
class Adapter extends CloudAdapter {
  async createConnectorClientWithIdentity(_identity, activity, headers) {
    return ConnectorClient.createClientWithToken(activity.serviceUrl, 'token', headers);
  }
  async createUserTokenClient() {
    return {};
  }
}

const card = cardFile === undefined ? {} : JSON.parse(readFileSync(cardFile, 'utf8'));

class EchoBot extends ActivityHandler {
  async onInvokeActivity() {
    const value = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
    return { status: 200, body: value };
  }
}

const adapter = new Adapter(settings);
const bot = new EchoBot();
const app = express();
app.use(express.json());
app.use(authorizeJWT(settings));
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)));
const server = app.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
