import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { objections } from './architecture/objections.ts';
import { type Plant, withPlant } from './architecture/planted.ts';
import { DIRECTION_PLANTS } from './architecture/plants-of-direction.ts';
import { LAYER_PLANTS } from './architecture/plants-of-layer.ts';
import { WORLD_AND_TREE_PLANTS } from './architecture/plants-of-world-and-tree.ts';
import { filesBelow } from './architecture/reader.ts';
import { sizeReport } from './architecture/sizes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the house', () => {
  test('stands as docs/how-it-works.md draws it: no file names what it may not know', () => {
    const files = filesBelow(root, 'src');
    for (const line of sizeReport(files)) console.log(line);
    expect(objections(files)).toEqual([]);
  });

  test('has no objection to a small house that follows every rule', () => {
    expect(objections(withPlant({}))).toEqual([]);
  });
});

describe.each<[string, Plant[]]>([
  ['of direction', DIRECTION_PLANTS],
  ['of layer', LAYER_PLANTS],
  ['of world and tree', WORLD_AND_TREE_PLANTS],
])('a planted violation %s', (_, plants) => {
  test.each(plants)('is named, and nothing else is: $title', ({ files, objection }) => {
    expect(objections(withPlant(files))).toEqual([objection]);
  });
});

describe('what looks like a violation and is none', () => {
  test.each<[string, Record<string, string>]>([
    ['a parameter called fetch', { 'src/people/ask.ts': 'export const ask = (fetch: () => number) => fetch();' }],
    ['a type called Date', { 'src/people/ask.ts': 'export const ask = (day: Date) => day;' }],
    [
      'a property called now',
      { 'src/people/ask.ts': 'export const ask = (a: { Date: { now: number } }) => a.Date.now;' },
    ],
    ['the word in a text', { 'src/people/ask.ts': "export const ask = 'Date.now() and process.env';" }],
  ])('%s', (_, files) => {
    expect(objections(withPlant(files))).toEqual([]);
  });
});
