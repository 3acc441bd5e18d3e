import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imbalances } from './books.ts';
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

    test('every kill fell into a campaign, most where cards were under way and more to be sent, others while it was planned', () => {
      expect(lives).toHaveLength(kills);
      expect(figuresOf(report).during).toBeGreaterThanOrEqual(Math.ceil(kills / 2));
      expect(lives[0]).toMatchObject({ plans: true, diesPlanning: true });
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

    test('the books balance after every kill and every restart: one state each, of nobody unplanned once planning has ended', () => {
      for (const { start, end } of lives)
        expect([...imbalances(start, staff), ...imbalances(end, staff)], JSON.stringify(end)).toEqual([]);
      for (const { end } of campaigns) expect(end).toMatchObject({ planning: 'done', items: staff, people: staff });
    });

    test(`a kill leaves at most ${mostUnknown} unknown, those that were being sent`, () => {
      expect(figuresOf(report).unknownMost).toBeLessThanOrEqual(mostUnknown);
      const left = lives.reduce((sum, { end }) => sum + (end.states['sending'] ?? 0), 0);
      expect(figuresOf(report).unknown).toBe(left);
    });

    test('the first card goes within 10 s of each start', () => {
      for (const { firstSend, diesPlanning, lived } of lives)
        expect(firstSend ?? (diesPlanning ? lived : Number.POSITIVE_INFINITY)).toBeLessThan(firstSendWithin);
    });
  });
}
