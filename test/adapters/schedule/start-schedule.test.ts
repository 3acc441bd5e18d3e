import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Schedule, startSchedule } from '../../../src/adapters/schedule/start-schedule.ts';
import { type HandClock, handClock } from '../../fakes/hand-clock.ts';

const MINUTE = 60_000;
const start = Date.parse('2026-11-18T16:14:45+09:00');
const startMinute = Date.parse('2026-11-18T16:14:00+09:00');

describe('the schedule', () => {
  let clock: HandClock;
  let seen: number[];
  let schedule: Schedule | undefined;

  beforeEach(() => {
    clock = handClock(start);
    seen = [];
  });
  afterEach(async () => {
    await schedule?.stop();
    vi.useRealTimers();
  });
  const record = async (minute: number) => void seen.push(minute);
  const offsets = () => seen.map((minute) => (minute - startMinute) / MINUTE);

  test('reports the present minute without being told to look, once whoever started it has had a turn', async () => {
    schedule = startSchedule(clock, record);
    await null;
    expect(offsets()).toEqual([]);
    await vi.waitFor(() => expect(offsets()).toEqual([0]));
  });

  test('one that is stopped in the turn it was started in reports nothing', async () => {
    schedule = startSchedule(clock, record);
    await schedule.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(offsets()).toEqual([]);
  });

  test('reports each minute once, however often it looks', async () => {
    schedule = startSchedule(clock, record);
    for (let second = 0; second < 150; second += 1) {
      await clock.advance(1_000);
      await schedule.tick();
    }
    expect(offsets()).toEqual([0, 1, 2, 3]);
  });

  test('reports every minute of a jump forward, in order', async () => {
    schedule = startSchedule(clock, record);
    await schedule.tick();
    clock.set(start + 24 * 60 * MINUTE);
    await schedule.tick();
    expect(offsets()).toEqual(Array.from({ length: 24 * 60 + 1 }, (_, index) => index));
  });

  test('reports nothing again when the clock goes back', async () => {
    schedule = startSchedule(clock, record);
    await clock.advance(2 * MINUTE);
    await schedule.tick();
    clock.set(start - 60 * MINUTE);
    await schedule.tick();
    clock.set(start + 3 * MINUTE);
    await schedule.tick();
    expect(offsets()).toEqual([0, 1, 2, 3]);
  });

  test('never runs two at once, and a slow minute does not lose the next', async () => {
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    schedule = startSchedule(clock, async (minute) => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => release.push(resolve));
      running -= 1;
      await record(minute);
    });
    await clock.advance(3 * MINUTE);
    const ticks = [schedule.tick(), schedule.tick()];
    for (let done = 0; done < 4; done += 1) {
      await vi.waitFor(() => expect(release.length).toBe(done + 1));
      release[done]?.();
    }
    await Promise.all(ticks);
    expect(most).toBe(1);
    expect(offsets()).toEqual([0, 1, 2, 3]);
  });

  test('goes on after a minute that failed', async () => {
    const errors: unknown[] = [];
    const failing = async (minute: number) => {
      if (minute === startMinute) throw new Error('first');
      await record(minute);
    };
    schedule = startSchedule(clock, failing, (error) => errors.push(error));
    await schedule.tick();
    await clock.advance(MINUTE);
    await schedule.tick();
    expect(errors).toHaveLength(1);
    expect(offsets()).toEqual([1]);
  });

  test('leaves out what is older than 15 days when a clock jumps from 1970', async () => {
    clock.set(0);
    schedule = startSchedule(clock, record);
    await schedule.tick();
    clock.set(start);
    await schedule.tick();
    expect(seen).toHaveLength(15 * 24 * 60 + 2);
    expect(seen.at(-1)).toBe(startMinute);
  });

  test('looks by itself every second, and no more after stop', async () => {
    vi.useFakeTimers({ now: start });
    schedule = startSchedule(clock, record);
    await vi.advanceTimersByTimeAsync(1_500);
    clock.set(start + MINUTE);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(offsets()).toEqual([0, 1]);
    const stopped = schedule.stop();
    clock.set(start + 2 * MINUTE);
    await vi.advanceTimersByTimeAsync(3_000);
    await stopped;
    expect(offsets()).toEqual([0, 1]);
  });
});
