import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beyondBudget } from '../../src/occasions/beyond-budget.ts';
import { occasionsRoom } from '../../src/occasions/index.ts';
import { registry } from '../../src/rooms.ts';
import { startWednesday } from '../build/wednesday.ts';
import { putSections } from '../pauses/evening.ts';

const policy = `organisation: 見本市
contactBudget: { pingsPerWeek: 3 }
priorApplication: { sections: [ 見本局/見本部/見本課 ] }
`;

/** Rows of a clerk who is asked for 事前手続 every working day, as `occasions` lists them: the day and its note. */
async function notes(from: string, to: string): Promise<string[]> {
  const service = await startWednesday({ policy });
  await putSections(service, ['見本局/見本部/見本課']);
  const [command] = occasionsRoom(() => registry.rules).cli ?? [];
  if (!command) throw new Error('The room has no command.');
  const result = await command.run(service.ports, [], { from, to, staff: '100001' });
  const { due } = result.document as { due: { rule: string; date: string; note?: string }[] };
  return due.map(({ rule, date, note }) => `${date} ${rule}${note ? ` ${note}` : ''}`);
}

test('of a week’s notices those beyond the budget are noted, and the time-bound card is not', async () => {
  expect(await notes('2026-11-16', '2026-11-20')).toEqual([
    '2026-11-16 prior-application',
    '2026-11-17 prior-application',
    '2026-11-18 prior-application',
    '2026-11-18 no-overtime-day',
    '2026-11-19 prior-application budget',
    '2026-11-20 prior-application budget',
  ]);
});

test('the days of the week before the first one asked for count too, and Monday begins anew', async () => {
  expect(await notes('2026-11-19', '2026-11-24')).toEqual([
    '2026-11-19 prior-application budget',
    '2026-11-20 prior-application budget',
    '2026-11-24 prior-application',
  ]);
});

test('a person has the first rows of each week up to the budget, whatever order they are collected in', () => {
  const ping = fc.record({
    staff: fc.constantFrom('a', 'b'),
    week: fc.constantFrom('2026-11-16', '2026-11-23'),
    at: fc.nat(50),
    rule: fc.constantFrom('x', 'y'),
  });
  fc.assert(
    fc.property(fc.array(ping, { maxLength: 30 }), fc.nat(4), (pings, budget) => {
      const rows = pings.map((one, row) => ({ ...one, row, budget }));
      const over = new Set(beyondBudget(rows));
      for (const one of rows) {
        const same = rows.filter((other) => other.staff === one.staff && other.week === one.week);
        const going = same.filter((other) => !over.has(other.row));
        expect(going).toHaveLength(Math.min(budget, same.length));
        if (over.has(one.row)) for (const other of going) expect(other.at).toBeLessThanOrEqual(one.at);
      }
    }),
    { numRuns: 200 },
  );
});
