import { expect, test } from 'vitest';
import { addDays } from '../../src/calendar/index.ts';
import { decisionsOn } from '../../src/occasions/index.ts';
import { registry } from '../../src/rooms.ts';
import { testServicePorts } from '../build/service.ts';
import { SECTION } from '../build/wednesday.ts';

/**
 * The dates between both on which the clerk 100001 is asked, and those on which the head hears the result: by its own card, or
 * on the first working day of a week by the weekly digest.
 */
async function days(policy: string, from: string, to: string) {
  const ports = await testServicePorts({ staff: SECTION, policy: `organisation: 見本市\n${policy}\n` });
  const found: Record<string, string[]> = { asked: [], results: [], skipped: [] };
  for (let date = from; date <= to; date = addDays(date, 1)) {
    for (const rule of registry.rules) {
      for (const one of await decisionsOn(ports, rule, date)) {
        if (one.staff === '100001' && rule.name === 'no-overtime-day') {
          found[one.why ? 'skipped' : 'asked']?.push(one.why ? `${date} ${one.why}` : date);
        }
        if (one.staff === '200001' && rule.name === 'no-overtime-day.result' && !one.why) {
          found['results']?.push(`${date} ${JSON.parse(one.about ?? '{}').day}`);
        }
        if (one.staff === '200001' && rule.name === 'weekly-digest' && !one.why)
          found['results']?.push(`${date} digest`);
      }
    }
  }
  return found;
}

const moved = 'noOvertime: { onHoliday: previousBusinessDay }';

test('a Wednesday of the holiday week in May is left out, or moved to the last working day before it', async () => {
  expect(await days('', '2021-04-26', '2021-05-13')).toEqual({
    asked: ['2021-04-28', '2021-05-12'],
    results: ['2021-04-30 2021-04-28', '2021-05-13 2021-05-12'],
    skipped: ['2021-05-05 holiday'],
  });
  expect(await days(moved, '2021-04-26', '2021-05-13')).toEqual({
    asked: ['2021-04-28', '2021-04-30', '2021-05-12'],
    results: ['2021-04-30 2021-04-28', '2021-05-06 digest', '2021-05-13 2021-05-12'],
    skipped: ['2021-05-05 holiday'],
  });
});

test('a Wednesday of the year-end closure is moved before it, and no card goes until the fourth of January', async () => {
  expect(await days(moved, '2021-12-24', '2022-01-06')).toEqual({
    asked: ['2021-12-28', '2022-01-05'],
    results: ['2022-01-04 digest', '2022-01-06 2022-01-05'],
    skipped: ['2021-12-29 year-end'],
  });
});

test('the city may choose another weekday from a date on, and ask earlier', async () => {
  const policy = 'noOvertime: { weekday: [{ from: 2020-01-01, value: wed }, { from: 2026-12-01, value: thu }] }';
  expect((await days(policy, '2026-11-24', '2026-12-11')).asked).toEqual(['2026-11-25', '2026-12-03', '2026-12-10']);
});

test('a WLB day on a Wednesday replaces the card and its result; on another weekday the Wednesday stays', async () => {
  const policy = 'wlbDays: [ "令和8年8月5日(水)", "令和8年11月13日(金)" ]';
  expect(await days(policy, '2026-08-03', '2026-08-07')).toEqual({
    asked: [],
    results: [],
    skipped: ['2026-08-05 replaced'],
  });
  expect((await days(policy, '2026-11-09', '2026-11-15')).asked).toEqual(['2026-11-11']);
});
