import { pageBehind, peopleAtOnce } from '../people/index.ts';
import { breather } from '../ports/breath.ts';
import type { LocalDate } from '../ports/clock.ts';
import type { Decision, OccasionRule, Page, Ports } from '../ports/room.ts';

/** What a rule decided of one page. The last page of a roster is open at its end. */
interface Decided {
  page: Page;
  decisions: Decision[];
}

/**
 * What a rule says of a date, a page of the roster after the other: never more than one of them is held. Between two pages others
 * have their turn. Nothing at all where the rule names nobody.
 */
export async function* decidedPages(
  ports: Ports,
  rule: OccasionRule,
  date: LocalDate,
  atOnce = peopleAtOnce,
): AsyncGenerator<Decided> {
  const { db } = ports.database;
  const breath = breather(ports.clock);
  const decide = await rule.decide(ports, db, date);
  if (decide === null) return;
  for (let after: string | null = ''; after !== null; ) {
    await breath();
    const page: Page = await pageBehind(db, after, rule.pages, atOnce);
    yield { page, decisions: await decide(page) };
    after = page.upTo;
  }
}

/** Everything a rule says of a date, of everybody at once: for those who look at a day as a whole. */
export async function decisionsOn(ports: Ports, rule: OccasionRule, date: LocalDate): Promise<Decision[]> {
  const all: Decision[] = [];
  for await (const { decisions } of decidedPages(ports, rule, date)) all.push(...decisions);
  return all;
}
