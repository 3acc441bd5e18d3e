import { incomingOf } from './conversation/index.ts';
import { type Delivery, startDelivery } from './delivery/index.ts';
import { type Occasions, occasionsOf } from './occasions/index.ts';
import { oneMoment } from './policy/index.ts';
import type { Instant } from './ports/clock.ts';
import type { ServiceLock } from './ports/database.ts';
import type { Incoming } from './ports/incoming.ts';
import type { Ports } from './ports/room.ts';
import { registry, rooms } from './rooms.ts';

/** The rooms at work on their ports, without a way in: what the service, the rehearsal and the simulation have in common. */
export interface Core {
  delivery: Delivery;
  incoming: Incoming;
  /** Deals with everything due up to this minute; one minute at a time, none twice. */
  runMinute(minute: Instant): Promise<void>;
}

/** Starts delivering, and opens what Teams and the clock bring in. */
export async function startCore(ports: Ports, lock: Omit<ServiceLock, 'release'>): Promise<Core> {
  const delivery = await startDelivery(ports, registry, lock);
  const runMinute = minuteOf(ports, occasionsOf(ports, registry.rules, delivery), delivery);
  return { delivery, incoming: incomingOf(ports, registry, delivery), runMinute };
}

/** What a minute brings: work of the rooms, then occasions. Minutes queue up behind each other; one that has passed does nothing. */
function minuteOf(ports: Ports, occasions: Occasions, delivery: Delivery): Core['runMinute'] {
  let last = Number.NEGATIVE_INFINITY;
  let queue: Promise<void> = Promise.resolve();
  const one = async (minute: Instant) => {
    if (minute <= last) return;
    const present = oneMoment(ports);
    for (const room of rooms) await room.everyMinute?.(present, minute);
    await occasions.runMinute(minute);
    last = minute;
    delivery.wake();
  };
  return (minute) => {
    const done = queue.then(() => one(minute));
    queue = done.catch(() => {});
    return done;
  };
}
