import type { StaffRowTable } from '../../ports/tables.ts';

/** What a head set for a section, by its path `局区/部/課` on the date asked about. */
export interface HeadSetting {
  path: string;
  value: string;
}

/** What holds for the people of one section: the nearest head's word, and the policy's sections that stand nearer than it. */
export interface SettingFor {
  /** Null where no head has said anything. */
  said: string | null;
  policy: string[];
}

/** The path of the section a person stands in; empty levels are left out. */
export function pathOfMember(member: Pick<StaffRowTable, 'bureau' | 'division' | 'unit'>): string {
  return [member.bureau, member.division, member.unit].filter((level) => level !== '').join('/');
}

/**
 * What holds for a path where the city's policy names sections and heads have set their own: what stands nearest wins, a
 * head over the policy of the same section. A setting holds for everything below its section.
 */
export function settingFor(path: string, policySections: readonly string[], heads: readonly HeadSetting[]): SettingFor {
  const nearest = heads
    .filter((setting) => covers(setting.path, path))
    .reduce<HeadSetting | null>((best, one) => (best && depth(best.path) >= depth(one.path) ? best : one), null);
  const policy = policySections.filter(
    (section) => covers(section, path) && (nearest === null || depth(section) > depth(nearest.path)),
  );
  return { said: nearest?.value ?? null, policy };
}

const covers = (section: string, path: string) => path === section || path.startsWith(`${section}/`);
const depth = (path: string) => path.split('/').length;
