import { describe, expect, it } from 'vitest';
import { ClockMoves, readTarget } from '../../src/rehearsal/clock-moves.ts';
import type { RehearsalControl } from '../../src/rehearsal/control.ts';

const now = Date.parse('2026-11-18T16:14:45+09:00');
const read = (body: unknown) => readTarget(body, now, 'Asia/Tokyo');

describe('where the rehearsal clock may be moved to', () => {
  it('takes a time with an offset, whichever', () => {
    expect(read({ to: '2026-11-18T17:15:00+09:00' })).toEqual({ to: Date.parse('2026-11-18T08:15:00Z') });
    expect(read({ to: '2026-11-18T08:15:00Z' })).toEqual({ to: Date.parse('2026-11-18T08:15:00Z') });
  });

  it.each([
    [null, '"to" is missing; expected a time such as {"to": "2026-11-18T16:15:45+09:00"}.'],
    [{ to: 1 }, '"to" is missing'],
    [{ to: '17:15' }, 'no time with an offset (read: 17:15)'],
    [{ to: '2026-11-18T17:15:00' }, 'no time with an offset'],
    [{ to: '2026-11-18T16:14:44+09:00' }, 'the past: the clock stands at 2026-11-18T16:14:45+09:00'],
    [{ to: '2029-11-18T16:14:44+09:00' }, 'more than 400 days ahead'],
  ])('refuses %j with a sentence', (body, sentence) => {
    const target = read(body);
    expect('problem' in target && target.problem).toContain(sentence);
  });

  it('plays one move after the other, and judges the second by where the first ended', async () => {
    let clock = now;
    const moveTo = async (to: number) => {
      clock = to;
    };
    const moves = new ClockMoves({ ...stillControl, now: () => clock, moveTo });
    const ask = (to: string) => moves.answer(request(JSON.stringify({ to })));
    const [first, second] = await Promise.all([ask('2026-11-18T19:30:00+09:00'), ask('2026-11-18T17:15:00+09:00')]);
    expect([first.status, second.status]).toEqual([200, 400]);
    expect(first.body).toBe('{"now":"2026-11-18T19:30:00+09:00"}');
    expect(moves.position()).toEqual({ now: clock, move: null });
  });
});

const stillControl: RehearsalControl = {
  now: () => now,
  timeZone: 'Asia/Tokyo',
  organisation: '見本市',
  moveTo: async () => {},
  ledger: async () => ({ items: [], totals: {} }),
  people: async () => [],
  gallery: () => [],
};

function request(body: string) {
  const closed = new AbortController().signal;
  return { params: {}, query: new URLSearchParams(), headers: {}, body: Buffer.from(body), closed };
}
