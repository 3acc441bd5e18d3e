import type { WhyNot } from '../ports/room.ts';
import type { PresenceKind } from './rules.ts';

/** Somebody who may be asked, at the minute of the request. `unknown`: no clock speaks of the person, who may be there. */
export interface Candidate {
  staff: string;
  /** Leave, trip, 休職, not in service; null where none of it holds. */
  away: WhyNot | null;
  presence: Exclude<PresenceKind, 'not-at-work'> | 'unknown';
}

export interface RouteFacts {
  /** Null: the post of the 所属長 is vacant. */
  head: Candidate | null;
  /** 代理, then 事務取扱 and the like, in order (P3). */
  deputies: Candidate[];
  /** 部長 and the levels above, nearest first. */
  above: Candidate[];
  /** 庶務担当 of the section, else of its 部, else of its 局区. */
  office: Candidate[];
  /** 22:00 has come: nobody is asked any more. */
  over: boolean;
}

export interface Route {
  staff: string;
  as: 'head' | 'deputy' | 'division-head' | 'office';
  /** 任意: the person is known to have left and need not answer. */
  optional: boolean;
}

/**
 * Who is asked about a request at night (P3, design 4): the head if at work or not known to have left; else the deputy at
 * work; else once the head, marked 任意. A head on leave or away is never asked: then any deputy who has not left, then the
 * 部長 and upward. A vacant post goes to who stands in, else to 庶務. Null: nobody is there, or it is past 22:00.
 */
export function routeRequest(facts: RouteFacts): Route | null {
  if (facts.over) return null;
  const { head, deputies, above, office } = facts;
  if (head !== null && head.away === null) {
    if (head.presence !== 'left') return asked(head, 'head');
    const there = deputies.find((one) => one.away === null && one.presence === 'at-work');
    return there ? asked(there, 'deputy') : { ...asked(head, 'head'), optional: true };
  }
  const deputy = firstThere(deputies);
  if (deputy) return asked(deputy, 'deputy');
  const upward = firstThere(above);
  if (head !== null) return upward ? asked(upward, 'division-head') : null;
  const clerk = firstThere(office);
  if (clerk) return asked(clerk, 'office');
  return upward ? asked(upward, 'division-head') : null;
}

/** Somebody at work before somebody of whom nothing is known; nobody who has left. */
function firstThere(candidates: Candidate[]): Candidate | undefined {
  const there = candidates.filter((one) => one.away === null && one.presence !== 'left');
  return there.find((one) => one.presence === 'at-work') ?? there[0];
}

const asked = ({ staff }: Candidate, as: Route['as']): Route => ({ staff, as, optional: false });
