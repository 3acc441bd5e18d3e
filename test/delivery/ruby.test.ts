import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardDay, rubyOnce, withoutRuby } from '../../src/delivery/index.ts';

describe('the reading of a word', () => {
  test('stands where the word comes first on the card, and only there', () => {
    expect(rubyOnce({ title: '帰(かえ)る 日(ひ)', body: [{ text: '日(ひ)に 帰(かえ)る' }], more: '人(ひと)' })).toEqual(
      {
        title: '帰(かえ)る 日(ひ)',
        body: [{ text: '日に 帰る' }],
        more: '人(ひと)',
      },
    );
  });

  test('is kept for a word that is read in another way', () => {
    expect(rubyOnce(['18日(にち)', '帰る 日(ひ)', '31日(にち)'])).toEqual(['18日(にち)', '帰る 日(ひ)', '31日']);
  });

  test('is never taken from what people wrote, nor from what a button carries', () => {
    const data = { title: '帰(かえ)る', said: { quoted: '帰(かえ)る' }, payload: { i: '帰(かえ)る' } };
    expect(rubyOnce(data)).toEqual(data);
  });

  test('is left out for a voice', () => {
    expect(withoutRuby('早(はや)く 帰(かえ)る（16:21）(x)')).toBe('早く 帰る（16:21）(x)');
  });

  test('keeps numbers, keys and the order of a card whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(withoutRuby(JSON.stringify(rubyOnce(value)))).toBe(withoutRuby(JSON.stringify(value)));
      }),
    );
  });
});

describe('the day in the head line', () => {
  test.each([
    ['2026-11-18', '11月(がつ)18日(にち)（水(すい)）'],
    ['2026-11-20', '11月(がつ)20日(はつか)（金(きん)）'],
    ['2026-04-01', '4月(がつ)1日(ついたち)（水(すい)）'],
    ['2027-01-24', '1月(がつ)24日(にじゅうよっか)（日(にち)）'],
  ])('%s is read in やさしい日本語 as %s', (date, shown) => {
    expect(cardDay(date, 'easy')).toBe(shown);
  });

  test('is plain in 日本語 and English', () => {
    expect([cardDay('2026-11-18', 'ja'), cardDay('2026-11-18', 'en')]).toEqual(['11月18日（水）', 'Wed 18 Nov']);
  });
});
