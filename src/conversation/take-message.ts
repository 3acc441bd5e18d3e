import { localAt } from '../calendar/index.ts';
import { holdWaiting, noteActivity, planForStranger, planItems, type Registry } from '../delivery/index.ts';
import { markReachable, noteUnknownSender, readerOf, rememberConversation, staffByAad } from '../people/index.ts';
import { currentPolicy, type PolicyBook } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import { promptly, type Sender } from '../ports/incoming.ts';
import type { ChatCommand, Ports } from '../ports/room.ts';
import { commandsFor } from './commands-for.ts';

/** A reply is of no use after this: the person has gone on. */
const replyUsefulFor = 10 * 60_000;
/** A city that gets the app on one morning is greeted for as long as Teams lets it: 20,000 people take some minutes, or more on a bad day. */
export const welcomeUsefulFor = 60 * 60_000;

export interface IncomingText {
  sender: Sender;
  text: string;
  activityId: string | null;
}

/** Takes what somebody wrote in the personal chat: a command, or a short help card for anything else; never silence. */
export async function takeMessage(ports: Ports, registry: Registry, message: IncomingText): Promise<void> {
  await ports.database.transaction(async (db) => {
    const now = ports.clock.now();
    if (message.activityId !== null && !(await noteActivity(db, message.activityId, now))) return;
    const book = await currentPolicy(db, ports.settings);
    const { date } = localAt(now, book.timeZone);
    await reachable(db, message.sender, now);
    const person = await staffByAad(db, message.sender.aadObjectId, date);
    if (!person) return answerStranger(ports, db, book, message.sender.aadObjectId);
    const reader = await readerOf(db, person.staff, date);
    const may = await commandsFor(ports, db, person.staff, date);
    const { command, argument } = commandIn(registry, message.text, may);
    await command.run(ports, db, reader, argument);
    await planReply(ports, db, book, command, person.staff);
  }, promptly);
}

/** Notes where the person can be reached, and lets go what waited for that. */
export async function reachable(db: Db, sender: Sender, now: number): Promise<void> {
  if (sender.aadObjectId === '') return;
  await rememberConversation(db, sender, now);
  await markReachable(db, sender.aadObjectId);
  await holdWaiting(db, sender.aadObjectId, null);
}

/** Files a reply as an item of its own, so that it stands in the ledger like everything else. `usefulFor` is in milliseconds. */
export async function planReply(
  ports: Ports,
  db: Db,
  book: PolicyBook,
  reply: { rule: string; card: string },
  staff: string,
  usefulFor = replyUsefulFor,
): Promise<void> {
  const now = ports.clock.now();
  const campaign = { ...replyOf(ports, book, reply), occasion: ports.random.id() };
  await planItems(ports, db, campaign, [{ staff, at: now, lastUsefulAt: now + usefulFor }]);
}

async function answerStranger(ports: Ports, db: Db, book: PolicyBook, aadId: string): Promise<void> {
  if (aadId === '') return;
  const now = ports.clock.now();
  await noteUnknownSender(db, aadId, now);
  const reply = { rule: 'conversation.unknown-sender', card: 'unknown-sender' };
  await planForStranger(
    ports,
    db,
    { ...replyOf(ports, book, reply), occasion: ports.random.id() },
    aadId,
    now + replyUsefulFor,
  );
}

function replyOf(ports: Ports, book: PolicyBook, reply: { rule: string; card: string }) {
  const { date } = localAt(ports.clock.now(), book.timeZone);
  return {
    rule: reply.rule,
    card: reply.card,
    date,
    priority: 0,
    urgency: 'ping' as const,
    contact: 'reply' as const,
    policyVersion: book.version,
  };
}

/** The command whose word the text begins with; what is nobody's word, or not this person's, goes to the command without words. */
function commandIn(
  registry: Registry,
  text: string,
  may: (command: ChatCommand) => boolean,
): { command: ChatCommand; argument: string } {
  const [word = '', ...rest] = text.normalize('NFKC').trim().toLowerCase().split(/\s+/u);
  const found = registry.commands.find((command) => command.words.includes(word));
  const command = found && may(found) ? found : registry.commands.find((one) => one.words.length === 0);
  if (!command) throw new Error('No room answers what is nobody’s command.');
  return { command, argument: rest.join(' ') };
}
