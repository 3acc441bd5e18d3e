import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ledger } from '../../src/delivery/index.ts';
import { never, refused, sent, throttled, unclear } from '../fakes/chat.ts';
import { numbers, plan, toyService } from './toy-room.ts';

/** What Teams does with a request: `lost` and `unclear` have been accepted, but nobody learns of it. */
const fate = fc.constantFrom('sent', 'sent', 'sent', 'lost', 'unclear', 'throttled', 'paused', 'refused');

/** Calls that are claimed and wait for their moment within 160 ms: at twice this pace, while a pause is made up for, no more than these. */
const claimedAhead = 7;

test('whatever Teams answers and whenever the service dies: nobody gets two cards, and nobody is lost from the books', async () => {
  const staff = numbers(25);
  const run = fc.record({
    fates: fc.array(fate, { minLength: 5, maxLength: 40 }),
    crashes: fc.array(fc.nat(1500), { minLength: 1, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(run, async ({ fates, crashes }) => {
      const service = await toyService(staff, { pace: 20 });
      const accepted: string[] = [];
      service.ports.chat.answer((call, number) => {
        const what = fates[number % fates.length] ?? 'sent';
        if (['sent', 'lost', 'unclear'].includes(what)) accepted.push(call.conversation);
        if (what === 'lost') return never;
        if (what === 'unclear') return unclear;
        if (what === 'throttled') return throttled(null);
        if (what === 'paused') return throttled(400);
        return what === 'refused' ? refused(413) : sent(number);
      });
      await plan(service.ports, staff);
      for (const [index, after] of crashes.entries()) {
        service.delivery.wake();
        await service.ports.clock.advance(after);
        await service.crash();
        const { items, totals } = await ledger(service.db);
        expect(items).toHaveLength(25);
        expect(totals['sending']).toBeUndefined();
        expect(totals['unknown'] ?? 0).toBeLessThanOrEqual(accepted.length + claimedAhead * (index + 1));
      }
      service.ports.chat.answer((call, number) => {
        accepted.push(call.conversation);
        return sent(number);
      });
      await service.settle();
      expect(new Set(accepted).size).toBe(accepted.length);
      const { items } = await ledger(service.db);
      for (const { staff: person, state, attempts } of items) {
        expect(['sent', 'unknown', 'refused']).toContain(state);
        if (state === 'sent') expect(accepted).toContain(`chat-${person}`);
        expect(attempts).toBeGreaterThan(0);
      }
      const posted = await service.db.selectFrom('attempt').select('id').execute();
      const unposted = posted.length - service.ports.chat.calls.length;
      expect(unposted).toBeGreaterThanOrEqual(0);
      expect(unposted).toBeLessThanOrEqual(claimedAhead * crashes.length);
    }),
    { numRuns: 10 },
  );
});
