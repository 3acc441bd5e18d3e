import type { ClockMoves } from './clock-moves.ts';
import type { StandInEvent, TeamsStandIn } from './teams-stand-in.ts';

const gathering = 120;
const clockEvery = 1000;

/**
 * Server-sent events for one page: `clock` every second, `chats` with the changes of the last moment, `ledger` behind
 * them. Ends when the page goes away.
 */
export async function* pageEvents(teams: TeamsStandIn, moves: ClockMoves, closed: AbortSignal): AsyncIterable<string> {
  const changes = new Map<string, StandInEvent>();
  let wake = () => {};
  const unwatch = teams.watch((event) => {
    const before = changes.get(event.aadObjectId);
    changes.set(event.aadObjectId, before?.kind === 'created' ? before : event);
  });
  const ticking = setInterval(() => wake(), gathering);
  const leave = () => wake();
  closed.addEventListener('abort', leave);
  try {
    yield 'retry: 1000\n\n';
    for (let lastClock = 0; !closed.aborted; ) {
      if (changes.size > 0) {
        const batch = [...changes.values()];
        changes.clear();
        yield written('chats', batch);
        yield written('ledger', {});
      }
      if (performance.now() - lastClock >= (moves.position().move === null ? clockEvery : gathering)) {
        lastClock = performance.now();
        yield written('clock', moves.position());
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    clearInterval(ticking);
    closed.removeEventListener('abort', leave);
    unwatch();
  }
}

function written(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
