import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseTimeOfDay } from '../../src/calendar/index.ts';

/** One test for each folder of cases: what is decided on its `_facts.json` is its `decision.json`, and `_why.md` says why. */
export function testCases<Facts>(cases: URL, decide: (facts: Facts) => object): void {
  test.each(readdirSync(fileURLToPath(cases)))('%s', (name) => {
    const folder = new URL(`${encodeURIComponent(name)}/`, cases);
    const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
    expect(text('_why.md').trim()).not.toBe('');
    const facts: Facts = JSON.parse(text('_facts.json'));
    expect(JSON.parse(JSON.stringify(decide(facts)))).toEqual(JSON.parse(text('decision.json')));
  });
}

/** HH:MM of a case as minutes. */
export function minuteOf(text: string): number {
  const read = parseTimeOfDay(text);
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json: ${read.problem}`);
}
