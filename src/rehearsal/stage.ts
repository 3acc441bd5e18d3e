import { localAt } from '../calendar/index.ts';
import { ledger } from '../delivery/index.ts';
import { headsOn, leaveOn, ownEndOf, rolesOn, staffOn, whyAway } from '../people/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Instant } from '../ports/clock.ts';
import type { Ports } from '../ports/room.ts';
import type { RehearsalControl, RehearsalPerson } from './control.ts';
import { galleryCards } from './gallery.ts';
import type { MovableClock } from './movable-clock.ts';
import { storePosition } from './position.ts';

const oneMinute = 60_000;
/** While minutes are played the position is kept every hour of them. */
const positionKept = 60 * oneMinute;

/** What the stage needs of the running service. */
export interface Played {
  runMinute(minute: Instant): Promise<void>;
  settled(): Promise<void>;
}

/** The rehearsal as its page sees it: the clock that can be moved, the people, the ledger, the gallery. */
export async function stageOf(ports: Ports, clock: MovableClock, service: Played): Promise<RehearsalControl> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  return {
    now: () => clock.now(),
    timeZone: book.timeZone,
    organisation: book.organisation,
    moveTo: (to) => play(ports, clock, service, to),
    ledger: () => ledger(db),
    people: () => peopleOn(ports, clock.now()),
    gallery: (language) =>
      galleryCards(language).map(({ card, state, content }) => ({ card, state, json: ports.cards.expand(content) })),
  };
}

/** Plays every minute up to `to`, in order, as if it had run; each is delivered before the next begins. */
async function play(ports: Ports, clock: MovableClock, service: Played, to: Instant): Promise<void> {
  const from = clock.now();
  clock.holdAt(from);
  try {
    for (let minute = Math.floor(from / oneMinute) * oneMinute + oneMinute; minute <= to; minute += oneMinute) {
      clock.holdAt(minute);
      await service.runMinute(minute);
      await service.settled();
      if (minute % positionKept === 0) await storePosition(ports.database.db, minute);
    }
    clock.holdAt(to);
    await service.settled();
    await storePosition(ports.database.db, to);
  } finally {
    clock.run();
  }
}

async function peopleOn(ports: Ports, now: Instant): Promise<RehearsalPerson[]> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const { date } = localAt(now, book.timeZone);
  const policy = book.on(date);
  const heads = new Set(await headsOn(db, date));
  const leaves = await leaveOn(db, date);
  const roles = await rolesOn(db, policy, date);
  const people: RehearsalPerson[] = [];
  for (const person of await staffOn(db, date)) {
    const ownEnd = ownEndOf(person, policy.office);
    people.push({
      staff: person.staff,
      name: person.name,
      section: [person.bureau, person.division, person.unit].filter((level) => level !== '').join('/'),
      post: person.post,
      role: roles.has(person.staff) ? 'hr' : heads.has(person.staff) ? 'head' : 'staff',
      workType: person.work_type,
      ownEnd,
      language: person.language,
      head: person.head,
      away: whyAway(person, leaves.get(person.staff) ?? [], date, ownEnd - policy.noOvertime.minutesBeforeEnd),
      aadObjectId: person.aad_id,
    });
  }
  return people;
}
