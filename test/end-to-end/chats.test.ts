import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { answerButton, buttonsOf, cardIn, chat, oneTitled, returnedCard, titleOf, wordsOf } from './cards.ts';
import { dataFolder, kaeru, type Product, startBare } from './product.ts';
import { aadOf, chatOf, installed, type Person, pressed, staffFile, uninstalled, wrote } from './teams.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const HEAD = '900001';
const CLERK = '900002';
const LATE_COMER = '900003';
const LEAVER = '900004';
const NEWCOMER = '900005';
const STRANGER = '999999';
const WEDNESDAY = '本日は定時退庁日です';
const SECTION_DAY = '本日は所属のノー残業デーです';
/** The section has its own day on Thursday, so that the next card is a day away and not a week. */
const policy = `organisation: 試験市
noOvertime: { sectionDays: [{ section: 試験局/試験部/試験課, weekday: thu }] }
`;

const people: Person[] = [
  { staff: HEAD },
  { staff: CLERK, head: HEAD },
  { staff: LATE_COMER, head: HEAD },
  { staff: LEAVER, head: HEAD },
];

const folder = dataFolder();
let connector: FakeConnector;
let product: Product;

const at = (time: string, day = '18') => `2026-11-${day}T${time}:00+09:00`;
const titles = async (staff: string) => (await chat(connector, staff)).map(({ stored }) => titleOf(cardIn(stored)));
const newest = async (staff: string) => cardIn((await chat(connector, staff)).at(-1)?.stored);

async function importStaff(rows: Person[]): Promise<void> {
  writeFileSync(folder.file('staff.csv'), staffFile(rows));
  const { status, stderr } = await kaeru(['import', 'staff', folder.file('staff.csv'), '--data', folder.data]);
  expect(status, stderr).toBe(0);
}

async function says(staff: string, text: string): Promise<unknown> {
  const before = (await chat(connector, staff)).length;
  expect((await product.activity(wrote(staff, connector.serviceUrl, text))).status).toBe(200);
  await product.settle();
  expect(await chat(connector, staff)).toHaveLength(before + 1);
  return newest(staff);
}

beforeAll(async () => {
  connector = await startFakeConnector();
  writeFileSync(folder.file('policy.yaml'), policy);
  const applied = await kaeru(['policy', 'apply', folder.file('policy.yaml'), '--data', folder.data]);
  expect(applied.status, applied.stderr).toBe(0);
  await importStaff(people);
  product = await startBare(folder.data, { at: at('10:00') });
  for (const staff of [HEAD, CLERK, LEAVER]) await product.activity(installed(staff, connector.serviceUrl));
  await product.settle();
});

afterAll(async () => {
  await product?.stop();
  await connector?.stop();
  folder.remove();
});

