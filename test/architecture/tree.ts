import type { House } from './house.ts';
import { ADAPTERS, placeOf, SMALL_ADAPTERS } from './places.ts';

/** Names that say nothing of what is inside. */
const EMPTY_NAMES = /^(utils?|helpers?|common|types?|libs?|misc)(\.[a-z.]+)?$/;

const LONGEST = 400;

/** Folders and files the house does not know, names without a subject, rooms without a door, files too long. */
export function treeObjections(house: House): string[] {
  return [...unknownPlaces(house), ...emptyNames(house), ...wrongKinds(house), ...doorless(house), ...tooLong(house)];
}

function unknownPlaces({ files }: House): string[] {
  const named = files.filter((file) => !emptyNameIn(file.path));
  const unknown = named
    .map((file) => file.path.split('/'))
    .flatMap(([, first = '', second = '', third]) => {
      if (placeOf([`src`, first, second].filter(Boolean).join('/')).kind === 'nowhere') return [`src/${first}`];
      if (first === 'adapters' && !(third ? ADAPTERS : SMALL_ADAPTERS).includes(second))
        return [`src/adapters/${second}${third ? '/' : ''}`];
      return [];
    });
  return [...new Set(unknown)].map(
    (path) =>
      `${path} is no place the house knows: test/architecture/places.ts lists the rooms, the adapters and what stands above them.`,
  );
}

const emptyNameIn = (path: string): string | undefined => path.split('/').find((name) => EMPTY_NAMES.test(name));

function emptyNames({ files }: House): string[] {
  return files.flatMap(({ path }) => {
    const part = emptyNameIn(path);
    return part
      ? [`${path} has "${part}" in it, which says nothing of what is inside: name it after its subject.`]
      : [];
  });
}

/** Product code is TypeScript; plain JavaScript is what a browser or an old Node reads. */
function wrongKinds({ files }: House): string[] {
  return files
    .filter(({ path }) => /\.(m|c)?jsx?$|\.tsx$/.test(path))
    .filter(({ path }) => placeOf(path).kind !== 'rehearsal' && placeOf(path).kind !== 'top')
    .map(({ path }) => `${path} is not TypeScript: only rehearsal's page and the launcher are plain JavaScript.`);
}

function doorless({ sources, byPath }: House): string[] {
  const rooms = new Set(
    sources
      .map((source) => placeOf(source.path))
      .filter((place) => place.kind === 'room')
      .map((place) => place.name),
  );
  return [...rooms]
    .filter((room) => !byPath.has(`src/${room}/index.ts`))
    .map((room) => `src/${room} has no door: index.ts says what other rooms may use.`);
}

function tooLong({ sources }: House): string[] {
  return sources
    .filter((source) => source.lines > LONGEST)
    .map((source) => `${source.path} has ${source.lines} lines, more than ${LONGEST}: it holds more than one subject.`);
}
