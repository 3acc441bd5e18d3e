import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { registry } from '../src/rooms.ts';
import { elementsOf, textsOf } from './cards/card-tree.ts';
import { languages, samplesIn } from './cards/samples.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What a head says is no 承認 and no 許可, and nothing a person does is a 違反 (P1); the same in English. */
const barred = /承認|許可|違反|approv|permi(?:t|ssion)|violat/i;
const barredInSource = /承認|許可|違反/;

function filesBelow(folder: string, fits: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => fits.test(file))
    .map((file) => `${folder}/${file}`)
    .sort();
}

const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** The one source that must know the words: it keeps them out of the texts a city writes into its policy. */
const bars = 'src/policy/schema.ts';

describe('承認, 許可, 違反 (P1)', () => {
  test.each([
    ['source of the product', filesBelow('src', /\.(?:ts|js|html)$/).filter((file) => file !== bars)],
    ['template and sample of every card', filesBelow('cards', /\.json$/)],
    ['file of the sample organisation', filesBelow('samples', /\.(?:csv|yaml)$/)],
    ['text of the app package', filesBelow('manifest', /\.json$/)],
  ])('are in no %s', (_, files) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => barredInSource.test(sourceOf(file)))).toEqual([]);
  });

  test('every room that draws cards has its words among the sources that were read', () => {
    const drawn = new Set(filesBelow('cards', /\.sample\.json$/).map((file) => file.split('/')[1]));
    const rooms = filesBelow('src', /(?:wording|words)[\w-]*\.ts$/).map((file) => file.split('/')[1]);
    expect([...drawn].filter((room) => !rooms.includes(room))).toEqual([]);
  });

  test.each(languages)('are on no card in any state (%s)', (language) => {
    const samples = samplesIn(language);
    expect(samples.length).toBeGreaterThan(150);
    const wrong = samples.filter(({ card, content }) => barred.test(`${content.summary}\n${JSON.stringify(card)}`));
    expect(wrong.map(({ name, state }) => `${name} ${state}`)).toEqual([]);
  });

  test('are in no word or line of a chat command', () => {
    const said = registry.commands.flatMap((command) => [...command.words, ...Object.values(command.help ?? {})]);
    expect(said.filter((text) => barred.test(text))).toEqual([]);
  });
});

const claim = { ja: '勤務した時間は全て申請の対象です', easy: 'はたらいた 時間', en: 'All time worked can be claimed' };

/** C01-C03, every card on which somebody is asked to stop or heard to have asked, and what follows from it (P2). */
const claims = [
  'late-work/cutoff-2000',
  'late-work/gap-list',
  'late-work/interval',
  'late-work/last-word',
  'late-work/late-work-decision',
  'late-work/order-missing',
  'late-work/order-missing-list',
  'late-work/prior-application',
  'late-work/prior-ok',
  'late-work/stay',
  'late-work/weekly-digest',
  'no-overtime-day/team',
  'no-overtime-day/wed-on-time',
  'no-overtime-day/wed-summary',
  'overtime/own-hours',
  'pauses/emergency',
  'pauses/emergency-ended',
  'pauses/rest-plan',
];

/** Cards that ask nobody to stop and speak of nobody's hours. */
const silent = [
  'conversation/help',
  'conversation/language',
  'conversation/not-understood',
  'conversation/today',
  'conversation/unknown-sender',
  'conversation/welcome',
  'delivery/delivery-alarm',
  'delivery/unreachable-list',
  'delivery/moved',
  'late-work/interval-request',
  'late-work/section-settings',
  'no-overtime-day/wed-result',
  'pauses/notices',
];

describe('勤務した時間は全て申請の対象です (P2)', () => {
  test('of every card it is known whether it says so', () => {
    const names = new Set(samplesIn('ja').map(({ name }) => name));
    expect([...names].filter((name) => !claims.includes(name) && !silent.includes(name))).toEqual([]);
    expect([...claims, ...silent].filter((name) => !names.has(name))).toEqual([]);
  });

  describe.each(languages)('(%s)', (language) => {
    test('is on each of these cards in every state but the recalled one, and where nobody stays', () => {
      const cards = samplesIn(language).filter(({ name, state }) => {
        return claims.includes(name) && state !== 'recalled' && state !== 'asked-nobody-stays';
      });
      const without = cards.filter(({ card }) => !textsOf(card).join('\n').includes(claim[language]));
      expect(without.map(({ name, state }) => `${name} ${state}`)).toEqual([]);
    });

    test('stands beside the way into the city’s own system', () => {
      const asked = samplesIn(language).filter(({ name, state }) => claims.includes(name) && state === 'asked');
      expect(asked.length).toBeGreaterThan(10);
      for (const { name, card } of asked) {
        const links = elementsOf(card).filter((element) => element.type === 'Action.OpenUrl');
        expect(links.length, name).toBeGreaterThan(0);
      }
    });
  });
});
