import { describe, expect, test } from 'vitest';
import { monthOf } from '../../src/overtime/months.ts';
import { hiredMonth, numberOn, personsOf } from '../../src/overtime/persons.ts';
import type { RosterState } from '../../src/overtime/portions.ts';

const aState = (staff: string, differs: Partial<RosterState> = {}): RosterState => ({
  staff,
  from: '2015-04-01',
  manager: false,
  section: '見本局/見本課',
  sectionKey: '見本局/見本課',
  bureau: '見本局',
  appointer: null,
  workplace: null,
  category: null,
  hiredOn: '2015-04-01',
  leftOn: null,
  previous: null,
  ...differs,
});

const again = (hiredOn: string, previous = '1') => aState('2', { from: hiredOn, hiredOn, previous });
const numbersOf = (...states: RosterState[]) =>
  personsOf(states).map((person) => person.numbers.map((one) => one.staff).join('-'));

describe('the numbers of one person (P9)', () => {
  test('go together where service went on within a month, and not after a longer break', () => {
    const left = aState('1', { leftOn: '2021-03-31' });
    expect(numbersOf(left, again('2021-04-01'))).toEqual(['1-2']);
    expect(numbersOf(left, again('2021-04-30'))).toEqual(['1-2']);
    expect(numbersOf(left, again('2021-05-01'))).toEqual(['1', '2']);
  });

  test('do not go together with a number nobody holds, with themselves or in a circle', () => {
    expect(numbersOf(again('2021-04-01', '9'))).toEqual(['2']);
    expect(numbersOf(again('2021-04-01', '2'))).toEqual(['2']);
    expect(numbersOf(aState('1', { previous: '2' }), again('2015-04-01')).sort()).toEqual(['2-1']);
  });

  test('only one number comes after another', () => {
    const other = aState('3', { from: '2021-04-01', hiredOn: '2021-04-01', previous: '1' });
    expect(numbersOf(aState('1', { leftOn: '2021-03-31' }), again('2021-04-01'), other)).toEqual(['1-2', '3']);
  });

  test('the last number begun is the one told of; the month of hire is that of the first', () => {
    const [person] = personsOf([aState('1', { leftOn: '2021-03-31' }), again('2021-04-01')]);
    if (!person) throw new Error('There is one person.');
    expect(numberOn(person, '2021-03-31').staff).toBe('1');
    expect(numberOn(person, '2021-04-01').staff).toBe('2');
    expect(hiredMonth(person, '2021-04-30')).toBe(monthOf('2015-04'));
  });
});
