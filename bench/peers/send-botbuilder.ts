/* botbuilder: the layout expanded for each person, and the card sent by continueConversationAsync. It keeps no state. */
import { createRequire } from 'node:module';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder';
import { loadLayout, loadMarks } from '../../src/adapters/cards/load-layout.ts';
import { appId } from '../production.ts';
import { sampleCard } from '../sample-card.ts';
import { cardsFolder } from '../scenario.ts';
import { listenForOrders } from './paced-sends.ts';

type Engine = typeof import('adaptivecards-templating/lib/template-engine.js');
const { Template } = createRequire(import.meta.url)('adaptivecards-templating/lib/template-engine.js') as Engine;

const { serviceUrl = '' } = JSON.parse(process.env['BENCH_PEER'] ?? '{}') as Record<string, string>;
/** Spared the request for a token. */
const credentials: Exclude<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1], undefined> = {
  isValidAppId: async () => true,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({ signRequest: async (request) => request }),
};
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: appId }, credentials));
const template = new Template(loadLayout(cardsFolder, sampleCard('').template));
const $host = { marks: loadMarks(cardsFolder) };

listenForOrders(async (n) => {
  const to: Partial<ConversationReference> = {
    bot: { id: '28:bench', name: '' },
    user: { id: `29:${n}`, name: '' },
    channelId: 'msteams',
    conversation: { id: `a:peer-${n}`, name: '', isGroup: false, conversationType: 'personal' },
    serviceUrl,
  };
  await adapter.continueConversationAsync(appId, to, async (context) => {
    const card: unknown = template.expand({ $root: sampleCard(`item-${n}`).data, $host });
    await context.sendActivity({ attachments: [CardFactory.adaptiveCard(card)] });
  });
});
