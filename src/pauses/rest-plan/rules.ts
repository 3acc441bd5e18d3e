import type { MinuteOfDay } from '../../ports/clock.ts';
import type { WhyNot } from '../../ports/room.ts';

/** Working days after an election on which somebody who was away may still get the card. */
export const restPlanDays = 5;

/** One of the staff listed for an election. */
export interface ListedFacts {
  staff: string;
  /** 08:45, or the own start where that is later. */
  minute: MinuteOfDay;
  /** Why the person is away at that minute on each working day since the election, the first to the one decided; null: there. */
  away: readonly (WhyNot | null)[];
}

export interface RestPlanDecision {
  staff: string;
  minute: MinuteOfDay;
  why?: WhyNot;
}

/**
 * Who gets 「休息・振替(代休)の予定」 on a working day after an election (P7): everybody listed on the first one; who was away
 * then, on the first of the next four on which they are back. Everybody at most once.
 */
export function decideRestPlan(people: ListedFacts[]): RestPlanDecision[] {
  return people.flatMap(({ staff, minute, away }) => {
    const before = away.slice(0, -1);
    const today = away.at(-1) ?? null;
    if (away.length === 0 || away.length > restPlanDays || before.some((why) => why === null)) return [];
    return [{ staff, minute, ...(today === null ? {} : { why: today }) }];
  });
}
