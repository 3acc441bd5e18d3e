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
import type { Program } from '../../src/simulation/program.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { plan, toyRoom } from '../delivery/toy-room.ts';

export const people = 500;
const campaignsADay = 60;
/** More of them are simulated in other towns: what is counted anew does not grow for ever. */
export const campaignsATown = 4 * campaignsADay;
const oneMinute = 60_000;
const timeZone = 'Asia/Tokyo';
const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Everybody at work that working day gets one plain card at every look at the clock between 08:00 and 21:00, of use for three minutes. */
function campaignProgram(made: { campaigns: number }, campaigns: number): Program {
  const all = [...rooms.filter(({ name }) => ['people', 'policy', 'audit'].includes(name)), toyRoom];
  const registry = registryOf([...rooms, toyRoom]);
  const send = async (ports: Ports, at: number) => {
    const { date, minute } = localAt(at, timeZone);
    if (minute < 8 * 60 || minute >= 21 * 60 || made.campaigns >= campaigns) return;
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
    if (planned > 0) made.campaigns += 1;
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

/** Simulates so many campaigns in the town of that seed, with one service where it is odd and with two where it is even. */
export async function campaignsInTown(campaigns: number, seed: number): Promise<TownOfCampaigns> {
  const made = { campaigns: 0 };
  // From April on fewer than half of the days are days off.
  const days = 2 * Math.ceil(campaigns / campaignsADay) + 4;
  const { violations, counts } = await simulate(campaignProgram(made, campaigns), {
    days,
    staff: people,
    seed,
    deathsEvery: 5000,
    countedBefore: 6 * 60 * oneMinute,
  });
  const wrong = violations.map((violation) => JSON.stringify(violation));
  if (made.campaigns !== campaigns) wrong.push(`${made.campaigns} campaigns were made; ${campaigns} were expected`);
  const { accepted = 0 } = counts;
  const expected = campaigns * people * 0.6;
  if (accepted < expected) wrong.push(`${accepted} cards and updates arrived; at least ${expected} were expected`);
  return { wrong, counts };
}
