import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elementsOf, type Json, listOf, textOf, textsOf } from './cards/card-tree.ts';
import { objectionsTo } from './cards/objections.ts';
import { plants } from './cards/plants.ts';
import { rendererObjections } from './cards/renderer.ts';
import { cards, cardsFolder, languages, samplesIn } from './cards/samples.ts';

const neutral = {
  ja: 'Kaeruからのお知らせがあります',
  easy: 'Kaeruから お知(し)らせが あります',
  en: 'You have a notice from Kaeru',
};
const claim = { ja: '勤務した時間は全て申請の対象です', easy: 'はたらいた 時間', en: 'All time worked can be claimed' };

function told(card: Json): string {
  return textsOf(card).join('\n');
}

function links(card: Json): Json[] {
  return elementsOf(card).flatMap((element) => (element.type === 'Action.OpenUrl' ? [element.url ?? null] : []));
}

describe.each(languages)('every card in every state (%s)', (language) => {
  const samples = samplesIn(language);

  test.each(samples)('$name $state keeps the rules of cards', (sample) => {
    expect(objectionsTo(sample)).toEqual([]);
  });

  test('Microsoft’s own renderer reads each of them without objection', () => {
    for (const { name, state, content } of samples)
      expect(rendererObjections(cards.expand(content)), `${name} ${state}`).toEqual([]);
  });

  test('closed and recalled cards have no buttons, open ones of the same kind do', () => {
    const presses = (state: RegExp) =>
      samples
        .filter((one) => one.name.startsWith('no-overtime-day') && state.test(one.state))
        .map((one) => JSON.stringify(one.card).includes('"ActionSet"'));
    expect(new Set(presses(/^(closed|recalled)/))).toEqual(new Set([false]));
    expect(presses(/^asked$/)).toEqual([true, true, true, true]);
  });

  test('the Wednesday card says in every state that all time worked can be claimed, beside the link to the city’s system (P1, P2)', () => {
    for (const { card, state } of samples.filter(
      (one) => one.name.endsWith('wed-on-time') && one.state !== 'recalled',
    )) {
      expect(told(card), state).toContain(claim[language]);
      expect(links(card), state).toEqual(['https://attendance.example.jp/']);
    }
  });

  test('the head’s card carries the same sentence and link wherever somebody stays', () => {
    const heads = samples.filter((one) => /wed-summary|team/.test(one.name) && !/recalled|nobody/.test(one.state));
    for (const { card, state } of heads) {
      expect(told(card), state).toContain(claim[language]);
      expect(links(card), state).toEqual(['https://attendance.example.jp/']);
    }
    expect(heads.length).toBeGreaterThan(10);
  });

  test('names of staff are only on a card whose head asked for them, and never in what is read aloud or in the toast (P11)', () => {
    const heads = samples.filter((one) => /wed-summary|team|wed-result/.test(one.name));
    for (const { card, state, content } of heads) {
      const shows = /named|deputy|incomplete|partly|^decided$/.test(state);
      expect(/見本|例示|仮名/.test(told(card)), state).toBe(shows);
      expect(`${content.summary}${JSON.stringify(card).split('"body"')[0]}`, state).not.toMatch(/見本|例示|仮名|架空/);
    }
    expect(heads.some(({ state }) => state === 'asked-named')).toBe(true);
  });

  test('the toast of a card about people’s overtime or reach is the neutral sentence, that of the Wednesday card its title', () => {
    for (const { name, content, card } of samples) {
      const heading = elementsOf(card).find((element) => element.style === 'heading');
      const title = textOf(heading?.text);
      expect(content.summary).toBe(
        /wed-summary|team|cutoff-2000|late-work\/(?:stay|last-word|late-work-decision|prior-ok|order-missing|gap-list|weekly-digest|interval)|^delivery\/|^overtime\//.test(
          name,
        )
          ? neutral[language]
          : title,
      );
    }
  });
});

describe('the texts the city was promised', () => {
  const find = (state: string) =>
    samplesIn('ja').find((one) => one.name.endsWith('wed-on-time') && one.state === state);
  const text = (state: string) => told(find(state)?.card ?? null);

  test('the four answers of C01 are those of personnel.md 2, the likely one first', () => {
    const set = elementsOf(find('asked')?.card).find((element) => element.type === 'ActionSet');
    expect(listOf(set?.actions).map((action) => action.title)).toEqual([
      '定時に退庁する予定です',
      '残る予定です（理由・時刻）',
      'まだ分かりません',
      '本日は対象外です',
    ]);
    expect(listOf(set?.actions)[0]?.style).toBe('positive');
  });

  test('its body is that of personnel.md 2, with the own end', () => {
    expect(text('asked')).toContain(
      '本日は定時退庁日です。終業時刻は17:15です。緊急時などやむを得ない場合を除き、定時に退庁してください。やむを得ず勤務したときは、勤務した時間を必ず申請してください。',
    );
    expect(text('asked-section-day')).toContain('本日は所属のノー残業デーです');
  });

  test('nobody who stays is kept waiting for the head, and 了承 is never an order (P1)', () => {
    expect(text('answered-stay')).toContain('所属長の回答はまだありません。緊急の業務は続けて差し支えありません。');
    expect(text('decided-acknowledged')).toContain('了承は時間外勤務命令ではありません');
  });

  test('every detail says that answers are not used for appraisal or discipline (P12)', () => {
    for (const { card } of samplesIn('ja')) expect(told(card)).toContain('回答は人事評価・懲戒の資料に用いません。');
  });
});

describe('the layouts', () => {
  const files = readdirSync(cardsFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  const layouts = files.filter((file) => !file.endsWith('.sample.json'));

  test.each(layouts)('%s holds no words and no json()', (file) => {
    const source = readFileSync(join(cardsFolder, file), 'utf8');
    expect(source).not.toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u);
    expect(source).not.toContain('json(');
  });

  test('every card has samples, and every sample file a card', () => {
    const cardFiles = layouts.filter((file) => readFileSync(join(cardsFolder, file), 'utf8').includes('"frame/card"'));
    const sampled = files.filter((file) => file.endsWith('.sample.json')).map((file) => file.replace('.sample', ''));
    expect(sampled.sort()).toEqual(cardFiles.sort());
  });
});

describe('the checker', () => {
  test('hears what the renderer objects to', () => {
    expect(rendererObjections({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Chart.Pie' }] })).not.toEqual([]);
  });

  test.each(plants)('objects to a card where $what', ({ spoil, state, language, objection }) => {
    const good = samplesIn(language ?? 'ja').find((one) => one.state === state);
    if (!good) throw new Error(`There is no sample in the state ${state}.`);
    const spoiled = structuredClone(good);
    spoil(elementsOf(spoiled.card), spoiled.card);
    expect(objectionsTo(spoiled)).toContainEqual(expect.stringContaining(objection));
  });
});
