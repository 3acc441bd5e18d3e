import { describe, expect, test } from 'vitest';
import { statusesOf } from './facts.ts';
import { expectedOf } from './oracle.ts';
import { caseNames, readCase } from './read-case.ts';

describe('the status of a person', () => {
  test.each(caseNames())('%s', (name) => {
    const { facts, decision } = readCase(name);
    const said = statusesOf(facts);
    expect(said).toMatchObject(decision);
    expect(said).toHaveLength(decision.length);
    const comparable = said.map(({ month: _month, display: _display, days: _days, ...rest }) => rest);
    const expected = expectedOf(facts).map((one) => ({ ...one, passed: expect.arrayContaining(one.passed) }));
    expect(comparable).toEqual(expected);
  });
});
