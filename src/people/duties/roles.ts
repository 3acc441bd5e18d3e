import type { Policy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { staffOn } from '../queries.ts';
import { pathOf, resolveSection } from '../sections/queries.ts';

/** Roles by 職員番号 on a date: those the policy names by number or section, and those granted by person in the store. */
export async function rolesOn(db: Db, policy: Policy, date: LocalDate): Promise<Map<string, string[]>> {
  const roles = new Map<string, Set<string>>();
  const give = (staff: string, role: string) => roles.set(staff, (roles.get(staff) ?? new Set()).add(role));
  const staff = await staffOn(db, date);
  for (const [role, holders] of Object.entries(policy.roles)) {
    for (const holder of holders) {
      if (typeof holder === 'string') give(holder, role);
      else for (const person of await inSection(db, staff, holder.section, date)) give(person, role);
    }
  }
  for (const grant of await grantsOn(db, date)) give(grant.staff, grant.role);
  return new Map([...roles].map(([person, held]) => [person, [...held].sort()]));
}

/** The roles of one person on a date, in order; deny by default. */
export async function rolesOf(db: Db, policy: Policy, staff: string, date: LocalDate): Promise<string[]> {
  return (await rolesOn(db, policy, date)).get(staff) ?? [];
}

async function inSection(
  db: Db,
  staff: Awaited<ReturnType<typeof staffOn>>,
  text: string,
  date: LocalDate,
): Promise<string[]> {
  const section = await resolveSection(db, text, date);
  if ('problem' in section) return [];
  const under = (path: string) => path === section.path || path.startsWith(`${section.path}/`);
  return staff.filter((person) => under(pathOf(person))).map((person) => person.staff);
}

function grantsOn(db: Db, date: LocalDate) {
  return db
    .selectFrom('role_grant')
    .select(['staff', 'role'])
    .where('valid_from', '<=', date)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', date)]))
    .execute();
}
