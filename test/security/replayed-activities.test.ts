import { expect, test } from 'vitest';
import type { ItemTable } from '../../src/ports/tables.ts';
import { seededRandom } from '../build/ports.ts';
import type { TestService } from '../build/service.ts';
import { activityFrom, type Door, openDoor, pressFrom } from './wednesday-door.ts';

const long = process.env['KAERU_LONG'] !== undefined;
/** Activities that arrive, repetitions among them. */
const count = long ? 1_000_000 : 10_000;
const perRound = 5_000;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);

const CLERKS = ['100001', '100002', '100003', '100004'];
const HEAD = '200001';

/** An activity of the clean run, without the ids that only the store of one run knows. */
interface Original {
  staff: string;
  /** What was written, where it is no press. */
  text?: string;
  rule: string;
  verb: string | null;
  data: Record<string, unknown>;
  /** Whom a head's press is about, with the revision shown. */
  people: { staff: string; revision: number }[];
}

type Dice = (under: number) => number;

async function itemsOf({ db }: TestService): Promise<Map<string, ItemTable>> {
  const pressed = ['no-overtime-day', 'no-overtime-day.summary', 'conversation.language'];
  const items = await db.selectFrom('item').selectAll().where('rule', 'in', pressed).execute();
  return new Map(items.map((item) => [`${item.rule} ${item.staff}`, item]));
}

/** The door of a Wednesday on which every clerk has asked for the card of languages as well. */
async function doorWithLanguages(): Promise<Door> {
  const door = await openDoor({ drawn: false });
  for (const staff of CLERKS) {
    await door.take(activityFrom(staff, { type: 'message', text: '言語', id: `f:language-${staff}` }));
  }
  return door;
}

/** What somebody writes or presses next, on the card as it stands now. */
function nextActivity(items: Map<string, ItemTable>, dice: Dice): Original {
  const clerk = CLERKS[dice(CLERKS.length)] ?? '';
  const revision = (rule: string, staff: string) => items.get(`${rule} ${staff}`)?.revision ?? 0;
  const kind = dice(10);
  if (kind < 3) {
    const text = ['今日', 'ヘルプ', 'なに？'][kind] ?? '';
    return { staff: clerk, text, rule: '', verb: null, data: {}, people: [] };
  }
  if (kind === 3) {
    const rule = 'conversation.language';
    const data = { r: revision(rule, clerk), language: ['ja', 'easy', 'en'][dice(3)] };
    return { staff: clerk, rule, verb: rule, data, people: [] };
  }
  if (kind === 4) {
    const rule = 'no-overtime-day.summary';
    const decision = ['acknowledged', 'asked-to-finish'][dice(2)];
    const people = CLERKS.filter(() => dice(2) === 0).map((staff) => ({
      staff,
      revision: revision('no-overtime-day', staff),
    }));
    const data = { r: revision(rule, HEAD), decision };
    return { staff: HEAD, rule, verb: 'no-overtime-day.decide', data, people };
  }
  const rule = 'no-overtime-day';
  const answers = [
    { answer: 'leave' },
    { answer: 'unsure' },
    { answer: 'off' },
    { answer: 'change' },
    { answer: 'stay', reason: 'deadline', until: ['18:00', '19:00', '20:00'][dice(3)] },
    { answer: 'stay', reason: 'other', until: '19:00', note: `理由 ${dice(5)}` },
  ];
  const verb = dice(5) === 0 ? null : 'no-overtime-day.answer';
  return { staff: clerk, rule, verb, data: { r: revision(rule, clerk), ...answers[dice(answers.length)] }, people: [] };
}

function activityOf(items: Map<string, ItemTable>, { staff, text, rule, verb, data, people }: Original): object {
  if (text !== undefined) return activityFrom(staff, { type: 'message', text });
  const id = (of: string, whom: string) => items.get(`${of} ${whom}`)?.id ?? '';
  const chosen = people.map((one) => `${id('no-overtime-day', one.staff)}.${one.revision}`).join(',');
  return pressFrom(staff, verb, {
    i: id(rule, staff),
    ...data,
    ...(rule === 'no-overtime-day.summary' ? { people: chosen } : {}),
  });
}

/** What is left when all has been said, without the ids and times that differ from store to store. */
async function stateOf({ db }: TestService): Promise<object> {
  const answers = await db
    .selectFrom('no_overtime_answer')
    .leftJoin('no_overtime_note', 'no_overtime_note.item_id', 'no_overtime_answer.item_id')
    .select(['staff', 'answer', 'reason', 'until_minute', 'no_overtime_note.note'])
    .orderBy('staff')
    .execute();
  const decisions = await db
    .selectFrom('no_overtime_decision')
    .select(['staff', 'head', 'decision', 'until_minute'])
    .orderBy('staff')
    .execute();
  const items = await db
    .selectFrom('item')
    .select(['rule', 'staff', 'state', 'revision'])
    .orderBy('rule')
    .orderBy('staff')
    .orderBy('revision')
    .execute();
  const languages = await db.selectFrom('language_choice').select(['staff', 'language']).orderBy('staff').execute();
  return { answers, decisions, items, languages };
}

/**
 * Every original in its order; behind each, somewhere later, 0 to 4 repetitions of it. Half of those of presses come under
 * a new id; what was written under a new id has been written twice.
 */
function withRepetitions(originals: Original[], dice: Dice): { original: Original; id: string }[] {
  const placed = originals.flatMap((original, n) => {
    const repetition = (copy: number) => ({
      at: n + 0.5 + dice(dice(2) === 0 ? 3 : originals.length),
      arrival: { original, id: original.text !== undefined || dice(2) === 0 ? `f:${n}` : `f:${n}-${copy}` },
    });
    const copies = Array.from({ length: dice(5) }, (_none, copy) => repetition(copy));
    return [{ at: n, arrival: { original, id: `f:${n}` } }, ...copies];
  });
  return placed.sort((a, b) => a.at - b.at).map(({ arrival }) => arrival);
}

async function press(door: Door, activity: object, id: string): Promise<void> {
  const { status, body } = await door.take({ ...activity, id });
  expect([status, body.includes('"statusCode":500')]).toEqual([200, false]);
}

test(`${count.toLocaleString('en')} activities, repeated 0-4 times and shuffled, leave what the clean run leaves`, {
  timeout: long ? 7_200_000 : 180_000,
}, async () => {
  console.log(`replayed activities: KAERU_SEED=${seed}`);
  const random = seededRandom(seed);
  const dice: Dice = (under) => Math.floor(random.fraction() * under);
  for (let arrived = 0, effects = 0; arrived < count || effects === 0; ) {
    const clean = await doorWithLanguages();
    const originals: Original[] = [];
    for (let n = 0; n < perRound / 3; n += 1) {
      const items = await itemsOf(clean.service);
      const original = nextActivity(items, dice);
      originals.push(original);
      await press(clean, activityOf(items, original), `f:${n}`);
    }
    const replayed = await doorWithLanguages();
    const items = await itemsOf(replayed.service);
    const arrivals = withRepetitions(originals, dice);
    for (const { original, id } of arrivals) await press(replayed, activityOf(items, original), id);
    expect(await stateOf(replayed.service)).toEqual(await stateOf(clean.service));
    arrived += arrivals.length;
    effects += (await clean.service.db.selectFrom('no_overtime_answer').select('staff').execute()).length;
  }
});
