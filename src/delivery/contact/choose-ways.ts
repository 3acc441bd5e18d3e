import type { Db } from '../../ports/database.ts';
import type { Contact, Ports } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { presentBudget } from './keep-within-budget.ts';
import { cardsOn, staffWithHeld, staffWithOpen, usedInWeek } from './queries.ts';
import { type Way, wayOf } from './rules.ts';

/** What the ways of a campaign depend on. */
type Campaign = Pick<ItemTable, 'rule' | 'occasion' | 'date' | 'priority' | 'urgency'> & { contact: Contact };

/** How the items of a campaign go to each of its people. */
export interface Ways {
  way(staff: string): Way;
  /** The card of today that a merge joins. */
  cardToday(staff: string): string | undefined;
  /** Something else of the person may stand on the new message. */
  carries(staff: string): boolean;
}

/** Decides for all people of a campaign at once: a handful of queries, however many they are. */
export async function chooseWays(ports: Ports, db: Db, campaign: Campaign, staff: string[]): Promise<Ways> {
  const counted = campaign.contact === 'counted';
  const { week, budget } = counted ? await presentBudget(ports, db) : { week: '', budget: 0 };
  const rings = campaign.priority > 0;
  const [used, today, held, open] = await Promise.all([
    counted ? usedInWeek(db, week, staff) : new Map<string, number>(),
    campaign.urgency === 'merge' ? cardsOn(db, staff, campaign.date) : new Map<string, string>(),
    rings ? staffWithHeld(db, staff) : new Set<string>(),
    rings ? staffWithOpen(db, staff, campaign, ports.clock.now()) : new Set<string>(),
  ]);
  return {
    way: (person) =>
      wayOf({
        contact: campaign.contact,
        urgency: campaign.urgency,
        used: used.get(person) ?? 0,
        budget,
        cardToday: today.has(person),
      }),
    cardToday: (person) => today.get(person),
    carries: (person) => held.has(person) || open.has(person),
  };
}
