import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rooms } from '../src/rooms.ts';

const file = (name: string): Buffer => readFileSync(new URL(`../manifest/${name}`, import.meta.url));
const json = (name: string): unknown => JSON.parse(file(name).toString('utf8'));

const httpsAddress = z.url({ protocol: /^https$/ }).max(2048);
const appId = z.literal('${MICROSOFT_APP_ID}');
const command = z.strictObject({ title: z.string().min(1).max(32), description: z.string().min(1).max(128) });

/** The parts of Microsoft's schema 1.19 that this app uses, with its limits; anything else is refused. */
const Manifest = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.19'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: appId,
  developer: z.strictObject({
    name: z.string().min(1).max(32),
    websiteUrl: httpsAddress,
    privacyUrl: httpsAddress,
    termsOfUseUrl: httpsAddress,
  }),
  name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  accentColor: z.string().regex(/^#[0-9A-F]{6}$/),
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.literal('ja'),
    additionalLanguages: z
      .array(z.strictObject({ languageTag: z.literal('en'), file: z.literal('en.json') }))
      .length(1),
  }),
  bots: z
    .array(
      z.strictObject({
        botId: appId,
        scopes: z.tuple([z.literal('personal')]),
        supportsFiles: z.literal(false),
        isNotificationOnly: z.literal(false),
        commandLists: z
          .array(
            z.strictObject({ scopes: z.tuple([z.literal('personal')]), commands: z.array(command).min(1).max(10) }),
          )
          .length(1),
      }),
    )
    .length(1),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])),
  validDomains: z.array(z.never()),
});

const manifest = Manifest.parse(json('manifest.json'));
const english = z.record(z.string(), z.string()).parse(json('en.json'));
const commands = manifest.bots.flatMap((bot) => bot.commandLists.flatMap((list) => list.commands));

/** What the commands are called in English. */
const commandTitles = (): string[] =>
  Object.entries(english).flatMap(([path, words]) => (path.endsWith('].title') ? [words] : []));

/** Width, height and colour type of a PNG, read from its IHDR chunk. */
function headerOf(png: Buffer): { width: number; height: number; colourType: number } {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), colourType: png.readUInt8(25) };
}

describe('the Teams app package', () => {
  test('keeps the shape and the lengths of schema 1.19', () => {
    expect(Manifest.safeParse(json('manifest.json')).error).toBeUndefined();
  });

  test('carries the version of the product', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(file('../package.json').toString('utf8')));
    expect(manifest.version).toBe(version);
  });

  test('names no real app: both places of the bot id are placeholders', () => {
    expect(
      file('manifest.json')
        .toString('utf8')
        .match(/\$\{[A-Z_]+\}/g),
    ).toEqual(['${MICROSOFT_APP_ID}', '${MICROSOFT_APP_ID}']);
  });

  test.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('has the icon %s at %i pixels, with an alpha channel', (name, size) => {
    expect(headerOf(file(name))).toEqual({ width: size, height: size, colourType: 6 });
  });

  test('says in English everything it says in Japanese, within the same lengths', () => {
    const paths = ['title', 'description'].flatMap((field) =>
      commands.map((_, at) => `bots[0].commandLists[0].commands[${at}].${field}`),
    );
    const expected = ['$schema', 'name.short', 'name.full', 'description.short', 'description.full', ...paths];
    expect(Object.keys(english).sort()).toEqual(expected.sort());
    Manifest.parse({
      ...manifest,
      name: { short: english['name.short'], full: english['name.full'] },
      description: { short: english['description.short'], full: english['description.full'] },
    });
    for (const path of paths)
      expect(english[path]?.length, path).toBeLessThanOrEqual(path.endsWith('title') ? 32 : 128);
  });

  test('names only commands that the product knows, in Japanese and in English, and the ten most people need', () => {
    const known = rooms.flatMap((room) => room.commands ?? []);
    for (const title of [...commands.map(({ title }) => title), ...commandTitles()]) {
      expect(
        known.filter(({ words }) => words.includes(title)).map(({ name }) => name),
        title,
      ).toHaveLength(1);
    }
    // Teams lists ten. 再開 stands on the card of 停止; what is for 人事課, 労務 and ICT alone stands in docs/ja.
    const forMany = known.filter((one) => one.for === 'everybody' || one.for.includes('head'));
    const listed = forMany.filter(({ help, name }) => help !== null && name !== 'resume').map(({ words }) => words);
    const titles = commands.map(({ title }) => title);
    expect(listed.filter((words) => !titles.some((title) => words.includes(title)))).toEqual([]);
  });

  test('uses none of the words that no card may use', () => {
    const words = JSON.stringify([manifest, english]);
    for (const barred of ['承認', '許可', '違反', '！']) expect(words).not.toContain(barred);
  });
});