describe('what people write', () => {
  test.each([
    ['今日', '今日のお知らせ', CLERK],
    ['ｔｏｄａｙ', '今日のお知らせ', HEAD],
    ['ヘルプ', 'Kaeruの使い方', LEAVER],
    ['help', 'Kaeruの使い方', CLERK],
    ['言語', '言語を選んでください', HEAD],
    ['language', '言語を選んでください', LEAVER],
    ['こんにちは', '内容を読み取れませんでした', CLERK],
  ])('「%s」 is answered by one card: %s', async (text, title, staff) => {
    expect(titleOf(await says(staff, text))).toBe(title);
  });

  test('only a head is told of チーム, and only a head gets it', async () => {
    expect(wordsOf(await says(HEAD, 'ヘルプ'))).toContain('チーム: ');
    expect(wordsOf(await says(CLERK, 'ヘルプ'))).not.toContain('チーム');
    expect(titleOf(await says(HEAD, 'team'))).toBe('チームの今の状況');
  });

  test('a language once chosen holds for the card at hand and for those to come', async () => {
    const card = await says(CLERK, '言語');
    const english = buttonsOf(card).find((one) => one.data['language'] === 'en');
    const { id } = (await chat(connector, CLERK)).at(-1) ?? { id: '' };
    const button = { verb: english?.verb ?? '', data: english?.data ?? {} };
    const answer = await product.activity(pressed(CLERK, connector.serviceUrl, button, id));
    expect(titleOf(returnedCard(answer))).toBe('Choose a language');
    expect(titleOf(await says(CLERK, 'today'))).toBe("Today's notices");
    expect(titleOf(await says(HEAD, 'today'))).toBe('今日のお知らせ');
  });

  test('the same message twice, as Teams repeats it, is answered once', async () => {
    const activity = wrote(HEAD, connector.serviceUrl, 'ヘルプ');
    const before = (await chat(connector, HEAD)).length;
    await product.activity(activity);
    await product.activity(activity);
    await product.settle();
    expect(await chat(connector, HEAD)).toHaveLength(before + 1);
  });

  test('in a group there is one sentence and nothing else, and the group becomes nobody’s chat', async () => {
    const activity = wrote(HEAD, connector.serviceUrl, '<at>Kaeru</at> チーム');
    const group = { id: '19:group', conversationType: 'groupChat', tenantId: 'tenant-1', isGroup: true };
    expect((await product.activity({ ...activity, conversation: group })).status).toBe(200);
    await product.settle();
    const said = (await connector.conversation('19:group'))?.activities.map((one) => one.stored);
    expect(said).toHaveLength(1);
    expect(said?.[0]).toMatchObject({ type: 'message', text: '個人チャットでお話しください' });
    expect(said?.[0]).not.toHaveProperty('attachments');
    expect(titleOf(await says(HEAD, '今日'))).toBe('今日のお知らせ');
  });

  test('somebody the roster does not know gets a polite card without data, and no button', async () => {
    const card = await says(STRANGER, 'チーム');
    expect(titleOf(card)).toBe('まだ登録がありません');
    expect(buttonsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toContain('試験 9000');
  });
});

describe('what is no activity', () => {
  const post = (body: string, headers: Record<string, string> = {}) => product.post('/api/messages', body, headers);
  const good = () => wrote(CLERK, connector.serviceUrl, 'help');
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test.each<[string, () => Promise<{ status: number; text: string }>, number]>([
    ['an unknown address', () => product.post('/api/nothing', '{}'), 404],
    ['another method', async () => getMessages(), 405],
    ['text that is not JSON', () => post('{"type":'), 400],
    ['another content type', () => post('{}', { 'content-type': 'text/plain' }), 415],
    ['a packed body', () => post('{}', { 'content-encoding': 'gzip' }), 415],
    ['a body over 256 KB', () => post(JSON.stringify({ ...good(), text: 'あ'.repeat(100_000) })), 413],
    ['JSON 33 deep', () => post(nested(33)), 400],
    ['an activity without a sender', () => post(JSON.stringify({ ...good(), from: undefined })), 400],
    ['a list', () => post('[]'), 400],
    ['a foreign serviceUrl', () => post(JSON.stringify({ ...good(), serviceUrl: 'https://evil.example/' })), 403],
    [
      'a serviceUrl that only looks local',
      () => post(JSON.stringify({ ...good(), serviceUrl: 'http://127.0.0.1@evil.example/' })),
      403,
    ],
    [
      'two tenants in one activity',
      () => post(JSON.stringify({ ...good(), channelData: { tenant: { id: 'other' } } })),
      403,
    ],
    ['a request through a proxy', () => post(JSON.stringify(good()), { 'x-forwarded-for': '10.0.0.1' }), 403],
    [
      'a request from a page of another site',
      () => post(JSON.stringify(good()), { origin: 'https://evil.example' }),
      403,
    ],
  ])('%s is refused with its status, a short JSON error and no effect', async (_what, send, status) => {
    const before = await connector.state();
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    expect(answer.text.length).toBeLessThan(400);
    await product.settle();
    expect((await connector.state()).calls).toHaveLength(before.calls.length);
  });

  test('a foreign Host (DNS rebinding) is refused', async () => {
    expect(await statusUnderHost('kaeru.example')).toBe(403);
    expect(await statusUnderHost(`127.0.0.1:${product.port}`)).toBe(200);
  });

  test.each([
    ['no action', { value: {} }],
    ['no item', { value: { action: { verb: 'no-overtime-day.answer', data: {} } } }],
    ['an unknown item', { value: { action: { verb: 'no-overtime-day.answer', data: { i: 'x'.repeat(22), r: 0 } } } }],
    ['an unknown verb', { value: { action: { verb: 'constructor', data: { i: 'x', r: 0 } } } }],
    ['a revision that is none', { value: { action: { verb: 'no-overtime-day.answer', data: { i: 'x', r: -1 } } } }],
  ])('a press with %s is answered by 200 and changes nothing', async (_what, replaced) => {
    const before = await product.ledger();
    const press = pressed(CLERK, connector.serviceUrl, { verb: 'x', data: {} }, 'f:1');
    const answer = await product.activity({ ...press, ...replaced });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ statusCode: expect.any(Number), type: expect.any(String) });
    expect(JSON.parse(answer.text).statusCode).toBeLessThan(500);
    expect(await product.ledger()).toEqual(before);
  });

  test('an activity we do not use is taken with 200', async () => {
    const typing = { ...good(), type: 'typing' };
    expect(await product.activity(typing)).toEqual({ status: 200, text: '' });
    expect((await product.activity({ ...good(), type: 'messageReaction', reactionsAdded: [] })).status).toBe(200);
  });

  async function getMessages() {
    const answer = await fetch(`${product.url}/api/messages`);
    return { status: answer.status, text: await answer.text() };
  }

  function statusUnderHost(host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const asked = request(
        { port: product.port, host: '127.0.0.1', path: '/healthz', headers: { host } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      asked.on('error', reject).end();
    });
  }
});

