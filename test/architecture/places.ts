/** Rooms named after what the city does, built or still to come (docs/how-it-works.md). A new one is added here first. */
export const FEATURE_ROOMS = [
  'no-overtime-day',
  'late-work',
  'overtime',
  'cause-analysis',
  'leave-plan',
  'deadlines',
  'survey',
  'broadcast',
  'wlb-day',
  'improvement',
  'report',
];

/** Rooms that serve several feature rooms. */
export const SHARED_ROOMS = [
  'people',
  'attendance',
  'policy',
  'audience',
  'calendar',
  'occasions',
  'delivery',
  'conversation',
  'pauses',
  'audit',
  'intake',
];

export const ADAPTERS = ['teams', 'graph', 'database', 'http', 'schedule', 'cards'];

/** Adapters so small that each is one file directly under `src/adapters/`. */
export const SMALL_ADAPTERS = [
  'clock.ts',
  'interruption.ts',
  'log.ts',
  'progress.ts',
  'random.ts',
  'secrets.ts',
  'sheets.ts',
];

/** Files that may stand directly under `src/`. */
export const TOP_FILES = [
  'main.ts',
  'service.ts',
  'core.ts',
  'check.ts',
  'open-ports.ts',
  'run-command.ts',
  'cli.ts',
  'config.ts',
  'rooms.ts',
  'kaeru.mjs',
  'needs-node.mjs',
];

/** What a file's name says of its layer inside a room; every other name is a use-case. */
export type Layer = 'schema' | 'rules' | 'wording' | 'card' | 'queries' | 'index' | 'use-case';

/** Where a file stands in the house. */
export type Place =
  | { kind: 'room'; name: string; shared: boolean; layer: Layer }
  | { kind: 'ports'; name: 'ports' }
  | { kind: 'adapter'; name: string }
  | { kind: 'rehearsal'; name: 'rehearsal' | 'simulation' }
  | { kind: 'top'; name: string }
  | { kind: 'nowhere'; name: string };

const LAYERS: Record<string, Layer> = {
  'schema.ts': 'schema',
  'rules.ts': 'rules',
  'wording.ts': 'wording',
  'card.ts': 'card',
  'queries.ts': 'queries',
  'index.ts': 'index',
};

/** The place of `src/…`; `nowhere` for a path the house does not know. */
export function placeOf(path: string): Place {
  const [, first = '', second] = path.split('/');
  if (second === undefined)
    return TOP_FILES.includes(first) ? { kind: 'top', name: first } : { kind: 'nowhere', name: first };
  if (first === 'ports') return { kind: 'ports', name: 'ports' };
  if (first === 'rehearsal' || first === 'simulation') return { kind: 'rehearsal', name: first };
  if (first === 'adapters') return { kind: 'adapter', name: `adapters/${second}` };
  const shared = SHARED_ROOMS.includes(first);
  if (!shared && !FEATURE_ROOMS.includes(first)) return { kind: 'nowhere', name: first };
  const layer = LAYERS[path.slice(path.lastIndexOf('/') + 1)] ?? 'use-case';
  return { kind: 'room', name: first, shared, layer };
}

/** A room's door: its own `index.ts`, not one in a folder below. */
export const isDoor = (path: string): boolean => placeOf(path).kind === 'room' && /^src\/[^/]+\/index\.ts$/.test(path);

/** These may tell the time, wait, roll dice, read files and talk to the network. */
export function isEdge(place: Place): boolean {
  if (place.kind === 'top') return place.name === 'main.ts' || place.name === 'config.ts';
  return place.kind === 'adapter' || place.kind === 'rehearsal';
}
