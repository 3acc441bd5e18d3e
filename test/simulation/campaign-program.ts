import { fileURLToPath } from 'node:url';
import { cardsFrom } from '../../src/adapters/cards/index.ts';
import { openSqlite } from '../../src/adapters/database/sqlite.ts';
import { openSecrets } from '../../src/adapters/secrets.ts';
import { dayKind, localAt } from '../../src/calendar/index.ts';
import { incomingOf } from '../../src/conversation/index.ts';
import { registryOf, startDelivery } from '../../src/delivery/index.ts';
import { leaveOn, staffOn } from '../../src/people/index.ts';
import { currentPolicy, workingCalendar } from '../../src/policy/index.ts';
import type { Ports } from '../../src/ports/room.ts';
import { rooms } from '../../src/rooms.ts';
import type { Program, SimulationOptions } from '../../src/simulation/program.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { plan, toyRoom } from '../delivery/toy-room.ts';

export const people = 500;
/** More of them are simulated in other towns: what is counted anew does not grow for ever. */
export const campaignsATown = 60;
/** There is one at every third look at the clock. */
const looksACampaign = 3;
/** So many come about on a working day, or a few more. */
const campaignsADay = 15;
const oneMinute = 60_000;
const timeZone = 'Asia/Tokyo';
const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Everybody at work that working day gets one plain card at every third look at the clock between 08:00 and 21:00, of use for three
 * minutes, until there were so many campaigns; then `end` is told.
 */
function campaignProgram(campaigns: number, end: () => void): Program {
  let looks = 0;
  let made = 0;
  const all = [...rooms.filter(({ name }) => ['people', 'policy', 'audit'].includes(name)), toyRoom];
  const registry = registryOf([...rooms, toyRoom]);
  const send = async (ports: Ports, at: number) => {
    const { date, minute } = localAt(at, timeZone);
    if (minute < 8 * 60 || minute >= 21 * 60 || made >= campaigns) return;
    looks += 1;
    if (looks % looksACampaign !== 0) return;
    const { db } = ports.database;
    const book = await currentPolicy(db, ports.settings);
    if (dayKind(date, await workingCalendar(db, book, date)) !== 'working') return;
    const leave = await leaveOn(db, date);
    const there = (await staffOn(db, date)).filter((one) => one.work_type !== '交替' && !leave.has(one.staff));
    const { planned } = await plan(
      ports,
      there.map((one) => one.staff),
      { occasion: String(at), date, dueAt: at, until: at + 3 * oneMinute },
    );
    if (planned > 0) made += 1;
    if (made === campaigns) end();
  };
  return {
    rooms: all,
    openStore: () => openSqlite(':memory:'),
    openSecrets: (dataFolder) => openSecrets({ file: null, dataFolder, mode: 'rehearsal' }),
    cards: cardsFrom(folder('cards')),
    sampleFolder: folder('samples/kawasaki'),
    async startCore(ports, lock) {
      const delivery = await startDelivery(ports, registry, lock);
      const runMinute = async (minute: number) => {
        await send(ports, minute);
        delivery.wake();
      };
      return { incoming: incomingOf(ports, registry, delivery), runMinute };
    },
  };
}

/** What one town said of its campaigns. */
export interface TownOfCampaigns {
  /** What was otherwise than promised, in sentences. */
  wrong: string[];
  counts: Record<string, number>;
}

/** Simulates so many campaigns in the town of that seed, until the end of the day of the last one. */
export async function campaignsInTown(
  campaigns: number,
  seed: number,
  town: Pick<SimulationOptions, 'services' | 'liveliness'> = {},
): Promise<TownOfCampaigns> {
  const end = new AbortController();
  const { violations, counts } = await simulate(
    campaignProgram(campaigns, () => end.abort()),
    {
      ...town,
      // From April on fewer than half of the days are days off.
      days: 2 * Math.ceil(campaigns / campaignsADay) + 4,
      signal: end.signal,
      staff: people,
      seed,
      deathsEvery: 5000,
      countedBefore: 6 * 60 * oneMinute,
    },
  );
  const wrong = violations.map((violation) => JSON.stringify(violation));
  if (!end.signal.aborted) wrong.push(`the days went by before ${campaigns} campaigns were made`);
  const { accepted = 0 } = counts;
  const expected = campaigns * people * 0.6;
  if (accepted < expected) wrong.push(`${accepted} cards and updates arrived; at least ${expected} were expected`);
  return { wrong, counts };
}
