import { noteAct } from '../../audit/index.ts';
import { instantAt, isoAt, localAt } from '../../calendar/index.ts';
import { resolveSection } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { CardVerb, Ports, Press, PressOutcome } from '../../ports/room.ts';
import type { EmergencyModeTable } from '../../ports/tables/pauses.ts';
import { modeFacts } from '../ask-pauses.ts';
import type { Moment } from '../card-views.ts';
import type { SectionFacts } from '../rules.ts';
import { emergencySchema, modesPageSchema } from '../schema.ts';
import type { Words } from '../words.ts';
import { authorityOf } from './find-authority.ts';
import { insertMode, modeById, noteProblem, runningModes, setMode } from './queries.ts';
import { type Authority, type HeldMode, mayEnd, mayExtend, mayStart, type ReasonCode } from './rules.ts';
import { stopWaiting } from './stop-waiting.ts';

type ProblemCode = keyof Words['emergency']['problems'];
interface Problem {
  code: ProblemCode;
  candidates: string[];
}

/** Everything one press is judged by. */
interface Desk {
  ports: Ports;
  db: Db;
  press: Press;
  authority: Authority;
  timeZone: string;
}

/** Starts, extends or ends 災害モード (P6). Both ends are audited; what has not left is taken back and counted. */
export const emergencyVerb: CardVerb = {
  name: 'pauses.emergency',
  rules: ['pauses.emergency'],
  async take(ports, db, press) {
    const turned = modesPageSchema.safeParse(press.data);
    if (turned.success) return { changed: false, view: { page: turned.data.page } };
    const read = emergencySchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const book = await currentPolicy(db, ports.settings);
    const { date } = localAt(press.at, book.timeZone);
    const authority = await authorityOf(db, book.on(date), press.reader.staff, date);
    if (authority === null) return refused(db, press, { code: 'not-yours', candidates: [] });
    if (press.revision < press.item.revision) return { changed: false, note: 'stale' };
    const desk: Desk = { ports, db, press, authority, timeZone: book.timeZone };
    const problem = await act(desk, read.data);
    if (problem !== null) return refused(db, press, problem);
    await noteProblem(db, press.item.id, null);
    return { changed: true, note: 'recorded' };
  },
};

type Asked =
  | { answer: 'start'; section: string; reason: ReasonCode; until: Moment }
  | { answer: 'extend'; mode: string; longer: Moment }
  | { answer: 'end'; mode: string };

function act(desk: Desk, asked: Asked): Promise<Problem | null> {
  if (asked.answer === 'start') return start(desk, asked.section, asked.reason, instantOf(desk, asked.until));
  if (asked.answer === 'extend') return extend(desk, asked.mode, instantOf(desk, asked.longer));
  return end(desk, asked.mode);
}

const instantOf = (desk: Desk, { date, minute }: Moment): Instant => instantAt(date, minute, desk.timeZone);

async function start(desk: Desk, text: string, reason: ReasonCode, end: Instant): Promise<Problem | null> {
  const { ports, db, press, authority } = desk;
  const section = await sectionOf(desk, text);
  if ('code' in section) return section;
  const running = (await runningModes(db, press.at)).map(modeFacts);
  const problem = mayStart(authority, section, end, press.at, running);
  if (problem !== null) return { code: problem, candidates: [] };
  const { stopped, left } = await stopWaiting(db, section, press.at, desk.timeZone);
  await insertMode(db, {
    id: ports.random.id(),
    section_key: section.key,
    path: section.path,
    reason,
    started_at: press.at,
    started_by: press.reader.staff,
    started_as: authority.as,
    ends_at: end,
    extended_by: null,
    extended_at: null,
    ended_at: null,
    ended_by: null,
    stopped,
    had_left: left,
    told_at: null,
  });
  await note(desk, 'start-emergency', section.path, { reason, until: isoAt(end, desk.timeZone), stopped, left });
  return null;
}

/** A head chose one of the own sections by its key; HR wrote a name, a code or a path. */
async function sectionOf(desk: Desk, text: string): Promise<SectionFacts | Problem> {
  const own = desk.authority.sections.find((section) => section.key === text || section.path === text);
  if (own) return own;
  const { date } = localAt(desk.press.at, desk.timeZone);
  const found = await resolveSection(desk.db, text, date);
  if ('path' in found) return found;
  return { code: found.candidates.length > 0 ? 'several-sections' : 'unknown-section', candidates: found.candidates };
}

async function extend(desk: Desk, id: string, to: Instant): Promise<Problem | null> {
  const { db, press, authority } = desk;
  const mode = await running(desk, id);
  if (mode === null) return { code: 'not-later', candidates: [] };
  const problem = mayExtend(authority, heldMode(mode), to, press.at);
  if (problem !== null) return { code: problem, candidates: [] };
  await setMode(db, id, { ends_at: to, extended_by: press.reader.staff, extended_at: press.at });
  await note(desk, 'extend-emergency', mode.path, { until: isoAt(to, desk.timeZone) });
  return null;
}

/** Ending what has ended already is no fault. */
async function end(desk: Desk, id: string): Promise<Problem | null> {
  const { db, press, authority } = desk;
  const mode = await running(desk, id);
  if (mode === null) return null;
  if (!mayEnd(authority, heldMode(mode))) return { code: 'not-yours', candidates: [] };
  await setMode(db, id, { ended_at: press.at, ended_by: press.reader.staff });
  await note(desk, 'end-emergency', mode.path, { byItself: false });
  return null;
}

async function running(desk: Desk, id: string): Promise<EmergencyModeTable | null> {
  const mode = await modeById(desk.db, id);
  return mode && mode.ended_at === null && mode.ends_at > desk.press.at ? mode : null;
}

/** A row as the rules of ending and extending read it. */
export function heldMode(row: EmergencyModeTable): HeldMode {
  return { ...modeFacts(row), startedAs: row.started_as };
}

function note(desk: Desk, action: string, subject: string, detail: Record<string, string | number | boolean>) {
  const { ports, db, press, authority } = desk;
  return noteAct(ports, db, {
    actor: press.reader.staff,
    action,
    subject: `section ${subject}`,
    detail: { ...detail, as: authority.as },
  });
}

async function refused(db: Db, press: Press, problem: Problem): Promise<PressOutcome> {
  await noteProblem(db, press.item.id, JSON.stringify(problem));
  return { changed: false };
}
