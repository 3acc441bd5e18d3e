import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillOf } from '../../../src/adapters/cards/fill.ts';
import { cardsFrom } from '../../../src/adapters/cards/index.ts';
import { loadLayout, loadMarks } from '../../../src/adapters/cards/load-layout.ts';
import { writerOf } from '../../../src/adapters/cards/write.ts';
import { cardsFolder, languages, samplesIn } from '../../cards/samples.ts';

const $host = { marks: loadMarks(cardsFolder) };
const samples = languages.flatMap(samplesIn);
const templates = [...Map.groupBy(samples, ({ content }) => content.template)];

/** Any data of the shape of a sample: other texts and numbers, lists of other lengths, now and then a key that is not there. */
function like(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'string')
    return fc.oneof(fc.constant(value), fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"\\', '\ud800'));
  if (typeof value === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (Array.isArray(value)) {
    return value.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...value.map(like)), { maxLength: 3 });
  }
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value).map(([key, one]) => [key, like(one)] as const);
  return fc.record(Object.fromEntries(entries)).chain((whole) => {
    const without = (key: string) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key));
    const lacking = entries.map(([key]) => fc.constant(without(key)));
    return fc.oneof({ weight: 60, arbitrary: fc.constant(whole) }, ...lacking);
  });
}

const outcome = (make: () => unknown) => {
  try {
    return make();
  } catch (error) {
    return String(error);
  }
};

describe('a card as text', () => {
  test('is, byte for byte, the card as an object written by JSON.stringify', () => {
    const cards = cardsFrom(cardsFolder);
    for (const { content } of samples) expect(cards.write(content)).toBe(JSON.stringify(cards.expand(content)));
  });

  test.each(templates)('of %s is that for any data, and lacks the same bindings', (template, [sample]) => {
    const layout = loadLayout(cardsFolder, template);
    const [fill, write] = [fillOf(layout), writerOf(layout)];
    expect(write).not.toBeNull();
    const data = like(JSON.parse(JSON.stringify(sample?.content.data))) as fc.Arbitrary<object>;
    fc.assert(
      fc.property(data, ($root) => {
        const text = outcome(() => write?.({ $root, $host }));
        expect(text).toBe(outcome(() => JSON.stringify(fill?.({ $root, $host, written: { most: 0 } }))));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    { body: '${toUpper(title)}' },
    { $when: '${length(title) > 1}', body: '${title}' },
    { $data: 'no binding', body: '${title}' },
  ])('of %j is left to the engine', (layout) => {
    expect(writerOf(layout)).toBeNull();
  });

  test.each([
    {
      list: ['${one}', ['${one}', 'b'], null, { $data: '${many}', x: '${y}' }, '${many}'],
      one: { $data: '${many}', y: '${y}' },
    },
    {
      1: '${one}',
      b: { $when: '${count(none) > 0}', c: '${nowhere}' },
      none: [],
      empty: {},
      same: [['a'], null],
      text: '1${one}',
    },
  ])('of %j leaves out, joins and keeps order as the object does', (layout) => {
    const $root = { one: 'A', many: [{ y: 1 }, { y: [2, 3] }], none: [] };
    const json = JSON.stringify(fillOf(layout)?.({ $root, $host, written: { most: 0 } }));
    expect(writerOf(layout)?.({ $root, $host })).toBe(json);
  });
});
