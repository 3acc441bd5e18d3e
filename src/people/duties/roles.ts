import type { Policy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import { staffMemberOn, staffOn } from '../queries.ts';
import { isInService, type StaffMember } from '../rules.ts';
import { findSection, pathOf } from '../sections/find-section.ts';
import { allSections } from '../sections/queries.ts';

/**
 * Roles by 職員番号 on a date: those the policy names by number or section, and those granted by person in the store. Only
 * people in service on that date hold one.
 */
export async function rolesOn(db: Db, policy: Policy, date: LocalDate): Promise<Map<string, string[]>> {
  return rolesAmong(db, policy, date, await staffOn(db, date));
}

/** The roles of one person on a date, in order; deny by default. Reads that person alone. */
export async function rolesOf(db: Db, policy: Policy, staff: string, date: LocalDate): Promise<string[]> {
  const person = await staffMemberOn(db, staff, date);
  return person === null ? [] : ((await rolesAmong(db, policy, date, [person])).get(staff) ?? []);
}

async function rolesAmong(
  db: Db,
  policy: Policy,
  date: LocalDate,
  people: StaffMember[],
): Promise<Map<string, string[]>> {
  const roles = new Map<string, Set<string>>();
  const staff = people.filter((person) => isInService(person, date));
  const serving = new Set(staff.map((person) => person.staff));
  const give = (number: string, role: string) => {
    if (serving.has(number)) roles.set(number, (roles.get(number) ?? new Set()).add(role));
  };
  const sections = await allSections(db);
  for (const [role, holders] of Object.entries(policy.roles)) {
    for (const holder of holders) {
      if (typeof holder === 'string') give(holder, role);
      else for (const number of inSection(staff, findSection(sections, holder.section, date))) give(number, role);
    }
  }
  for (const grant of await grantsOn(db, date)) give(grant.staff, grant.role);
  return new Map([...roles].map(([person, held]) => [person, [...held].sort()]));
}

function inSection(staff: readonly StaffMember[], section: ReturnType<typeof findSection>): string[] {
  if ('problem' in section) return [];
  const within = (path: string) => path === section.path || path.startsWith(`${section.path}/`);
  return staff
    .filter((person) => person.section_id === section.key || within(pathOf(person)))
    .map((person) => person.staff);
}

function grantsOn(db: Db, date: LocalDate) {
  return db
    .selectFrom('role_grant')
    .select(['staff', 'role'])
    .where('valid_from', '<=', date)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', date)]))
    .execute();
}
