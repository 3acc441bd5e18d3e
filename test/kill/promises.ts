import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Campaign, type KillReport, killCampaigns } from './campaigns.ts';
import type { Life } from './life.ts';
import { figuresOf, summaryLine } from './report.ts';
import type { StoreName } from './stores.ts';
import { firstSendWithin, mostUnknown } from './verdict.ts';

/** What a service that is killed in the middle of its sends promises, on one store. KAERU_SEED repeats a run. */
export function promisesUnderKills(store: StoreName, kills: number, staff: number): void {
  describe(`SIGKILL at ${kills} random moments of sends to ${staff} people, on ${store}`, () => {
    const stop = new AbortController();
    let report: KillReport;
    let lives: Life[];
    let campaigns: Campaign[];

    beforeAll(async () => {
      const seed = Number(process.env['KAERU_SEED'] ?? Date.now() % 1_000_000_000);
      console.log(`kill, ${store}: KAERU_SEED=${seed}`);
      report = await killCampaigns({ store, kills, staff, seed, signal: stop.signal });
      console.log(summaryLine(report));
      ({ campaigns } = report);
      lives = campaigns.flatMap((campaign) => campaign.lives);
    }, 240_000);
    afterAll(() => stop.abort('the test has ended'));

    test('the kills fell into the send: cards were under way, and cards were still to be sent', () => {
      expect(lives).toHaveLength(kills);
      expect(figuresOf(report).during).toBeGreaterThanOrEqual(Math.ceil(kills / 2));
    });

    test('nothing at all is otherwise than promised', () => {
      expect(report.faults).toEqual([]);
    });

    test('nobody has two cards, and nobody who was not asked has one', () => {
      expect(campaigns.flatMap(({ verdict }) => [...verdict.duplicates, ...verdict.wrong])).toEqual([]);
    });

    test('nobody is lost: who is sent has the card, who has none is unknown, waits for a chat or is skipped with a reason', () => {
      expect(campaigns.flatMap(({ verdict }) => verdict.lost)).toEqual([]);
      for (const { verdict, end } of campaigns) {
        expect(verdict.sent + verdict.unknown).toBe(report.city.reached.length);
        expect(end.waiting).toBe(0);
      }
    });

    test('the books balance after every kill and every restart: one state each, all of them the people planned', () => {
      for (const { start, end } of lives) {
        expect([0, staff]).toContain(start.items);
        expect(end).toMatchObject({ items: staff, people: staff });
        expect(end.attempts.counted).toBe(end.attempts.rows);
      }
    });

    test(`a kill leaves at most ${mostUnknown} unknown, those that were being sent`, () => {
      expect(figuresOf(report).unknownMost).toBeLessThanOrEqual(mostUnknown);
      const left = lives.reduce((sum, { end }) => sum + (end.states['sending'] ?? 0), 0);
      expect(figuresOf(report).unknown).toBe(left);
    });

    test('the first card goes within 10 s of each start', () => {
      for (const { firstSend } of lives) expect(firstSend ?? Number.POSITIVE_INFINITY).toBeLessThan(firstSendWithin);
    });
  });
}
