import { readFileSync } from 'node:fs';
import { formatTimeOfDay, holidaysWith, isoAt, parseTimeOfDay } from '../../src/calendar/index.ts';
import { type HeldMode, mayEnd, mayExtend, mayStart } from '../../src/pauses/emergency/rules.ts';
import type { Programme } from '../../src/pauses/programmes.ts';
import { deferUntil, type ReceivingFacts } from '../../src/pauses/receiving/rules.ts';
import { decideRestPlan } from '../../src/pauses/rest-plan/rules.ts';
import { type PeakFacts, periodsOf, whyPaused } from '../../src/pauses/rules.ts';
import type { WhyNot } from '../../src/ports/room.ts';
import { aStaffMember } from '../build/staff-member.ts';

const zone = 'Asia/Tokyo';
/** `2026-11-18T16:15`, a wall clock of Tokyo. */
const instant = (text: string) => Date.parse(`${text}:00+09:00`);

interface Mode {
  section: string;
  from: string;
  to: string;
  ended?: string;
  as?: 'head' | 'hr';
}

/** `_facts.json`. The person is 100001 of 見本局/見本部/見本課 with office hours where nothing else is said. */
interface Facts {
  decide: 'paused' | 'periods' | 'defer' | 'start' | 'extend' | 'end' | 'rest-plan';
  person?: { staff?: string; path?: string; code?: string; start?: string; end?: string };
  modes?: Mode[];
  peaks?: (Omit<Partial<PeakFacts>, 'sections'> & { sections?: string[] })[];
  stopped?: { programme: Programme; at: string }[];
  programmes?: Programme[];
  at?: string;
  from?: string;
  to?: string;
  notice?: Partial<Pick<ReceivingFacts, 'kind' | 'atWork' | 'declaredDuty' | 'outsideHours'>>;
  as?: 'head' | 'hr';
  own?: string[];
  section?: string;
  end?: string;
  listed?: { staff: string; start?: string; away: (WhyNot | null)[] }[];
}

/** What the rules decide on the facts of one case, in the words of `decision.json`. */
export function decisionOn(folder: URL): object {
  const facts = JSON.parse(readFileSync(new URL('_facts.json', folder), 'utf8')) as Facts;
  switch (facts.decide) {
    case 'paused':
      return paused(facts);
    case 'periods':
      return { periods: periodsOf(modesOf(facts), personOf(facts), at(facts.from), at(facts.to)).map(written) };
    case 'defer':
      return { at: isoAt(deferUntil(receivingOf(facts), at(facts.at)), zone) };
    case 'rest-plan':
      return { decided: restPlan(facts) };
    default:
      return { problem: managed(facts, facts.decide) };
  }
}

const at = (text: string | undefined) => instant(text ?? 'no time in _facts.json');
const written = ({ from, to }: { from: number; to: number }) => ({ from: isoAt(from, zone), to: isoAt(to, zone) });
const sectionOf = (path: string) => ({ key: path, path });

function personOf({ person = {} }: Facts) {
  const [bureau = '', division = '', unit = ''] = (person.path ?? '見本局/見本部/見本課').split('/');
  const path = [bureau, division, unit].filter(Boolean).join('/');
  const section = { bureau, division, unit, section_id: person.code ?? path };
  return aStaffMember({ staff: person.staff ?? '100001', ...section });
}

function modesOf({ modes = [] }: Facts): HeldMode[] {
  return modes.map(({ section, from, to, ended, as = 'hr' }) => ({
    ...sectionOf(section),
    startedAt: instant(from),
    endsAt: instant(to),
    endedAt: ended === undefined ? null : instant(ended),
    startedAs: as,
  }));
}

function paused(facts: Facts) {
  const stops = new Map((facts.stopped ?? []).map((stop) => [stop.programme, instant(stop.at)]));
  const all = {
    modes: modesOf(facts),
    peaks: (facts.peaks ?? []).map(({ reason = '議会', sections = [], staff = [], pause = [] }) => ({
      reason,
      sections: sections.map(sectionOf),
      staff,
      pause,
    })),
    stoppedAt: (_staff: string, programme: Programme) => stops.get(programme) ?? null,
  };
  const asked = facts.programmes ?? ['C01', 'C02', 'C03', 'C08', 'C12', 'C13'];
  return Object.fromEntries(asked.map((code) => [code, whyPaused(all, personOf(facts), code, at(facts.at))]));
}

function receivingOf({ person = {}, notice }: Facts): ReceivingFacts {
  return {
    kind: 'event',
    atWork: false,
    declaredDuty: null,
    outsideHours: false,
    ...notice,
    startMinute: minute(person.start ?? '08:30'),
    endMinute: minute(person.end ?? '17:15'),
    office: { startMinute: 510, endMinute: 1035 },
    quiet: { eventFromMinute: 510, eventToMinute: 1080, eventNextMinute: 525 },
    calendar: { holidays: holidaysWith([]), closure: { from: '12-29', to: '01-03' } },
    timeZone: zone,
  };
}

function managed(facts: Facts, what: 'start' | 'extend' | 'end') {
  const authority = { as: facts.as ?? 'head', sections: (facts.own ?? []).map(sectionOf) };
  const [mode] = modesOf(facts);
  if (what === 'start')
    return mayStart(authority, sectionOf(facts.section ?? ''), at(facts.end), at(facts.at), modesOf(facts));
  if (!mode) throw new Error('_facts.json has no mode.');
  if (what === 'end') return mayEnd(authority, mode) ? null : 'not-yours';
  return mayExtend(authority, mode, at(facts.end), at(facts.at));
}

function restPlan({ listed = [] }: Facts) {
  const people = listed.map(({ staff, start = '08:45', away }) => ({ staff, minute: minute(start), away }));
  return decideRestPlan(people).map(({ minute: time, ...rest }) => ({ ...rest, at: formatTimeOfDay(time) }));
}

function minute(text: string): number {
  const read = parseTimeOfDay(text);
  if ('minute' in read) return read.minute;
  throw new Error(`_facts.json has the time ${text}. ${read.problem}`);
}
