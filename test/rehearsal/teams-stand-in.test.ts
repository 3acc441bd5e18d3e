import { afterEach, describe, expect, it } from 'vitest';
import { type Activity, aad, cardMessage, productWith } from './product.ts';

type Product = Awaited<ReturnType<typeof productWith>>;

const asked = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: '質問' }] };
const answered = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: '回答' }] };
const cardAnswer = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answered };
const press = {
  type: 'Action.Execute' as const,
  verb: 'no-overtime-day.answer',
  data: { i: 'x', r: 1, answer: 'leave' },
};

describe('the stand-in for Teams', () => {
  let product: Product;
  afterEach(() => product.close());

  async function withOneCard(answer: (activity: Activity) => object | undefined, card: object = asked) {
    product = await productWith(answer);
    await product.teams().install(aad);
    const conversation = encodeURIComponent(product.activities[0]?.conversation.id ?? '');
    const sent = await product.connector('POST', `/${conversation}/activities`, cardMessage(card));
    const { id } = (await sent.json()) as { id: string };
    const shown = () => product.teams().chatOf(aad).messages[0];
    return { conversation, id, shown };
  }

  it('tells of an installation as Teams does', async () => {
    product = await productWith(() => undefined);
    expect(await product.teams().install(aad.toUpperCase())).toBe(true);
    expect(product.activities[0]).toMatchObject({
      type: 'installationUpdate',
      action: 'add',
      channelId: 'msteams',
      serviceUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      from: { id: expect.stringMatching(/^29:/), aadObjectId: aad },
      recipient: { id: '28:kaeru' },
      conversation: { conversationType: 'personal', tenantId: product.tenant },
      channelData: { tenant: { id: product.tenant } },
    });
  });

  it('takes a card and keeps it unread with its toast until the person reads it', async () => {
    const { shown } = await withOneCard(() => undefined);
    expect(shown()).toMatchObject({ shown: asked, stored: asked, summary: 'お知らせ', unread: true });
    expect(product.teams().store.unread()).toEqual(new Map([[aad, 1]]));
    product.teams().markRead(aad);
    expect(shown()?.unread).toBe(false);
  });

  it('shows the card a press returns and stores it only when the bot updates the message', async () => {
    const { conversation, id, shown } = await withOneCard(({ type }) => (type === 'invoke' ? cardAnswer : undefined));
    await product.teams().press(aad, id, press);
    expect(product.activities.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: id,
      value: { action: { type: 'Action.Execute', verb: press.verb, data: press.data }, trigger: 'manual' },
    });
    expect(shown()).toMatchObject({ shown: answered, stored: asked });
    product.teams().reload(aad, id);
    expect(shown()).toMatchObject({ shown: asked, stored: asked });
    const updated = await product.connector('PUT', `/${conversation}/activities/${id}`, cardMessage(answered));
    expect(updated.status).toBe(200);
    expect(shown()).toMatchObject({ shown: answered, stored: answered });
  });

  it('asks for the present card when the chat is opened, but only where the card names this person', async () => {
    const { id, shown } = await withOneCard(({ type }) => (type === 'invoke' ? cardAnswer : undefined));
    await product.teams().refresh(aad);
    expect(product.activities.filter(({ type }) => type === 'invoke')).toEqual([]);
    const userIds = [product.teams().store.openChat(aad).userId];
    const refresh = { userIds, action: { type: 'Action.Execute', verb: 'delivery.refresh', data: { i: 'x', r: 1 } } };
    const conversation = encodeURIComponent(product.teams().store.openChat(aad).conversationId);
    await product.connector('PUT', `/${conversation}/activities/${id}`, cardMessage({ ...asked, refresh }));
    await product.teams().refresh(aad);
    expect(product.activities.at(-1)?.value).toMatchObject({
      trigger: 'automatic',
      action: { verb: 'delivery.refresh' },
    });
    expect(shown()).toMatchObject({ shown: answered, stored: { refresh } });
  });

  it('keeps the card and says the sentence when a press is refused', async () => {
    const error = {
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'BadRequest', message: 'できません。' },
    };
    const { id, shown } = await withOneCard(({ type }) => (type === 'invoke' ? error : undefined));
    await product.teams().press(aad, id, press);
    expect(shown()).toMatchObject({ shown: asked, note: 'できません。' });
  });

  it('sends Action.Submit as a message that carries the data', async () => {
    const { id } = await withOneCard(() => undefined);
    await product.teams().press(aad, id, { type: 'Action.Submit', data: { i: 'x' } });
    expect(product.activities.at(-1)).toMatchObject({ type: 'message', value: { i: 'x' }, replyToId: id });
  });

  it('refuses to write to somebody who removed the app', async () => {
    const { conversation } = await withOneCard(() => undefined);
    await product.teams().uninstall(aad);
    const refused = await product.connector('POST', `/${conversation}/activities`, cardMessage(asked));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'BotNotInConversationRoster' } });
    const created = await product.connector('POST', '', { members: [{ id: aad }] });
    expect(created.status).toBe(403);
  });

  it('opens the same chat again for somebody who has the app', async () => {
    const { conversation } = await withOneCard(() => undefined);
    const created = await product.connector('POST', '', { members: [{ id: aad }], isGroup: false });
    expect(await created.json()).toEqual({ id: decodeURIComponent(conversation) });
  });

  it('has every chat again when the service was killed, and installs for nobody twice', async () => {
    await withOneCard(() => undefined);
    const before = product.teams().chatOf(aad);
    const again = product.reopen();
    expect(again.chatOf(aad)).toEqual(before);
    const other = '00000000-0000-4000-8000-00000000000b';
    expect(await again.installEveryone([aad, other])).toBe(0);
    const installed = product.activities.filter(({ type }) => type === 'installationUpdate');
    expect(installed.map(({ from }) => from.aadObjectId)).toEqual([aad, other]);
  });

  it('answers for conversations and messages it does not have with 404, and for what is no message with 400', async () => {
    const { conversation } = await withOneCard(() => undefined);
    expect((await product.connector('POST', '/a%3Anone/activities', cardMessage(asked))).status).toBe(404);
    expect((await product.connector('PUT', `/${conversation}/activities/1`, cardMessage(asked))).status).toBe(404);
    expect((await product.connector('POST', `/${conversation}/activities`, { type: 'message' })).status).toBe(400);
  });
});
