import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTimeOfDay } from '../../src/calendar/index.ts';
import { whyAway } from '../../src/people/index.ts';
import type { LeaveDayTable, StaffRowTable } from '../../src/ports/tables.ts';
import { aStaffMember } from '../build/staff-member.ts';

/** `_facts.json`: a person on Wednesday 2026-11-18; what is left out is that of an office worker with no leave. */
interface Facts {
  at: string;
  work?: StaffRowTable['work_type'];
  hired?: string;
  left?: string;
  notHeldYet?: boolean;
  leave?: { kind: LeaveDayTable['kind']; category: LeaveDayTable['category']; start?: string; minutes?: number }[];
}

const date = '2026-11-18';
const cases = new URL('cases/', import.meta.url);

function minute(text: string): number {
  const read = parseTimeOfDay(text);
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json has the time ${text}. ${read.problem}`);
}

function whyOf(facts: Facts) {
  const person = aStaffMember({
    staff: '100001',
    work_type: facts.work ?? '日勤',
    hired_on: facts.hired ?? '2020-04-01',
    left_on: facts.left ?? null,
    ...(facts.notHeldYet ? { notHired: true } : {}),
  });
  const leaves = (facts.leave ?? []).map(({ kind, category, start, minutes = null }) => ({
    ...{ staff: '100001', date, kind, category, minutes, import_id: 'test' },
    start_minute: start === undefined ? null : minute(start),
  }));
  return { why: whyAway(person, leaves, date, minute(facts.at)) };
}

const json = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`${encodeURIComponent(name)}/${file}`, cases), 'utf8'));

test.each(readdirSync(cases))('%s', (name) => {
  expect(whyOf(json(name, '_facts.json') as Facts)).toEqual(json(name, 'decision.json'));
});
