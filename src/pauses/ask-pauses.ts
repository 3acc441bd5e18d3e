import { instantAt } from '../calendar/index.ts';
import { type Planned, resolveSection, type StaffMember } from '../people/index.ts';
import type { PolicyBook } from '../policy/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { WhyNot } from '../ports/room.ts';
import type { EmergencyModeTable } from '../ports/tables/pauses.ts';
import type { Programme } from './programmes.ts';
import { allStops, modesBetween } from './queries.ts';
import { type ModeFacts, type PauseFacts, type PeakFacts, type Period, periodsOf, whyPaused } from './rules.ts';

/** Why this person gets no card of this programme at that minute of the date (the asked one where left out), or null. */
export type Pauses = (member: Planned, programme: Programme, minute?: MinuteOfDay) => WhyNot | null;

/**
 * What keeps cards back on a date (P6, P7): 災害モード, peaks of the policy, a person's own 停止. Reads the store once; the answer
 * is then given for everybody. `minute` is the minute of the date at which the card would go, in the organisation's zone.
 */
export async function pausesOn(db: Db, book: PolicyBook, date: LocalDate, minute: MinuteOfDay): Promise<Pauses> {
  const at = (wanted: MinuteOfDay) => instantAt(date, wanted, book.timeZone);
  const facts: PauseFacts = {
    modes: (await modesBetween(db, at(0), at(2 * 1440))).map(modeFacts),
    peaks: await peaksOn(db, book, date),
    stoppedAt: await stopsOf(db),
  };
  return (member, programme, own = minute) => whyPaused(facts, member, programme, at(own));
}

/** The times in [from, to) in which 災害モード covered the person: minutes worked in them are candidates, nothing more (P6). */
export async function emergencyPeriodsOf(db: Db, member: StaffMember, from: Instant, to: Instant): Promise<Period[]> {
  return periodsOf((await modesBetween(db, from, to)).map(modeFacts), member, from, to);
}

/** A row as the rules read it. */
export function modeFacts(row: EmergencyModeTable): ModeFacts {
  const { section_key: key, path, started_at: startedAt, ends_at: endsAt, ended_at: endedAt } = row;
  return { key, path, startedAt, endsAt, endedAt };
}

/** Peaks of the policy that cover the date; a section the roster does not know is nobody's (`check` names it). */
export async function peaksOn(db: Db, book: PolicyBook, date: LocalDate): Promise<PeakFacts[]> {
  const covering = book.on(date).peaks.filter((peak) => peak.from <= date && date <= peak.to);
  return Promise.all(
    covering.map(async ({ reason, staff, pause, sections }) => {
      const found = await Promise.all(sections.map((section) => resolveSection(db, section, date)));
      return { reason, staff, pause, sections: found.filter((one) => 'path' in one) };
    }),
  );
}

async function stopsOf(db: Db): Promise<PauseFacts['stoppedAt']> {
  const stops = new Map((await allStops(db)).map((stop) => [`${stop.staff} ${stop.programme}`, stop.stopped_at]));
  return (staff, programme) => stops.get(`${staff} ${programme}`) ?? null;
}
