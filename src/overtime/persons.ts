import type { LocalDate } from '../ports/clock.ts';
import { type Month, monthOf } from './months.ts';
import { type RosterState, stateOn } from './portions.ts';

/** One person through time: the numbers held one after the other (P9), each with its states. */
export interface Person {
  numbers: { staff: string; states: RosterState[] }[];
}

/**
 * Puts the numbers of one person together: a number that names its 前職員番号, where service went on within a month, is the
 * same person (3/31 end and 4/1 re-appointment, P9). In the order of the numbers.
 */
export function personsOf(states: readonly RosterState[]): Person[] {
  const byNumber = Map.groupBy(states, (state) => state.staff);
  const next = new Map<string, string>();
  const joined = new Set<string>();
  for (const [staff, own] of byNumber) {
    const previous = own.findLast((state) => state.previous !== null)?.previous;
    const before = previous === undefined || previous === null ? undefined : byNumber.get(previous);
    if (before === undefined || previous === null || previous === undefined || previous === staff) continue;
    if (next.has(previous) || leadsTo(next, staff, previous) || !goesOn(before, own)) continue;
    next.set(previous, staff);
    joined.add(staff);
  }
  const firsts = [...byNumber.keys()].filter((staff) => !joined.has(staff));
  return firsts.map((first) => ({ numbers: chainFrom(first, next, byNumber) }));
}

/** Whether following the numbers from one comes to the other: a circle of 前職員番号. */
function leadsTo(next: ReadonlyMap<string, string>, from: string, to: string): boolean {
  for (let at: string | undefined = from; at !== undefined; at = next.get(at)) if (at === to) return true;
  return false;
}

function goesOn(before: readonly RosterState[], after: readonly RosterState[]): boolean {
  const left = before.at(-1)?.leftOn ?? null;
  const hired = after[0]?.hiredOn;
  return left === null || (hired !== undefined && monthOf(hired) - monthOf(left) <= 1);
}

function chainFrom(first: string, next: ReadonlyMap<string, string>, byNumber: ReadonlyMap<string, RosterState[]>) {
  const numbers: Person['numbers'] = [];
  for (let at: string | undefined = first; at !== undefined; at = next.get(at))
    numbers.push({ staff: at, states: byNumber.get(at) ?? [] });
  return numbers;
}

/** The number under which a person is told of on a day, with its state: the last one hired by then. */
export function numberOn(person: Person, date: LocalDate): { staff: string; state: RosterState } {
  const begun = person.numbers.findLast(({ states }) => (states[0]?.hiredOn ?? date) <= date) ?? person.numbers[0];
  if (begun === undefined) throw new RangeError('A person has at least one number.');
  return { staff: begun.staff, state: stateOn(begun.states, date) };
}

/** The month of hire of the first number, as the state of that day has it. */
export function hiredMonth(person: Person, date: LocalDate): Month {
  const [first] = person.numbers;
  return monthOf(first === undefined ? date : stateOn(first.states, date).hiredOn);
}
