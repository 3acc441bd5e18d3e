import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const NAME = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/**
 * The layout of a card with its parts put in. `{ "$part": "frame/head", … }` stands for the file `frame/head.json`: a list
 * there takes the place of the element, an object is joined with the other keys beside `$part`. Throws where a file is
 * missing or a part contains itself.
 */
export function loadLayout(folder: string, name: string): object {
  const layout = withParts(folder, read(folder, name), [name]);
  if (layout === null || typeof layout !== 'object' || Array.isArray(layout)) {
    throw new Error(`The card layout ${name} is a list or a plain value; an object of type AdaptiveCard was expected.`);
  }
  return layout;
}

/** The small pictures of the head line as data URIs, by the file's name. */
export function loadMarks(folder: string): Record<string, string> {
  const marks = join(folder, 'frame', 'marks');
  const files = readdirSync(marks).filter((file) => file.endsWith('.png'));
  return Object.fromEntries(
    files.map((file) => [
      basename(file, '.png'),
      `data:image/png;base64,${readFileSync(join(marks, file)).toString('base64')}`,
    ]),
  );
}

function read(folder: string, name: string): Json {
  const file = join(folder, `${name}.json`);
  if (!NAME.test(name) || !existsSync(file)) {
    throw new Error(`There is no card layout ${name}; a file cards/<room>/<name>.json was expected.`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function withParts(folder: string, node: Json, path: string[]): Json {
  if (Array.isArray(node)) return node.flatMap((entry) => withParts(folder, entry, path));
  if (node === null || typeof node !== 'object') return node;
  const { $part: part, ...own } = node;
  const rest = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, withParts(folder, value, path)]));
  if (part === undefined) return rest;
  if (typeof part !== 'string') throw new Error(`In the card layout ${path.join(' > ')} a "$part" is not a name.`);
  if (path.includes(part)) throw new Error(`The card layout ${[...path, part].join(' > ')} contains itself.`);
  const inserted = withParts(folder, read(folder, part), [...path, part]);
  if (inserted === null || typeof inserted !== 'object') throw new Error(`The card part ${part} is a plain value.`);
  return Array.isArray(inserted) ? inserted : { ...inserted, ...rest };
}
