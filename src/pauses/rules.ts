import { pathOfMember } from '../people/index.ts';
import type { Instant } from '../ports/clock.ts';
import type { WhyNot } from '../ports/room.ts';
import { PROGRAMMES, type Programme } from './programmes.ts';

/** A section as people are compared with it: its code, or its path `局区/部/課` where it has none. */
export interface SectionFacts {
  key: string;
  path: string;
}

/** 災害モード of a section. */
export interface ModeFacts extends SectionFacts {
  startedAt: Instant;
  /** The end that was said. */
  endsAt: Instant;
  /** When somebody ended it before, or when its end was noted; null while it runs. */
  endedAt: Instant | null;
}

/** A peak of the policy (P7) on a date it covers. */
export interface PeakFacts {
  reason: string;
  sections: SectionFacts[];
  staff: readonly string[];
  pause: readonly string[];
}

/** What the question needs of a person. */
export interface PersonFacts {
  staff: string;
  section_id: string;
  bureau: string;
  division: string;
  unit: string;
}

/** The instant from which a mode holds no more: the end that was said, or an earlier one. Never later than it (P6). */
export function endOf(mode: Pick<ModeFacts, 'endsAt' | 'endedAt'>): Instant {
  return Math.min(mode.endsAt, mode.endedAt ?? mode.endsAt);
}

/** Whether a mode holds at that instant: from its start on, up to and without its end. */
export function holdsAt(mode: ModeFacts, at: Instant): boolean {
  return mode.startedAt <= at && at < endOf(mode);
}

/**
 * Whether a mode keeps back a card due at that instant. One due at the very start had been decided when the mode began: it is
 * taken back if it has not left, and the books go on saying that it was due.
 */
function takes(mode: ModeFacts, due: Instant): boolean {
  return mode.startedAt < due && due < endOf(mode);
}

/** Whether a person stands in a section or in one below it. */
export function isWithin(person: PersonFacts, section: SectionFacts): boolean {
  if (person.section_id === section.key) return true;
  const path = pathOfMember(person);
  return path === section.path || path.startsWith(`${section.path}/`);
}

/**
 * Whether a peak takes this card from a person: the cards it lists; 選挙 takes every card that asks to go home, whatever it
 * lists (P7: 「cards off for listed staff」).
 */
export function peakPauses(peak: PeakFacts, person: PersonFacts, programme: Programme): boolean {
  const card = peak.pause.includes(programme) || (peak.reason === '選挙' && PROGRAMMES[programme].electionOff);
  return card && (peak.staff.includes(person.staff) || peak.sections.some((section) => isWithin(person, section)));
}

export interface PauseFacts {
  modes: ModeFacts[];
  /** Peaks that cover the date. */
  peaks: PeakFacts[];
  /** When the person stopped this programme; null where the person has not. */
  stoppedAt(staff: string, programme: Programme): Instant | null;
}

/**
 * Why a card of this programme is not to be sent to a person at that instant, or null: 災害モード of the section (P6; C12 and
 * C13 stay on), a peak (P7), the person's own 停止 (only of what can be stopped).
 */
export function whyPaused(facts: PauseFacts, person: PersonFacts, programme: Programme, at: Instant): WhyNot | null {
  const { emergencyOff, stoppable } = PROGRAMMES[programme];
  if (emergencyOff && facts.modes.some((mode) => takes(mode, at) && isWithin(person, mode))) return 'emergency';
  if (facts.peaks.some((peak) => peakPauses(peak, person, programme))) return 'peak';
  const stopped = stoppable ? facts.stoppedAt(person.staff, programme) : null;
  return stopped !== null && stopped <= at ? 'opted-out' : null;
}

/** A time in which minutes worked are candidates for 災害等, nothing more: no flag follows from it (P6). */
export interface Period {
  from: Instant;
  to: Instant;
}

/** The times between two instants in which some mode covers the person, in order, joined where they touch. */
export function periodsOf(modes: ModeFacts[], person: PersonFacts, from: Instant, to: Instant): Period[] {
  const clipped = modes
    .filter((mode) => isWithin(person, mode))
    .map((mode) => ({ from: Math.max(from, mode.startedAt), to: Math.min(to, endOf(mode)) }))
    .filter((period) => period.from < period.to)
    .sort((a, b) => a.from - b.from);
  const joined: Period[] = [];
  for (const period of clipped) {
    const last = joined.at(-1);
    if (last !== undefined && period.from <= last.to) last.to = Math.max(last.to, period.to);
    else joined.push({ ...period });
  }
  return joined;
}
