import { isEdge, type Place } from './places.ts';
import type { Import } from './syntax.ts';

/** Packages that compute and nothing else; pure files may use them. */
const PURE_PACKAGES = ['temporal-polyfill', '@holiday-jp/holiday_jp', 'zod', 'yaml', 'csv-parse', 'csv-stringify'];

/** Node's own modules that compute and nothing else. Of `node:crypto` only `createHash`: randomness comes from the random port. */
const PURE_BUILTINS = [
  'node:path',
  'node:util',
  'node:buffer',
  'node:stream',
  'node:stream/promises',
  'node:string_decoder',
];

/** What a use-case may take to read the file that somebody named on a command line. */
const READING = ['readFile', 'readFileSync', 'createReadStream', 'open', 'stat', 'statSync'];

/** Packages with one place each. The longest matching prefix decides. */
const HOMES: { prefix: string; home: (place: Place) => boolean; where: string }[] = [
  { prefix: 'botbuilder', home: inAdapter('adapters/teams'), where: 'src/adapters/teams/' },
  { prefix: 'botframework', home: inAdapter('adapters/teams'), where: 'src/adapters/teams/' },
  { prefix: '@azure/', home: isEdge, where: 'the adapters' },
  { prefix: 'restify', home: inAdapter('adapters/http'), where: 'src/adapters/http/' },
  { prefix: 'node-cron', home: inAdapter('adapters/schedule'), where: 'src/adapters/schedule/' },
  { prefix: 'pg', home: inAdapter('adapters/database'), where: 'src/adapters/database/' },
  { prefix: 'undici', home: isEdge, where: 'the adapters' },
  { prefix: 'pino', home: isEdge, where: 'the adapters' },
  { prefix: 'write-excel-file', home: inAdapter('adapters/sheets.ts'), where: 'src/adapters/sheets.ts' },
  { prefix: 'adaptive', home: isEdge, where: 'the adapters and rehearsal' },
  { prefix: 'commander', home: (place) => place.kind === 'top' && place.name === 'cli.ts', where: 'src/cli.ts' },
  { prefix: 'kysely', home: holdsSql, where: 'queries.ts, the ports and src/adapters/database/' },
];

function inAdapter(name: string): (place: Place) => boolean {
  return (place) => place.kind === 'adapter' && place.name === name;
}

function holdsSql(place: Place): boolean {
  if (place.kind === 'room') return place.layer === 'queries';
  return place.kind === 'ports' || place.name === 'adapters/database';
}

const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:');

const onlyNames = (imported: Import, allowed: string[]): boolean =>
  imported.names.length > 0 && imported.names.every((name) => name.typeOnly || allowed.includes(name.imported));

/** Whether a pure file may import this package or Node module. */
export function isPurePackage(imported: Import): boolean {
  const { specifier } = imported;
  if (specifier === 'node:crypto') return onlyNames(imported, ['createHash']);
  if (isBuiltin(specifier)) return imported.typeOnly || PURE_BUILTINS.includes(specifier);
  return PURE_PACKAGES.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** Why a file in that place may not import that package or Node module; null where it may. */
export function objectionToPackage(place: Place, imported: Import): string | null {
  const { specifier } = imported;
  const rule = HOMES.find((one) => specifier.startsWith(one.prefix));
  if (rule && !rule.home(place)) return `only ${rule.where} may know ${specifier}`;
  if (place.kind === 'ports') {
    if (imported.typeOnly) return null;
    return 'ports are interfaces: they import types only';
  }
  if (place.kind !== 'room') return null;
  if (place.layer === 'schema') return specifier === 'zod' ? null : 'schema.ts knows zod and nothing else';
  if (place.layer === 'queries' && rule) return null;
  if (isPurePackage(imported)) return null;
  if (!isBuiltin(specifier)) return rule ? null : unknownPackage(specifier);
  if (place.layer !== 'use-case') return `${specifier} reaches into the world, and ${place.layer}.ts does not`;
  const reads = specifier.startsWith('node:fs') && onlyNames(imported, READING);
  return reads ? null : `${specifier} reaches into the world: a room asks its ports for that`;
}

const unknownPackage = (specifier: string): string =>
  `no room may use ${specifier} (test/architecture/packages.ts names the packages that compute and nothing else)`;
