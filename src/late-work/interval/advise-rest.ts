import { instantAt, localAt } from '../../calendar/index.ts';
import { planItems } from '../../delivery/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant, LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Decision, OccasionRule, Ports } from '../../ports/room.ts';
import { gatherRests } from './gather-rests.ts';
import { hasStart } from './queries.ts';
import { afterStart, decideRests } from './rules.ts';

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
  decide,
};

async function decide(ports: Ports, db: Db, date: LocalDate): Promise<Decision[]> {
  const day = await gatherRests(ports, db, date);
  if (!day) return [];
  const at = (minute: number) => instantAt(date, minute, day.book.timeZone);
  return decideRests(day.kind, day.people, day.target).map(({ staff, minute, lastUsefulMinute, rest, why }) => ({
    staff,
    at: at(minute),
    lastUsefulAt: at(lastUsefulMinute),
    about: JSON.stringify({ rest, target: day.target } satisfies RestAbout),
    ...(why === undefined ? {} : { why }),
  }));
}

/**
 * The clock of the evening often comes in only the next morning, after the minutes of the day have been worked out. So the
 * minute after each own start + 5 the rule is asked anew; who has an item already keeps it.
 */
export async function adviseLateFeed(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const local = localAt(minute, book.timeZone);
  const { interval, office } = book.on(local.date);
  const start = local.minute - afterStart - 1;
  if (!interval.enabled || (start !== office.startMinute && !(await hasStart(db, start)))) return;
  const due = (await decide(ports, db, local.date)).filter((one) => one.at === minute - oneMinute);
  if (due.length === 0) return;
  const { name: rule, card, priority, urgency, contact } = restRule;
  const campaign = { rule, card, priority, urgency, contact, occasion: local.date, date: local.date };
  await ports.database.transaction(async (trx) => {
    await planItems(ports, trx, { ...campaign, policyVersion: book.version }, due);
  });
}
