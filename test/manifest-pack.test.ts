import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packManifest } from '../manifest/pack.ts';

const appId = '0b0c0d0e-1111-4222-8333-444455556666';

test('the package holds the four files, the app id filled in at both places, and nothing else is changed', () => {
  const unzipped = unzipSync(packManifest(appId));
  expect(Object.keys(unzipped)).toEqual(['manifest.json', 'en.json', 'color.png', 'outline.png']);
  for (const [name, bytes] of Object.entries(unzipped)) {
    const kept = readFileSync(new URL(`../manifest/${name}`, import.meta.url));
    if (name !== 'manifest.json') expect(Buffer.from(bytes).equals(kept), name).toBe(true);
    else expect(strFromU8(bytes).replaceAll(appId, '${MICROSOFT_APP_ID}')).toBe(kept.toString('utf8'));
  }
  expect(JSON.parse(strFromU8(unzipped['manifest.json'] ?? new Uint8Array()))).toMatchObject({
    id: appId,
    bots: [{ botId: appId }],
  });
});

test('the same app id gives the same bytes', () => {
  expect(Buffer.from(packManifest(appId)).equals(packManifest(appId))).toBe(true);
});

test.each([undefined, '', 'kaeru', `${appId}0`])('the app id %o is refused in one sentence', (wrong) => {
  expect(() => packManifest(wrong)).toThrow(/^MICROSOFT_APP_ID must be/);
});
