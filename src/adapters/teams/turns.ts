import type { Incoming } from '../../ports/incoming.ts';
import type { IncomingActivity } from './activity.ts';
import { createBot } from './bot.ts';
import { TurnAdapter } from './bot-adapter.ts';

/** Takes an activity through a turn of botbuilder. */
export function turnsOf(incoming: Incoming): (activity: IncomingActivity) => Promise<void> {
  const bot = createBot(incoming);
  const adapter = new TurnAdapter();
  return (activity) => adapter.process(activity, bot);
}
