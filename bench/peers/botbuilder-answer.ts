/*
 * botbuilder's CloudAdapter with restify: it checks the sign-in, writes the answer durably with one upsert (the pragmas are
 * ours) and answers a press with the card it was given.
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import {
  type AdaptiveCardInvokeResponse,
  type AdaptiveCardInvokeValue,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import { createServer, plugins } from 'restify';

const { appId, issuer, metadataUrl, cardFile, store } = JSON.parse(process.env['BENCH_PEER'] ?? '{}') as Record<
  'appId' | 'issuer' | 'metadataUrl' | 'cardFile' | 'store',
  string
>;

const database = new DatabaseSync(store);
database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;');
database.exec('create table answer (item text primary key, person text, answer text, answered_at integer)');
const upsert = database.prepare(
  `insert into answer values (?, ?, ?, ?)
   on conflict (item) do update set person = excluded.person, answer = excluded.answer, answered_at = excluded.answered_at`,
);
const card = JSON.parse(readFileSync(cardFile, 'utf8')) as Record<string, unknown>;

class Bot extends TeamsActivityHandler {
  protected override async onAdaptiveCardInvoke(
    context: TurnContext,
    { action }: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    const { i, answer } = action.data as { i: string; answer: string };
    upsert.run(i, context.activity.from.aadObjectId ?? '', answer, Date.now());
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  }
}

const authentication = new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'none',
  MicrosoftAppType: 'MultiTenant',
  ToBotFromChannelTokenIssuer: issuer,
  ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
  ToChannelFromBotLoginUrl: issuer,
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  OAuthUrl: issuer,
  ValidateAuthority: 'false',
});
const adapter = new CloudAdapter(authentication);
adapter.onTurnError = async (_context, error) => {
  console.error(error);
};
const bot = new Bot();
const server = createServer();
Reflect.set(server.log, 'level', 'silent');
server.use(plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(Object.assign(request, { method: 'POST' }), response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
