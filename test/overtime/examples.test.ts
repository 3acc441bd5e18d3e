import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profilesOf } from '../../src/overtime/profiles.ts';
import { overtimePolicy } from './facts.ts';

const page = readFileSync(new URL('../../src/overtime/README.md', import.meta.url), 'utf8');
const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

test('the profiles shown as examples are accepted, and a person stands under those that are meant', () => {
  const { profiles } = overtimePolicy(yaml);
  const namesFor = (category: string | null, section: string) =>
    profilesOf(profiles, { category, section, sectionKey: section }).map((profile) => profile.name);
  expect(namesFor(null, '財政局/財政部/資金課')).toEqual(['協定', '規則自律', '法定']);
  expect(namesFor('他律', '財政局/財政部/資金課')).toEqual(['協定', '規則他律', '法定']);
  expect(namesFor(null, '総務企画局/人事部/労務課')).toEqual(['協定', '規則他律', '法定']);
  expect(namesFor(null, '総務企画局/人事部付')).toEqual(['協定', '規則自律', '法定']);
  expect(namesFor('運転者', '交通局')).toEqual(['協定', '法定', '改善基準告示']);
});
