import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expansionOf } from '../../../src/adapters/cards/expand.ts';
import { loadLayout, loadMarks } from '../../../src/adapters/cards/load-layout.ts';
import { writerOf } from '../../../src/adapters/cards/write.ts';
import { cardsFolder, languages, samplesIn } from '../../cards/samples.ts';

const $host = { marks: loadMarks(cardsFolder) };
const samples = Map.groupBy(languages.flatMap(samplesIn), ({ content }) => content.template);

/** Any data of the shape of a sample: other texts and numbers, lists of other lengths, but a mark that there is. */
function like(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'string')
    return fc.oneof(fc.constant(value), fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"\\', '\ud800'));
  if (typeof value === 'number') return fc.integer();
  if (Array.isArray(value)) {
    return value.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...value.map(like)), { maxLength: 3 });
  }
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value).map(
    ([key, one]) => [key, key === 'mark' ? fc.constant(one) : like(one)] as const,
  );
  return fc.record(Object.fromEntries(entries));
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const parsed = (bytes: Uint8Array | undefined): unknown => JSON.parse(text(bytes));

describe('writing a card', () => {
  test.each([...samples.keys()])(
    '%s gives, to the last value, what the template engine gives, for any data',
    (template) => {
      const layout = loadLayout(cardsFolder, template);
      const [write, expand] = [writerOf(layout), expansionOf(layout)];
      expect(write).not.toBeNull();
      const drawn = samples.get(template) ?? [];
      for (const { content } of drawn) {
        const $root = content.data;
        expect(parsed(write?.({ $root, $host }))).toEqual(parsed(expand({ $root, $host })));
      }
      const data = like(JSON.parse(JSON.stringify(drawn[0]?.content.data))) as fc.Arbitrary<object>;
      fc.assert(
        fc.property(data, ($root) => {
          expect(parsed(write?.({ $root, $host }))).toEqual(parsed(expand({ $root, $host })));
        }),
        { numRuns: 10 },
      );
    },
  );

  test.each([
    { body: '${toUpper(title)}' },
    { $when: '${length(title) > 1}', body: '${title}' },
    { body: 'a `${title}`' },
    { $data: 'no binding', body: '${title}' },
  ])('of %j is left to the engine', (layout) => {
    expect(writerOf(layout)).toBeNull();
  });

  test.each([
    [
      {
        list: ['${one}', ['${one}', 'b'], null, { $data: '${many}', x: '${y}' }, '${many}'],
        one: { $data: '${many}', y: '${y}' },
      },
      '{"list":["A","A","b",{"x":1},{"x":[2,3]},{"y":1},{"y":[2,3]}],"one":[{"y":1},{"y":[2,3]}]}',
    ],
    [
      {
        1: '${one}',
        b: { $when: '${count(none) > 0}', c: '${nowhere}' },
        none: [],
        empty: {},
        same: [['a'], null],
        text: '1${one}',
      },
      '{"1":"A","none":[],"empty":{},"same":["a"],"text":"1A"}',
    ],
  ])('of %j leaves out, joins and keeps the order', (layout, json) => {
    const $root = { one: 'A', many: [{ y: 1 }, { y: [2, 3] }], none: [] };
    expect(text(writerOf(layout)?.({ $root, $host }))).toBe(json);
  });
});
