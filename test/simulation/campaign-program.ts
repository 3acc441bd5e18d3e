import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
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
const campaignsATown = 4 * campaignsADay;
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

/**
 * Simulates so many campaigns, 240 in a town, the first town under that seed and each other one two further, and expects that nobody
 * is lost and nothing is otherwise than promised. Many towns say how far they are.
 */
export async function everybodyIsAccountedFor(campaigns: number, seed: number): Promise<void> {
  const started = performance.now();
  for (let done = 0, town = seed; done < campaigns; done += campaignsATown, town += 2) {
    await inOneTown(Math.min(campaignsATown, campaigns - done), town);
    if (campaigns > campaignsATown)
      console.log(progress(Math.min(campaigns, done + campaignsATown), campaigns, started, town));
  }
}

function progress(done: number, all: number, started: number, seed: number): string {
  const left = ((performance.now() - started) / done) * (all - done);
  return `${done} of ${all} campaigns (last KAERU_SEED=${seed}), about ${Math.ceil(left / oneMinute)} min left`;
}

async function inOneTown(campaigns: number, seed: number): Promise<void> {
  const made = { campaigns: 0 };
  // From April on fewer than half of the days are days off.
  const days = 2 * Math.ceil(campaigns / campaignsADay) + 4;
  const { violations, counts } = await simulate(campaignProgram(made, campaigns), {
    days,
    staff: people,
    seed,
    deathsEvery: 5000,
  });
  expect(violations, `KAERU_SEED=${seed}`).toEqual([]);
  expect(made.campaigns).toBe(campaigns);
  expect(counts['accepted']).toBeGreaterThan(campaigns * people * 0.6);
}
