import { describe, expect, test } from 'vitest';
import { expansionOf } from '../../../src/adapters/cards/expand.ts';
import { fillOf } from '../../../src/adapters/cards/fill.ts';
import { loadLayout, loadMarks } from '../../../src/adapters/cards/load-layout.ts';
import { cardsFolder, languages, samplesIn } from '../../cards/samples.ts';

const $host = { marks: loadMarks(cardsFolder) };
const samples = Map.groupBy(languages.flatMap(samplesIn), ({ content }) => content.template);

describe('filling a layout', () => {
  test.each([...samples.keys()])(
    '%s gives, to the last value, what the template engine gives, and never counts too few characters',
    (template) => {
      const layout = loadLayout(cardsFolder, template);
      const [fill, expand] = [fillOf(layout), expansionOf(layout)];
      expect(fill).not.toBeNull();
      for (const { content } of samples.get(template) ?? []) {
        const $root = JSON.parse(JSON.stringify(content.data));
        const written = { most: 0 };
        const json = JSON.stringify(fill?.({ $root, $host, written }));
        expect(JSON.parse(json)).toEqual(expand({ $root, $host, written: { most: 0 } }));
        expect(written.most).toBeGreaterThanOrEqual(json.length);
      }
    },
  );

  test.each([
    { body: '${toUpper(title)}' },
    { $when: '${length(title) > 1}', body: '${title}' },
    { body: 'a `${title}`' },
    { $data: 'no binding', body: '${title}' },
  ])('%j says more and is left to the engine', (layout) => {
    expect(fillOf(layout)).toBeNull();
  });

  test('parts that are the same for everybody cannot be changed through one card', () => {
    const fill = fillOf({ body: [{ type: 'TextBlock', text: 'same' }], title: '${title}' });
    const card = fill?.({ $root: { title: 'a' }, $host, written: { most: 0 } }) as { body: { text: string }[] };
    expect(() => {
      Object.assign(card.body[0] ?? {}, { text: 'other' });
    }).toThrow(TypeError);
  });
});
