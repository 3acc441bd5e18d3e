import type { Instant } from '../../ports/clock.ts';
import { endOf, holdsAt, type ModeFacts, type SectionFacts } from '../rules.ts';

/** Why a mode is started, as the card offers it. */
export const REASON_CODES = ['storm', 'earthquake', 'infection', 'fire', 'outage', 'other'] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;

/** P6: a head's mode ends after 24 hours unless HR extends it; HR's after 7 days, renewable. */
export const LONGEST = { head: 24 * hour, hr: 7 * 24 * hour } as const;

const HOURS = { head: [2, 4, 8, 12, 24], hr: [4, 12, 24, 48, 72, 120, 168] } as const;

/** Who asks: a head for the own sections, HR for any. */
export interface Authority {
  as: 'head' | 'hr';
  /** The head's own; empty for HR. */
  sections: SectionFacts[];
}

/** The ends to choose from: quarter hours, at most 7, none later than the role may set. */
export function endChoices(as: Authority['as'], now: Instant): Instant[] {
  return HOURS[as].map((hours) => Math.floor((now + hours * hour) / quarter) * quarter);
}

export type StartProblem = 'not-yours' | 'running' | 'too-long' | 'not-later';

/**
 * Whether a mode may begin: own sections only for a head; not twice for the very same section; an end is required, after now
 * and within what the role may set.
 */
export function mayStart(
  authority: Authority,
  section: SectionFacts,
  end: Instant,
  now: Instant,
  running: ModeFacts[],
): StartProblem | null {
  if (!isOwn(authority, section)) return 'not-yours';
  if (end <= now) return 'not-later';
  if (end > now + LONGEST[authority.as]) return 'too-long';
  return running.some((mode) => mode.path === section.path && holdsAt(mode, now)) ? 'running' : null;
}

export interface HeldMode extends ModeFacts {
  startedAs: Authority['as'];
}

/** Whether a mode may be moved to this end: later than the present one; a head's own mode at most 24 hours after its start. */
export function mayExtend(authority: Authority, mode: HeldMode, end: Instant, now: Instant): StartProblem | null {
  if (!mayEnd(authority, mode)) return 'not-yours';
  if (end <= Math.max(now, endOf(mode))) return 'not-later';
  const latest = authority.as === 'hr' ? now + LONGEST.hr : mode.startedAt + LONGEST.head;
  return end > latest ? 'too-long' : null;
}

/** HR may end every mode, a head one that a head set for an own section or one below it. */
export function mayEnd(authority: Authority, mode: HeldMode): boolean {
  return authority.as === 'hr' || (mode.startedAs === 'head' && isOwn(authority, mode));
}

const touches = (path: string, above: string) => path === above || path.startsWith(`${above}/`);

function isOwn(authority: Authority, section: SectionFacts): boolean {
  return authority.as === 'hr' || authority.sections.some((own) => touches(section.path, own.path));
}

/** Whether a mode is the reader's to see: HR sees all, a head those over an own section or within it. */
export function maySee(authority: Authority, mode: SectionFacts): boolean {
  return (
    authority.as === 'hr' ||
    authority.sections.some((own) => touches(own.path, mode.path) || touches(mode.path, own.path))
  );
}
