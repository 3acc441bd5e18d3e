import { localAt } from '../calendar/index.ts';
import { type Delivery, holdWaiting, personalChatOnly, type Registry, takePress } from '../delivery/index.ts';
import { takeInstall, takeRemoval } from '../people/index.ts';
import { currentPolicy, oneMoment } from '../policy/index.ts';
import { type Incoming, promptly, type Sender } from '../ports/incoming.ts';
import type { Ports } from '../ports/room.ts';
import { planReply, reachable, takeMessage, welcomeUsefulFor } from './take-message.ts';

/** What the Teams edge hands over, taken to its use-case; what that planned is sent at once. */
export function incomingOf(ports: Ports, registry: Registry, delivery: Delivery): Incoming {
  return {
    async press(press) {
      const { answer, changed } = await takePress(ports, registry, press);
      if (changed) delivery.wake();
      return answer;
    },
    async message(message) {
      if (!message.sender.personal) return sayElsewhere(ports, message.sender);
      await takeMessage(oneMoment(ports), registry, message);
      delivery.wake();
    },
    async installed(sender) {
      if (!sender.personal) return;
      await welcome(ports, sender);
      delivery.wake();
    },
    async removed(sender) {
      if (!sender.personal) return;
      await ports.database.transaction(async (db) => {
        await takeRemoval(db, sender, ports.clock.now());
        await holdWaiting(db, sender.aadObjectId, 'unreachable');
      }, promptly);
    },
  };
}

const welcomeCard = { rule: 'conversation.welcome', card: 'welcome' };

/** Remembers the chat and greets somebody the roster knows, once an installation; lets go what waited for them. */
async function welcome(ports: Ports, sender: Sender): Promise<void> {
  await ports.database.transaction(async (db) => {
    const now = ports.clock.now();
    const book = await currentPolicy(db, ports.settings);
    const { person, welcomeDue } = await takeInstall(db, sender, now, localAt(now, book.timeZone).date);
    await reachable(db, sender, now);
    if (person && welcomeDue) await planReply(ports, db, book, welcomeCard, person.staff, welcomeUsefulFor);
  }, promptly);
}

/** Outside a personal chat there is one sentence and nothing else. */
async function sayElsewhere(ports: Ports, sender: Sender): Promise<void> {
  await ports.chat.send(sender, { summary: personalChatOnly, text: personalChatOnly });
}
