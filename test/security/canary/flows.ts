import { StoreUnavailable } from '../../../src/ports/database.ts';
import type { ItemTable } from '../../../src/ports/tables.ts';
import { rooms } from '../../../src/rooms.ts';
import { aFile, csvOf } from '../../build/csv-file.ts';
import { rawHttp } from '../../fakes/raw-http.ts';
import { aKey } from '../../fakes/signed-tokens.ts';
import { aadId, canary, kanaria, staffNumber } from './canaries.ts';
import { HEAD, type House, PEOPLE, serviceUrl, tenant } from './house.ts';

/** One thing that happens to the house; `n` is its number, `dice` gives a whole number below its argument. */
export type Flow = (house: House, n: number, dice: (under: number) => number) => Promise<void>;

const attacker = aKey('key-1');

function from(person: number, n: number): Record<string, unknown> {
  return {
    id: `f:${canary('activity', n)}`,
    replyToId: `f:${canary('reply', n)}`,
    serviceUrl,
    channelId: 'msteams',
    from: { id: `29:${canary('user', person)}`, name: canary('from'), aadObjectId: aadId(person) },
    conversation: { id: `a:${canary('chat', person)}`, conversationType: 'personal', tenantId: tenant },
    recipient: { id: '28:kaeru', name: 'Kaeru' },
    channelData: { tenant: { id: tenant } },
  };
}

