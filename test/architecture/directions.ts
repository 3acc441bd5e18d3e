import { type House, isPureImport } from './house.ts';
import { objectionToPackage } from './packages.ts';
import { isDoor, type Place, placeOf } from './places.ts';
import type { SourceFile } from './reader.ts';
import type { Import } from './syntax.ts';

/** One objection at most for every import of every file. */
export function directionObjections(house: House): string[] {
  return house.sources.flatMap((source) =>
    source.imports.flatMap((imported) => {
      const why = objectionTo(house, source, imported);
      const named = imported.target ?? imported.specifier;
      return why === null ? [] : [`${source.path}:${imported.line} imports ${named}: ${why}.`];
    }),
  );
}

/** Why this import may not be, in a sentence without its end; null where it may. */
export function objectionTo(house: House, source: SourceFile, imported: Import): string | null {
  const from = placeOf(source.path);
  if (imported.specifier === '?') return 'the name is put together while running, so nobody can check it';
  if (imported.target === null) return objectionToPackage(from, imported);
  if (!imported.target.startsWith('src/')) return 'the product knows only what stands under src/';
  const to = placeOf(imported.target);
  return (
    objectionBetween(from, to, imported.target) ??
    objectionToDoor(from, to, imported) ??
    objectionOfLayer(house, source, from, imported, to)
  );
}

/** Which part of the house may name which other part. */
function objectionBetween(from: Place, to: Place, target: string): string | null {
  const same = from.kind === to.kind && from.name === to.name;
  if (
    from.kind === 'top' &&
    ['main.ts', 'service.ts', 'core.ts', 'check.ts', 'open-ports.ts', 'run-command.ts', 'cli.ts'].includes(from.name)
  )
    return null;
  if (same || from.kind === 'nowhere' || to.kind === 'nowhere') return null;
  if (to.kind === 'top') return `only main.ts and cli.ts know src/${to.name}`;
  if (from.kind === 'ports') return 'ports are interfaces and know only each other';
  if (to.kind === 'ports') return null;
  if (to.kind === 'rehearsal') return 'only main.ts and cli.ts know rehearsal';
  if (from.kind === 'room') return objectionFromRoom(from, to, target);
  if (to.kind === 'adapter') return adapterObjection(from, to);
  return objectionToRoom(from, target);
}

function objectionFromRoom(from: Place & { kind: 'room' }, to: Place, target: string): string | null {
  if (to.kind === 'adapter') return 'a room never names an adapter; what it needs of the world is a port';
  if (to.kind !== 'room') return null;
  if (from.shared && !to.shared) return `the shared room ${from.name} never knows the feature room ${to.name}`;
  if (!isDoor(target)) return `a room is entered by its door, src/${to.name}/index.ts`;
  return null;
}

/** A door may name the types of another door, as the port types: they say what has to be brought to it. */
function objectionToDoor(from: Place, to: Place, imported: Import): string | null {
  if (from.kind !== 'room' || from.layer !== 'index' || to.kind !== 'room' || from.name === to.name) return null;
  return imported.typeOnly ? null : 'a door shows its own room only; what another room gives goes into a use-case';
}

/** An adapter that answers over HTTP takes the shape of an answer from the HTTP adapter. */
function adapterObjection(from: Place, to: Place): string | null {
  if (from.kind === 'adapter' && to.name === 'adapters/http') return null;
  if (from.kind === 'adapter') return 'an adapter knows the ports and its own folder; main.ts puts adapters together';
  return `only main.ts and cli.ts put adapters together, not src/${from.name}`;
}

/** config.ts may use the calendar's door, which is pure: KAERU_NOW is read as every other instant is. */
function objectionToRoom(from: Place, target: string): string | null {
  if (from.kind === 'adapter') return 'an adapter never names a room; verbs, rules and routes reach it as data';
  if (from.name === 'config.ts' && placeOf(target).name !== 'calendar') return 'config.ts knows settings, not rooms';
  return isDoor(target) ? null : `a room is entered by its door, src/${placeOf(target).name}/index.ts`;
}

/** What the file's name promises inside its room. */
function objectionOfLayer(house: House, source: SourceFile, from: Place, imported: Import, to: Place): string | null {
  if (from.kind !== 'room') return null;
  const file = source.path.slice(source.path.lastIndexOf('/') + 1);
  if (from.layer === 'schema') return 'schema.ts knows zod and nothing else';
  if (from.layer === 'queries')
    return isSql(to) ? null : 'queries.ts knows only the database port, its tables and kysely';
  if (!mustBePure(from) || isPureImport(imported, house.impure, house.byPath)) return null;
  return `${file} is pure, and this is not`;
}

/** The ports, and other `queries.ts` of the same room. */
const isSql = (place: Place): boolean => place.kind === 'ports' || (place.kind === 'room' && place.layer === 'queries');

const mustBePure = (place: Place & { kind: 'room' }): boolean =>
  ['rules', 'wording', 'card'].includes(place.layer) || place.name === 'calendar';
