import { addDays, localAt } from '../../calendar/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { EmergencyModeTable } from '../../ports/tables/pauses.ts';
import { modeFacts } from '../ask-pauses.ts';
import { emergencyCard, emergencyEndedCard, modesPerPage, type RunningMode } from '../card.ts';
import { EMERGENCY_RULES } from '../programmes.ts';
import { endOf } from '../rules.ts';
import { problemSchema } from '../schema.ts';
import { authorityOf } from './find-authority.ts';
import { modeById, runningModes, skippedForEmergency } from './queries.ts';
import { endChoices, mayEnd, maySee, REASON_CODES, type ReasonCode } from './rules.ts';
import { membersOf } from './stop-waiting.ts';
import { heldMode } from './take-emergency.ts';

/** 災害モード as it stands now for a head or for HR. */
export const drawEmergency: DrawItem = async (ports, db, item, reader, extra) => {
  const now = ports.clock.now();
  const book = await currentPolicy(db, ports.settings);
  const moment = (at: Instant) => localAt(at, book.timeZone);
  const { date } = moment(now);
  const policy = book.on(date);
  const found = await authorityOf(db, policy, reader.staff, date);
  const authority = found ?? { as: 'head' as const, sections: [] };
  const modes = (await runningModes(db, now)).filter((mode) => maySee(authority, modeFacts(mode)));
  const ends = endChoices(authority.as, now).map(moment);
  const written = authority.as === 'hr' || authority.sections.length > modesPerPage;
  const problem = item.note === null ? undefined : problemSchema.safeParse(JSON.parse(item.note)).data;
  return emergencyCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    running: modes.map((mode) => runningOf(mode, moment, mayEnd(authority, heldMode(mode)))),
    page: extra.view?.page ?? 0,
    sections: written ? null : authority.sections,
    startEnds: ends,
    extendEnds: ends,
    attendanceLink: policy.links.attendanceSystem,
    ...(problem ? { problem } : {}),
    ...(extra.note ? { note: extra.note } : {}),
  });
};

function runningOf(
  mode: EmergencyModeTable,
  moment: (at: Instant) => RunningMode['until'],
  mine: boolean,
): RunningMode {
  return {
    id: mode.id,
    path: mode.path,
    reason: reasonOf(mode),
    until: moment(mode.ends_at),
    stopped: mode.stopped,
    left: mode.had_left,
    mine,
  };
}

const reasonOf = (mode: EmergencyModeTable): ReasonCode => REASON_CODES.find((code) => code === mode.reason) ?? 'other';

/** The closing card: how long a mode was on, and what it stopped of the cards of its section. */
export const drawEnded: DrawItem = async (ports, db, item, reader) => {
  const mode = await modeById(db, item.occasion);
  if (!mode) throw new Error('The emergency mode of a closing card is gone.');
  const book = await currentPolicy(db, ports.settings);
  const moment = (at: Instant) => localAt(at, book.timeZone);
  const to = endOf(modeFacts(mode));
  const members = await membersOf(db, modeFacts(mode), moment(to).date);
  const period = {
    from: mode.started_at,
    to,
    firstDate: addDays(moment(mode.started_at).date, -1),
    lastDate: moment(to).date,
  };
  const skipped = (await skippedForEmergency(db, EMERGENCY_RULES, period)).filter((staff) => members.has(staff));
  return emergencyEndedCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    path: mode.path,
    reason: reasonOf(mode),
    from: moment(mode.started_at),
    to: moment(to),
    byItself: mode.ended_by === null,
    stopped: mode.stopped + skipped.length,
    left: mode.had_left,
    attendanceLink: book.on(item.date).links.attendanceSystem,
  });
};
