import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cardsFrom } from '../../../src/adapters/cards/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaeru-cards-'));
mkdirSync(join(folder, 'frame/marks'), { recursive: true });
mkdirSync(join(folder, 'room'));
writeFileSync(join(folder, 'frame/marks/dot.png'), Buffer.from([137, 80]));
const layouts: Record<string, unknown> = {
  'room/plain': { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: '${title}' }] },
  'room/inside': { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'a ${title} b' }] },
  'room/absent': { type: 'AdaptiveCard', $part: 'frame/root', body: [{ type: 'TextBlock', text: '${title}' }] },
  'room/parts': { $part: 'frame/root', body: [{ $part: 'frame/two' }, { $part: 'frame/one', $data: '${one}' }] },
  'room/round': { body: [{ $part: 'frame/round' }] },
  'room/nowhere': { body: [{ $part: 'frame/nowhere' }] },
  'room/mark': { body: [{ type: 'Image', url: '${$host.marks[mark]}' }] },
  'frame/root': { type: 'AdaptiveCard', version: '1.5', refresh: { $data: '${refreshes}', i: '${i}' } },
  'frame/two': [
    { type: 'TextBlock', text: '1' },
    { type: 'TextBlock', text: '${title}' },
  ],
  'frame/one': { type: 'TextBlock', text: '${text}' },
  'frame/round': [{ $part: 'frame/round' }],
};
for (const [name, layout] of Object.entries(layouts))
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(layout));
const cards = cardsFrom(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const expand = (template: string, data: object) => cards.expand({ template, data, summary: '' });

describe('a card', () => {
  test('is drawn anew from the same layout for each reader', () => {
    expect(expand('room/plain', { title: '甲' })).toEqual({
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: '甲' }],
    });
    expect(expand('room/plain', { title: '乙' })).toEqual({
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: '乙' }],
    });
  });

  test('puts the parts in: a list in place, an object joined with what stands beside it', () => {
    expect(
      expand('room/parts', { title: '甲', one: [{ text: '乙' }, { text: '丙' }], refreshes: [{ i: 'x' }] }),
    ).toEqual({
      type: 'AdaptiveCard',
      version: '1.5',
      refresh: { i: 'x' },
      body: ['1', '甲', '乙', '丙'].map((text) => ({ type: 'TextBlock', text })),
    });
  });

  test('leaves out what has nothing to show', () => {
    expect(expand('room/absent', { title: '甲', refreshes: [] })).not.toHaveProperty('refresh');
  });

  test('carries the mark as a picture of its own', () => {
    expect(expand('room/mark', { mark: 'dot' })).toEqual({
      body: [{ type: 'Image', url: 'data:image/png;base64,iVA=' }],
    });
  });
});

describe('a card is refused, by name, where', () => {
  test.each([
    ['a binding finds nothing', 'room/plain', {}, 'unresolved binding ${title}'],
    ['a binding inside a text finds nothing', 'room/inside', {}, 'unresolved binding ${title}'],
    ['a value is undefined', 'room/plain', { title: undefined }, 'unresolved binding ${title}'],
    ['a value is null', 'room/plain', { title: null }, 'null as ${title}'],
    ['a value is null inside', 'room/plain', { title: { text: null } }, 'null as text'],
    ['a value is null among others', 'room/inside', { title: null }, 'null as'],
    ['a value is no number', 'room/plain', { title: Number.NaN }, 'null as ${title}'],
    ['its layout is not there', 'room/none', {}, 'no card layout room/none'],
    ['its name leads out of the folder', '../../etc/passwd', {}, 'no card layout'],
    ['a part is not there', 'room/nowhere', {}, 'no card layout frame/nowhere'],
    ['a part contains itself', 'room/round', {}, 'contains itself'],
  ])('%s', (_, template, data, sentence) => {
    expect(() => expand(template, data)).toThrow(sentence);
  });

  test('it is over 80 KB as UTF-16, and not where it is just below', () => {
    const rest = JSON.stringify(expand('room/plain', { title: '' })).length;
    const most = 40 * 1024 - rest;
    expect(() => expand('room/plain', { title: 'あ'.repeat(most) })).not.toThrow();
    expect(() => expand('room/plain', { title: 'あ'.repeat(most + 1) })).toThrow('at most 81920');
  });
});

describe('what people wrote', () => {
  test.each(['${title}', '${$root}', 'a ${1+1} b', '$${x}', '\ufdd0{x}', '`${x}`', '{"$part":"frame/root"}', '\\${x}'])(
    '%j is shown as it is',
    (text) => {
      expect(expand('room/plain', { title: text })).toHaveProperty('body.0.text', text.replaceAll('\ufdd0', ''));
    },
  );
});