describe('who can be reached', () => {
  test('a person imported while the service runs gets the card of the same day', async () => {
    await importStaff([...people, { staff: NEWCOMER, head: HEAD, end: '17:30' }]);
    await product.activity(installed(NEWCOMER, connector.serviceUrl));
    await product.moveTo(at('16:29'));
    expect(await titles(NEWCOMER)).toEqual(['Kaeruを使う前に']);
    await product.moveTo(at('16:30'));
    expect(await titles(NEWCOMER)).toEqual(['Kaeruを使う前に', WEDNESDAY]);
  });

  test('who installs after 16:15 still gets the card, once, as long as it is of use', async () => {
    expect(await chat(connector, LATE_COMER)).toEqual([]);
    const item = (await product.ledger()).items.find((one) => one.staff === LATE_COMER);
    expect(item).toMatchObject({ rule: 'no-overtime-day', state: 'pending', attempts: 0 });
    await product.activity(installed(LATE_COMER, connector.serviceUrl));
    await product.settle();
    expect((await titles(LATE_COMER)).sort()).toEqual(['Kaeruを使う前に', WEDNESDAY].sort());
    await product.moveTo(at('16:45'));
    expect(await chat(connector, LATE_COMER)).toHaveLength(2);
  });

  test('who uninstalled gets no POST; after installing again the next card comes', async () => {
    await oneTitled(connector, LEAVER, WEDNESDAY);
    await product.activity(uninstalled(LEAVER, connector.serviceUrl));
    const gone = (await connector.conversation(chatOf(LEAVER)))?.posts;
    await product.moveTo(at('16:16', '19'));
    expect((await connector.conversation(chatOf(LEAVER)))?.posts).toBe(gone);
    await oneTitled(connector, HEAD, SECTION_DAY);
    const item = (await product.ledger()).items.filter((one) => one.staff === LEAVER).at(-1);
    expect(item).toMatchObject({ date: '2026-11-19', state: 'pending', why: 'unreachable', attempts: 0 });
    await product.activity(installed(LEAVER, connector.serviceUrl));
    await product.settle();
    await oneTitled(connector, LEAVER, SECTION_DAY);
  });

  test('a press on a card of another day does no harm and is shown that it is closed', async () => {
    const old = await oneTitled(connector, LEAVER, WEDNESDAY);
    const press = pressed(LEAVER, connector.serviceUrl, answerButton(old.card, 'leave'), old.id);
    expect(wordsOf(returnedCard(await product.activity(press)))).toContain('受付を終了しました');
    await product.settle();
    expect(await oneTitled(connector, LEAVER, WEDNESDAY)).toEqual(old);
  });

  test('a chat that answers 403 is not written to again until its person writes', async () => {
    await connector.script({ status: 403, conversation: chatOf(CLERK), times: 1 });
    await product.activity(wrote(CLERK, connector.serviceUrl, 'help'));
    await product.moveTo(at('16:20', '19'));
    const refused = (await connector.conversation(chatOf(CLERK)))?.posts;
    const { items } = await product.ledger();
    expect(items.filter((one) => one.staff === CLERK && one.state === 'refused')).toHaveLength(1);
    await product.moveTo(at('18:00', '19'));
    expect((await connector.conversation(chatOf(CLERK)))?.posts).toBe(refused);
    expect(titleOf(await says(CLERK, 'help'))).toBe('How to use Kaeru');
  });

  test('the person is known by the signed id, however it is written', async () => {
    const activity = wrote(HEAD, connector.serviceUrl, '今日');
    await product.activity({ ...activity, from: { id: '29:x', aadObjectId: aadOf(HEAD).toUpperCase() } });
    await product.settle();
    expect(titleOf(await newest(HEAD))).toBe('今日のお知らせ');
  });
});
