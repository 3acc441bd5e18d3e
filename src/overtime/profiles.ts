import type { Policy } from '../policy/index.ts';

/** One set of limits (P10): a person may stand under several, each evaluated by itself. */
export type Profile = Policy['overtime']['profiles'][number];

/** What decides under which profiles a person stands on a day. */
export interface Standing {
  /** 適用区分 */
  category: string | null;
  /** Path and key of the own section. */
  section: string;
  sectionKey: string;
}

/**
 * The profiles of a person, in the policy's order: `all`; those that name the 適用区分 or the section (他律的業務 sections);
 * `default` where the 適用区分 is empty or named in no list and the section in none either.
 */
export function profilesOf(profiles: readonly Profile[], standing: Standing): Profile[] {
  const isNamed = (profile: Profile) =>
    (Array.isArray(profile.applies) && standing.category !== null && profile.applies.includes(standing.category)) ||
    (profile.sections ?? []).some((section) => lies(standing, section));
  const named = profiles.some(isNamed);
  return profiles.filter(
    (profile) => profile.applies === 'all' || isNamed(profile) || (profile.applies === 'default' && !named),
  );
}

function lies({ section, sectionKey }: Standing, within: string): boolean {
  return sectionKey === within || section === within || section.startsWith(`${within}/`);
}
