import { noteAct } from '../../audit/index.ts';
import { localAt } from '../../calendar/index.ts';
import { planItems } from '../../delivery/index.ts';
import { leaveOf, staffMemberOn, whyAway } from '../../people/index.ts';
import { currentPolicy, type PolicyBook } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports, WhyNot } from '../../ports/room.ts';
import type { EmergencyModeTable } from '../../ports/tables/pauses.ts';
import { modeFacts } from '../ask-pauses.ts';
import { receivingAt } from '../receiving/ask-receiving.ts';
import { endOf, holdsAt } from '../rules.ts';
import { addStopped, setMode, untoldModes } from './queries.ts';
import { stopWaiting } from './stop-waiting.ts';

const day = 24 * 60 * 60_000;
/** P19: what waits for somebody away longer than this expires. */
const longestAbsence = 14 * day;
const cardUsefulFor = 7 * day;

/**
 * Each minute: takes back what was planned late for a section in 災害モード, ends the modes that are over (a mode never outlives
 * the end that was said, whether or not this runs), and plans the closing card when who started the mode may receive it.
 */
export async function endModes(ports: Ports, minute: Instant): Promise<void> {
  for (const mode of await untoldModes(ports.database.db)) {
    if (holdsAt(modeFacts(mode), minute)) await sweep(ports, mode, minute);
    else if (mode.ended_at === null && mode.ends_at <= minute) await endByItself(ports, mode);
    if (endOf(modeFacts(mode)) <= minute) await tell(ports, mode, minute);
  }
}

async function sweep(ports: Ports, mode: EmergencyModeTable, minute: Instant): Promise<void> {
  await ports.database.transaction(async (db) => {
    const { timeZone } = await currentPolicy(db, ports.settings);
    const { stopped } = await stopWaiting(db, modeFacts(mode), minute, timeZone);
    if (stopped > 0) await addStopped(db, mode.id, stopped);
  });
}

async function endByItself(ports: Ports, mode: EmergencyModeTable): Promise<void> {
  await ports.database.transaction(async (db) => {
    await setMode(db, mode.id, { ended_at: mode.ends_at });
    await noteAct(ports, db, {
      actor: 'kaeru',
      action: 'end-emergency',
      subject: `section ${mode.path}`,
      detail: { byItself: true },
    });
  });
}

async function tell(ports: Ports, mode: EmergencyModeTable, minute: Instant): Promise<void> {
  await ports.database.transaction(async (db) => {
    const book = await currentPolicy(db, ports.settings);
    const ended = mode.ended_at ?? mode.ends_at;
    const may = await mayTell(db, book, mode, minute);
    if (may === 'wait' && minute < ended + longestAbsence) return;
    const why: WhyNot | null = may === 'wait' ? 'absent' : may;
    const { date } = localAt(minute, book.timeZone);
    const campaign = {
      rule: 'pauses.emergency-ended',
      occasion: mode.id,
      date,
      card: 'emergency-ended',
      priority: 3,
      urgency: 'ping' as const,
      contact: 'urgent' as const,
      policyVersion: book.version,
    };
    const decision = { staff: mode.started_by, at: minute, lastUsefulAt: minute + cardUsefulFor };
    await planItems(ports, db, campaign, [{ ...decision, ...(why === null ? {} : { why }) }]);
    await setMode(db, mode.id, { told_at: minute });
  });
}

/** Null: now. `wait`: outside the own hours, on leave or a trip. Else why never. */
async function mayTell(
  db: Db,
  book: PolicyBook,
  mode: EmergencyModeTable,
  at: Instant,
): Promise<WhyNot | 'wait' | null> {
  const { date, minute } = localAt(at, book.timeZone);
  const person = await staffMemberOn(db, mode.started_by, date);
  if (person === null) return 'not-hired';
  const away = whyAway(person, await leaveOf(db, person.staff, date), date, minute);
  if (away === 'not-hired' || away === 'retired' || away === 'muted') return away;
  const whenEnded = await receivingAt(db, book, mode.ended_at ?? mode.ends_at);
  const whenNow = await receivingAt(db, book, at);
  return away !== null || whenEnded(person) > at || whenNow(person) > at ? 'wait' : null;
}
