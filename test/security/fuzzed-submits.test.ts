import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { ItemTable } from '../../src/ports/tables.ts';
import { rooms } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { activityFrom, openDoor, pressFrom } from './wednesday-door.ts';

const long = process.env['KAERU_LONG'] !== undefined;
const count = long ? 1_000_000 : 10_000;
/** Pressed one after the other before the books are compared. */
const together = 250;
const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 2 ** 31);
const ME = '100002';

/** What delivery keeps for itself: a press of mine may have a stored card updated. */
const deliverys = /^(message|message_item|message_update|attempt|handled_activity|delivery_gate|meta|kysely_.*)$/;

/** Every row of every other table but those that are mine. That a summary of my head counts me anew is no touch. */
async function others({ db }: TestService, mine: string[]): Promise<Record<string, string[]>> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => !deliverys.test(name));
  const rowsOf = async (name: string) => (await sql<object>`select * from ${sql.table(name)}`.execute(db)).rows;
  const entries = tables.map(async ({ name }): Promise<[string, string[]]> => {
    const rows = (await rowsOf(name)).map((row) => {
      const isSummary = 'rule' in row && row.rule === 'no-overtime-day.summary' && 'revision' in row;
      return JSON.stringify(isSummary ? { ...row, revision: 0 } : row);
    });
    return [name, rows.filter((row) => !mine.some((id) => row.includes(`"${id}"`)))];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const junk = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, '', '__proto__', 'constructor', '${x}', '\u0000', '\u202e', "';--", 'あ'.repeat(3_000)),
  fc.object({ maxDepth: 2 }),
);
const oneOf = (...known: unknown[]) =>
  fc.option(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, junk), { nil: undefined });

/** What a press may carry: ids of my items and of others', answers of every room, and rubbish under every name. */
function dataOf(items: ItemTable[]) {
  const ids = items.map((item) => item.id);
  const mine = items.filter((item) => item.staff === ME).map((item) => item.id);
  const people = items.map((item) => `${item.id}.${item.revision}`).join(',');
  return fc.record({
    i: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids, ...mine, ...mine, ...mine) }, junk),
    r: fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, junk),
    answer: oneOf('leave', 'stay', 'unsure', 'off', 'change'),
    reason: oneOf('deadline', 'other', 'emergency'),
    until: oneOf('19:00', '25:99', '17:30', '99999999999:00'),
    note: oneOf('ok', ' '),
    decision: oneOf('acknowledged', 'asked-to-finish'),
    show: oneOf('names', 'counts'),
    page: oneOf('0', '1', '-1', 'NaN', '99999999'),
    people: oneOf(people, ids[0], 'x,'.repeat(12_000)),
    language: oneOf('ja', 'easy', 'en', 'fr'),
    staff: oneOf('100001', '200001', ME),
    aadObjectId: oneOf('00000000-0000-4000-8000-000000100001'),
    roles: oneOf('hr', ['hr', 'audit']),
  });
}

function pressOf(items: ItemTable[]) {
  const verbs = rooms.flatMap((room) => room.verbs ?? []).map(({ name }) => name);
  const verb = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(null, 'delivery.refresh', ...verbs) },
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', 7, null, {})),
  );
  const data = fc.oneof({ weight: 9, arbitrary: dataOf(items) }, fc.anything({ maxDepth: 2 }), junk);
  const press = fc.tuple(verb, data).map(([name, given]) => pressFrom(ME, name, given));
  const odd = fc.record({ value: junk, name: oneOf('adaptiveCard/action'), type: oneOf('invoke', 'message') });
  return fc.oneof(
    { weight: 12, arbitrary: press },
    odd.map((more) => activityFrom(ME, more)),
  );
}

test(`${count.toLocaleString('en')} fuzzed submits touch nobody else, and each is answered`, {
  timeout: long ? 7_200_000 : 180_000,
}, async () => {
  console.log(`fuzzed submits: KAERU_SEED=${seed}`);
  const { service, take } = await openDoor();
  const items = await service.db.selectFrom('item').selectAll().execute();
  const mine = [ME, senderOf(ME).aadObjectId, ...items.filter((item) => item.staff === ME).map((item) => item.id)];
  const before = await others(service, mine);
  const codes: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(pressOf(items), { minLength: together, maxLength: together }), async (presses) => {
      for (const press of presses) {
        const { status, body } = await take(press);
        const said = `${status} ${/"statusCode":(\d+)/.exec(body)?.[1] ?? ''}`.trim();
        codes[said] = (codes[said] ?? 0) + 1;
        expect(['200', '200 200', '200 400', '400']).toContain(said);
      }
      await service.settle();
      expect(await others(service, mine)).toEqual(before);
      service.ports.clock.moveTo('2026-11-18T17:15:00+09:00');
    }),
    { numRuns: count / together, seed, endOnFailure: true },
  );
  expect(service.ports.logged, 'nothing failed behind an answer').toEqual([]);
  const own = await service.db.selectFrom('no_overtime_answer').select('answer').where('staff', '=', ME).execute();
  expect(own, 'some of them were real answers').toHaveLength(1);
  expect(Object.values(before).flat().length).toBeGreaterThan(10);
  expect(Math.min(codes['200'] ?? 0, codes['200 200'] ?? 0, codes['200 400'] ?? 0)).toBeGreaterThan(0);
});
