import type { House } from './house.ts';
import { isEdge, placeOf } from './places.ts';

/** Global names that tell the time, wait, roll dice or talk to the world outside. */
const BARRED: Record<string, string> = {
  Date: 'takes the time from the machine; use the clock port, and Temporal for calendar days',
  'Temporal.Now': 'takes the time from the machine; use the clock port',
  setTimeout: 'waits by the machine; use the clock port',
  setInterval: 'waits by the machine; use the clock port',
  setImmediate: 'waits by the machine; use the clock port',
  'AbortSignal.timeout': 'waits by the machine; use the clock port',
  performance: 'takes the time from the machine; use the clock port',
  'Math.random': 'rolls dice; use the random port',
  crypto: 'rolls dice; use the random port',
  fetch: 'talks to the network; use a port',
  WebSocket: 'talks to the network; use a port',
  EventSource: 'talks to the network; use a port',
  process: 'reaches into the process; settings come from config.ts',
  console: 'prints; return lines, or use the log port',
  globalThis: 'hides what is used; name it',
  require: 'loads what the import list does not show',
  eval: 'runs what nobody read',
};

const barredAs = (use: string): string | undefined =>
  [use, use.split('.')[0] ?? use].find((name) => Object.hasOwn(BARRED, name));

/** Whether a used name (`Date.now`, `fetch`, `process.env`) belongs to the edge of the house. */
export const isWorldly = (use: string): boolean => barredAs(use) !== undefined;

/** cli.ts is a program: it writes to the terminal and sets the exit code, but its settings come from config.ts. */
const CLI_MAY = [
  'process.stdout',
  'process.stderr',
  'process.stdin',
  'process.argv',
  'process.exit',
  'process.exitCode',
  'process.on',
  'process.once',
];

/** Time, chance, network, process and terminal outside of the edge. */
export function worldObjections({ sources }: House): string[] {
  return sources.flatMap((source) => {
    const place = placeOf(source.path);
    if (isEdge(place)) return [];
    const may = place.kind === 'top' && place.name === 'cli.ts' ? CLI_MAY : [];
    return source.uses.flatMap(({ name, line }) => {
      const barred = barredAs(name);
      if (barred === undefined || may.includes(name)) return [];
      return [`${source.path}:${line} uses ${name}: it ${BARRED[barred]}.`];
    });
  });
}
