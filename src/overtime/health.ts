import type { Policy } from '../policy/index.ts';
import { type Month, monthText } from './months.ts';
import type { Portion } from './portions.ts';

type HealthPolicy = Pick<Policy['overtime'], 'healthBasis' | 'health'>;

/** What the basis over 40 h a week needs to know of a month: minutes of regular work, and its days of the calendar. */
export interface RegularWork {
  minutes: number;
  calendarDays: number;
}

/** P5: the second ledger. Holidays, flagged minutes and those of 管理職 are in; no limit is judged by it. */
export interface Health {
  month: string;
  minutes: number;
  /** `health-80`, `health-100`, `health-average-80`: every one reached, for the upper group and the list of the health role. */
  stages: string[];
}

/** Minutes of 休日労働 and 時間外 that a doctor looks at: all but the substitution within the week and 宿日直. */
function isHealthHour({ kind }: Portion): boolean {
  return kind !== 'weekoff_same_week' && kind !== 'duty';
}

/**
 * Minutes of one month on the policy's basis: `order-hours` are the hours of the ledger; `over-40h-week` is total hours −
 * 40 h × days of the calendar ÷ 7 (domain.md 3.1), never below 0, rounded down to whole minutes.
 */
export function healthMinutes(
  portions: readonly Portion[],
  month: Month,
  basis: HealthPolicy['healthBasis'],
  regular: (month: Month) => RegularWork,
): number {
  let worked = 0;
  for (const portion of portions) if (portion.month === month && isHealthHour(portion)) worked += portion.minutes;
  if (basis === 'order-hours') return worked;
  const { minutes, calendarDays } = regular(month);
  return Math.max(0, Math.floor(((worked + minutes) * 7 - 2400 * calendarDays) / 7));
}

/** The health ledger of a person at the end of a month; averages over the last 2 to 6 months known since `known`. */
export function healthOf(
  portions: readonly Portion[],
  month: Month,
  policy: HealthPolicy,
  known: Month,
  regular: (month: Month) => RegularWork,
): Health {
  const of = (one: Month) => healthMinutes(portions, one, policy.healthBasis, regular);
  const reached = (value: number, stage: number) => (policy.health.at === 'over' ? value > stage : value >= stage);
  const minutes = of(month);
  const stages = policy.health.month.filter((stage) => reached(minutes, stage)).map((stage) => `health-${stage / 60}`);
  const { average } = policy.health;
  if (average !== null && averageReached(month, known, average, of, reached))
    stages.push(`health-average-${average / 60}`);
  return { month: monthText(month), minutes, stages };
}

function averageReached(
  month: Month,
  known: Month,
  average: number,
  of: (month: Month) => number,
  reached: (value: number, stage: number) => boolean,
): boolean {
  let sum = of(month);
  for (let length = 2; length <= 6 && month - length + 1 >= known; length += 1) {
    sum += of(month - length + 1);
    if (reached(sum, average * length)) return true;
  }
  return false;
}
