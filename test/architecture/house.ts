import { isPurePackage } from './packages.ts';
import { placeOf } from './places.ts';
import { readSource, type SourceFile, type TextFile } from './reader.ts';
import type { Import } from './syntax.ts';
import { isWorldly } from './world.ts';

/** Everything under `src/` as the rules see it. */
export interface House {
  files: TextFile[];
  sources: SourceFile[];
  byPath: Map<string, SourceFile>;
  /** Files of rooms that know something of the world: decided from what they import and use, whatever they are called. */
  impure: Set<string>;
}

export function houseOf(files: TextFile[]): House {
  const sources = files.filter((file) => file.path.endsWith('.ts')).map(readSource);
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const impure = new Set<string>();
  let grown = true;
  while (grown) {
    const found = sources.filter((source) => !impure.has(source.path) && !knowsNothing(source, impure, byPath));
    for (const source of found) impure.add(source.path);
    grown = found.length > 0;
  }
  return { files, sources, byPath, impure };
}

function knowsNothing(source: SourceFile, impure: Set<string>, byPath: Map<string, SourceFile>): boolean {
  const place = placeOf(source.path);
  if (place.kind === 'ports') return true;
  if (place.kind !== 'room') return false;
  if (source.uses.some((use) => isWorldly(use.name))) return false;
  return source.imports.every((imported) => isPureImport(imported, impure, byPath));
}

/** Ports are the world as an interface: a file that takes one of these is not pure, though it imports only a type. */
const WORLD_PORTS = ['Ports', 'Db', 'Database', 'Chat', 'Clock', 'Random', 'Secrets', 'Log', 'Incoming', '*'];

/**
 * Whether a file stays pure with this import: pure packages, values and types of the ports, pure files, types from the
 * doors of other rooms, and what such a door passes on from a pure file of its own.
 */
export function isPureImport(imported: Import, impure: Set<string>, byPath: Map<string, SourceFile>): boolean {
  const { target } = imported;
  if (target === null) return isPurePackage(imported);
  if (placeOf(target).kind === 'ports') return !imported.names.some((name) => WORLD_PORTS.includes(name.imported));
  if (!byPath.has(target) || !impure.has(target)) return true;
  if (!target.endsWith('/index.ts')) return false;
  return imported.names.every((name) => name.typeOnly || passesOnPure(target, name.imported, impure, byPath));
}

function passesOnPure(door: string, name: string, impure: Set<string>, byPath: Map<string, SourceFile>): boolean {
  const behind = byPath.get(door)?.imports.filter((one) => givesOn(one, name, byPath)) ?? [];
  return behind.some(({ target }) => target !== null && byPath.has(target) && !impure.has(target));
}

/** `export { name } from` or an `export * from` a file that gives out the name. */
function givesOn({ target, names }: Import, name: string, byPath: Map<string, SourceFile>): boolean {
  if (names.some((given) => given.exported === name)) return true;
  const everything = names.some((given) => given.exported === '*');
  return everything && target !== null && byPath.get(target)?.exports.includes(name) === true;
}
