import { headSettings, type OwnSection, resolveSection, settingFor } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { LocalDate } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import { type OwnDay, WEEKDAYS } from './wording-settings.ts';

/** What holds for a section on a date, from the city's policy and from heads. */
export interface SectionState {
  prior: 'on' | 'off';
  days: OwnDay[];
}

/** C03 and the own no-overtime days of a section as they hold on a date. */
export async function settingsOfSection(
  ports: Ports,
  db: Db,
  section: OwnSection,
  date: LocalDate,
): Promise<SectionState> {
  const policy = (await currentPolicy(db, ports.settings)).on(date);
  const pathsOf = async (names: string[]) => {
    const found = await Promise.all(names.map((name) => resolveSection(db, name, date)));
    return found.map((one) => ('path' in one ? one.path : ''));
  };
  const prior = settingFor(
    section.path,
    await pathsOf(policy.priorApplication.sections),
    await headSettings(db, 'prior-application', date),
  );
  const named = await pathsOf(policy.noOvertime.sectionDays.map((one) => one.section));
  const own = settingFor(section.path, named, await headSettings(db, 'no-overtime-days', date));
  const days = new Set([
    ...(own.said ?? '').split(','),
    ...policy.noOvertime.sectionDays.flatMap((one, at) => (own.policy.includes(named[at] ?? '') ? [one.weekday] : [])),
  ]);
  return {
    prior: prior.said === 'on' || prior.policy.length > 0 ? 'on' : 'off',
    days: WEEKDAYS.filter((day) => days.has(day)),
  };
}
