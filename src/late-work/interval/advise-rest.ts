import { instantAt, localAt } from '../../calendar/index.ts';
import { planItems } from '../../delivery/index.ts';
import { decidedPages } from '../../occasions/index.ts';
import { ownMinutes } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { OccasionRule, Ports } from '../../ports/room.ts';
import { gatherRests, restPages } from './gather-rests.ts';
import { hasStart } from './queries.ts';
import { afterStart, decideRests, timesOf } from './rules.ts';

const oneMinute = 60_000;

/** What an item of C12 is about: minutes of rest, and the target that held on that date. */
export interface RestAbout {
  rest: number;
  target: number;
}

/** C12 at own start + 5 on the day after, to those with less rest than the target. Advice only: no head is told who. */
export const restRule: OccasionRule = {
  name: 'interval',
  card: 'interval',
  priority: 1,
  urgency: 'ping',
  contact: 'counted',
  pages: 'people',
  async minutes(ports, db, date) {
    const day = await gatherRests(ports, db, date);
    if (!day) return [];
    const { office } = day.book.on(date);
    const starts = new Set([office.startMinute, ...(await ownMinutes(db, 'start_minute'))]);
    const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
    return [...starts].map((start) => {
      const { minute, lastUsefulMinute } = timesOf(start);
      return { at: at(minute), usefulUntil: at(lastUsefulMinute) };
    });
  },
  async decide(ports, db, date) {
    const day = await gatherRests(ports, db, date);
    if (!day) return null;
    const gather = await restPages(db, day.book, date);
    const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
    return async (page) =>
      decideRests(day.kind, await gather(page), day.target).map(({ staff, minute, lastUsefulMinute, rest, why }) => ({
        staff,
        at: at(minute),
        lastUsefulAt: at(lastUsefulMinute),
        about: JSON.stringify({ rest, target: day.target } satisfies RestAbout),
        ...(why === undefined ? {} : { why }),
      }));
  },
};

/**
 * The clock of the evening sometimes comes in only at the own start. So the minute after each own start + 5 the rule is asked
 * anew; who has an item already keeps it.
 */
export async function adviseLateFeed(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const local = localAt(minute, book.timeZone);
  const { interval, office } = book.on(local.date);
  const start = local.minute - afterStart - 1;
  if (!interval.enabled || (start !== office.startMinute && !(await hasStart(db, start)))) return;
  const { name: rule, card, priority, urgency, contact } = restRule;
  const campaign = { rule, card, priority, urgency, contact, occasion: local.date, date: local.date };
  for await (const { decisions } of decidedPages(ports, restRule, local.date)) {
    const due = decisions.filter((one) => one.at === minute - oneMinute);
    if (due.length === 0) continue;
    await ports.database.transaction(async (trx) => {
      await planItems(ports, trx, { ...campaign, policyVersion: book.version }, due);
    });
  }
}
