import type { StaffMember } from '../people/index.ts';
import type { Policy } from '../policy/index.ts';

/** Whether an agreement with the staff covers this programme for the person's 任命権者; without one it stays off (P12). */
export function isAgreed(
  policy: Policy,
  programme: Policy['agreements'][number]['programme'],
  member: Pick<StaffMember, 'appointer'>,
): boolean {
  return policy.agreements.some(
    (one) => one.programme === programme && (one.appointer === null || one.appointer === member.appointer),
  );
}
