import { directReports, ownSections, rolesOf } from '../../people/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Authority } from './rules.ts';

/** What a person may do with 災害モード on a date: HR everywhere, a head in the own sections, nobody else (null). */
export async function authorityOf(db: Db, policy: Policy, staff: string, date: LocalDate): Promise<Authority | null> {
  if ((await rolesOf(db, policy, staff, date)).includes('hr')) return { as: 'hr', sections: [] };
  if ((await directReports(db, staff, date)).length === 0) return null;
  return { as: 'head', sections: await ownSections(db, staff, date) };
}