/** What came back is seen where it is a refusal or an error; what a person is told of the own record is theirs. */
async function post(house: House, activity: unknown, headers: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${house.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${house.token()}`, ...headers },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  const text = await answer.text();
  if (answer.status >= 400 || /"statusCode":[45]/.test(text)) {
    house.seen.push({ place: 'answer', text: `${answer.status} ${JSON.stringify([...answer.headers])} ${text}` });
  }
  await house.service.settle();
}

const stranger = (n: number) => PEOPLE + (n % 20);
const someone = (dice: (under: number) => number) => 1 + dice(PEOPLE - 1);

const install: Flow = (house, n, dice) =>
  post(house, { ...from(dice(9) === 0 ? stranger(n) : dice(PEOPLE), n), type: 'installationUpdate', action: 'add' });

const remove: Flow = (house, n, dice) =>
  post(house, { ...from(someone(dice), n), type: 'installationUpdate', action: 'remove' });

const typed: Flow = (house, n, dice) => {
  const words = [
    canary('typed', n),
    'ヘルプ',
    '今日',
    '言語',
    'チーム',
    `ヘルプ ${kanaria('本文')}`,
    '<at>x</at> help',
  ];
  const person = dice(6) === 0 ? stranger(n) : dice(PEOPLE);
  const activity = { ...from(person, n), type: 'message', text: words[dice(words.length)] };
  const elsewhere = { id: `19:${canary('channel')}`, conversationType: 'channel', tenantId: tenant };
  return post(house, dice(8) === 0 ? { ...activity, conversation: elsewhere } : activity);
};

async function itemOf(house: House, dice: (under: number) => number, rule = 'no-overtime-day'): Promise<ItemTable> {
  const items = await house.service.db.selectFrom('item').selectAll().where('rule', '=', rule).execute();
  const item = items[dice(items.length)];
  if (!item) throw new Error(`There is no item of ${rule}.`);
  return item;
}

const personOf = (item: ItemTable) => Number(item.staff.slice(-3));

function press(house: House, person: number, n: number, verb: unknown, data: unknown): Promise<void> {
  const value = { action: { type: 'Action.Execute', verb, data } };
  return post(house, { ...from(person, n), type: 'invoke', name: 'adaptiveCard/action', value });
}

const answered: Flow = async (house, n, dice) => {
  const item = await itemOf(house, dice);
  const said = [{ answer: 'leave' }, { answer: 'stay', reason: 'other', until: '19:00', note: canary('answer', n) }];
  const data = { i: item.id, r: item.revision, extra: canary('data', n), ...said[dice(2)] };
  await press(house, personOf(item), n, 'no-overtime-day.answer', data);
};

const headPress: Flow = async (house, n, dice) => {
  const item = await itemOf(house, dice, 'no-overtime-day.summary');
  const own = await house.service.db
    .selectFrom('item')
    .select(['id', 'revision'])
    .where('rule', '=', 'no-overtime-day')
    .execute();
  const people = own.map((one) => `${one.id}.${one.revision}`).join(',');
  const data = [{ show: 'names' }, { decision: 'acknowledged', people }, { decision: 'asked-to-finish', people }];
  await press(house, HEAD, n, 'no-overtime-day.decide', { i: item.id, r: item.revision, ...data[dice(3)] });
};

const badPress: Flow = async (house, n, dice) => {
  const item = await itemOf(house, dice);
  const word = canary('press', n);
  const payloads = [{ i: item.id, r: 0, answer: word }, { i: word, r: 0 }, { [word]: word }, word, null, [word]];
  const verbs = ['no-overtime-day.answer', 'no-overtime-day.decide', word, `no-overtime-day.${word}`, '', 7];
  await press(house, someone(dice), n, verbs[dice(verbs.length)], payloads[dice(payloads.length)]);
};

const submitted: Flow = async (house, n, dice) => {
  const item = await itemOf(house, dice);
  const value = dice(2) === 0 ? { i: item.id, r: item.revision, answer: 'unsure' } : { i: canary('submit', n) };
  await post(house, { ...from(personOf(item), n), type: 'message', value });
};

const malformed: Flow = (house, n, dice) => {
  const activity = { ...from(someone(dice), n), type: 'message', text: 'x' };
  const word = canary('malformed', n);
  const bodies = [
    `{"${word}":`,
    word,
    { ...activity, from: { id: word.repeat(100) } },
    { ...activity, from: word },
    { ...activity, channelId: word },
    { ...activity, conversation: { id: word, tenantId: word } },
    { ...activity, channelData: { tenant: { id: word } } },
    { ...activity, membersAdded: [{ [word]: word }] },
    { ...activity, type: word.repeat(20) },
    { ...activity, type: word },
    { ...activity, type: 'invoke', name: word, value: { [word]: word } },
    { ...activity, text: word.repeat(30_000) },
  ];
  return post(house, bodies[dice(bodies.length)]);
};

const badSignIn: Flow = (house, n, dice) => {
  const word = canary('token', n);
  const tokens = [
    word,
    `${word}.${word}.${word}`,
    house.token({ iss: word }),
    house.token({ aud: word }),
    house.token({ serviceurl: `https://${word}/` }),
    house.token({ exp: 1 }),
    house.token({}, { kid: word }),
    house.token({}, { alg: word }),
    house.token({ sub: word }, {}, attacker),
  ];
  const activity = { ...from(someone(dice), n), type: 'message', text: word };
  return post(house, activity, { authorization: `Bearer ${tokens[dice(tokens.length)]}` });
};

const foreignRequest: Flow = async (house, n, dice) => {
  const word = canary('path', n);
  const head = (first: string, ...more: string[]) =>
    `${[first, `host: ${canary('host')}`, 'connection: close', `cookie: ${word}`, ...more].join('\r\n')}\r\n\r\n`;
  const requests = [
    head(`GET /${word} HTTP/1.1`),
    head(`GET /${word}/%zz?${word} HTTP/1.1`),
    head(`PUT /api/messages?${word} HTTP/1.1`),
    head('POST /api/messages HTTP/1.1', `content-type: ${word}`),
    head('POST /api/messages HTTP/1.1', `content-encoding: ${word}`),
    `${word} ${word}\r\n\r\n`,
    head('GET /readyz HTTP/1.1', `authorization: Bearer ${word}`),
    head('GET /metrics HTTP/1.1', `authorization: Bearer ${word}`),
  ];
  for (const request of [requests[dice(requests.length)] ?? '', head(`GET /planted/${word} HTTP/1.1`)]) {
    house.seen.push({ place: 'answer', text: await rawHttp(house.port, [request]) });
  }
};

/** The store fails in the middle, in words of a library that quote what was to be written. */
const storeFails: Flow = async (house, n, dice) => {
  const { database } = house.service.ports;
  const { transaction } = database;
  const quoted = `UNIQUE constraint failed: Key (name)=(${canary('row', n)}) already exists.`;
  const error = dice(2) === 0 ? new StoreUnavailable(quoted, { cause: new Error(quoted) }) : new Error(quoted);
  let left = 1 + dice(2);
  database.transaction = (work) => (left-- > 0 ? Promise.reject(error) : transaction(work));
  await [typed, answered, install, headPress][dice(4)]?.(house, n, dice);
  database.transaction = transaction;
};

/** A card that cannot be drawn, in words that quote it. */
const cardFails: Flow = async (house, n, dice) => {
  const { cards } = house.service.ports;
  const { expand, write } = cards;
  const fails = () => {
    throw new TypeError(`Cannot draw ${canary('card', n)}`);
  };
  Object.assign(cards, { expand: fails, write: fails });
  await [typed, answered, submitted][dice(3)]?.(house, n, dice);
  Object.assign(cards, { expand, write });
};

/** Files through the commands. A refused one may show the cells it refuses, to the person at the command line, and no other. */
const imported: Flow = async (house, n, dice) => {
  const { ports } = house.service;
  const word = canary('cell', n);
  const row = (person: number, differs: Record<string, string> = {}) => ({
    職員番号: staffNumber(person),
    氏名: canary('name', n),
    メール: `${canary('mail', n)}@example.jp`,
    AADオブジェクトID: aadId(person),
    ...{ 局区: '見本局', 部: '見本部', 課: canary('section', n % 5), 職位: '主事' },
    ...{ 管理職: '0', 所属長: staffNumber(HEAD), 勤務区分: '日勤', 始業: '08:30', 終業: '17:15' },
    ...{ 採用日: '2020-04-01', 退職日: '', 言語: 'ja', ...differs },
  });
  const head = row(HEAD, { 管理職: '1', 所属長: '', 課: '課' });
  const staff = Array.from({ length: PEOPLE - 1 }, (_none, index) => row(index + 1));
  const good = csvOf([head, ...staff]);
  const person = staffNumber(someone(dice));
  const runs: [string, string, Record<string, string | boolean>][] = [
    ['import staff', good, {}],
    ['import staff', good, { effective: '2027-04-01' }],
    ['import staff', good, { dryRun: true }],
    ['import staff', csvOf([head, ...staff, row(2, { 始業: word })]), {}],
    ['import staff', `${good}\n${word}`, {}],
    ['import staff', `${word}\n${word},${word}`, {}],
    ['import sections', `所属コード,名称,局区,部,開始,終了\n${word},${word},見本局,見本部,2026-13-01,\n`, {}],
    ['import posts', `所属コード,役割,職員番号,種別,開始,終了\n${word},所属長,${person},本務,2026-04-01,\n`, {}],
    ['import leave', `職員番号,日付,種別,区分\n${person},2026-12-0${1 + (n % 9)},全日,その他 ${word}\n`, {}],
    ['import leave', `職員番号,日付,種別,理由\n${person},2026-12-01,全日,${word}\n`, {}],
    ['policy apply', `organisation: ${canary('organisation', n)}\n`, {}],
    ['policy apply', `organisation: x\n${word}: ${word}\n`, {}],
  ];
  const [name, content, options] = runs[dice(runs.length)] ?? ['', '', {}];
  const command = rooms.flatMap((room) => room.cli ?? []).find((one) => one.name === name);
  await command?.run(ports, [aFile(ports.settings.dataFolder, content)], options).catch((error: unknown) => {
    house.seen.push({ place: 'command', text: String(error) });
  });
};

const minutePasses: Flow = async (house, n) => {
  const { ports, occasions } = house.service;
  ports.clock.moveTo(`2026-11-18T17:${String(20 + (n % 30)).padStart(2, '0')}:00+09:00`);
  for (const room of rooms) await room.everyMinute?.(ports, ports.clock.now());
  await occasions.runMinute(ports.clock.now());
  await house.service.settle();
};

/** What happens most stands twice. */
export const flows: Flow[] = [
  ...[install, typed, typed, answered, answered, headPress, badPress, submitted, remove],
  ...[malformed, badSignIn, foreignRequest, storeFails, cardFails, imported, minutePasses],
];
