import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { readPolicy } from '../src/policy/read-policy.ts';
import { rooms } from '../src/rooms.ts';

const page = readFileSync(new URL('../docs/contracts.md', import.meta.url), 'utf8');
const skeleton = /^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

function policyOf(source: string): object {
  const read = readPolicy(source, 1);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.book.on('2026-11-18');
}

/** Commands of the table in section 1 with their options: `import staff` → `--dry-run`, … */
function commandsOnPage(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const section = page.slice(page.indexOf('## 1.'), page.indexOf('## 2.')).replaceAll('\\|', '|');
  for (const [, row = ''] of section.matchAll(/^\| (`.*`) \| .*\|$/gm)) {
    for (const [, usage = ''] of row.matchAll(/`([^`]+)`/g)) {
      if (!/^[a-z-]+( [a-z|-]+)?( |$)/.test(usage)) continue;
      const [first = '', second = ''] = usage.split(' ');
      const options = usage.match(/--[a-z-]+/g) ?? [];
      const seconds = /^[a-z|]+$/.test(second) ? second.split('|').map((one) => `${first} ${one}`) : [first];
      for (const name of seconds) found.set(name, options);
    }
  }
  return found;
}

describe('docs/contracts.md', () => {
  test('lists every command of the rooms and no other, beside rehearse', () => {
    const known = rooms.flatMap((room) => room.cli ?? []).map(({ name }) => name);
    expect([...commandsOnPage().keys()].sort()).toEqual(['rehearse', 'serve', 'check', 'simulate', ...known].sort());
  });

  test.each(rooms.flatMap((room) => room.cli ?? []))('lists every option of $name', ({ name, options }) => {
    const listed = commandsOnPage().get(name) ?? [];
    const there = (options ?? []).map(({ flags }) => flags.split(/[ ,]/)[0] ?? flags);
    expect(there.filter((flag) => !listed.includes(flag))).toEqual([]);
  });

  test('shows a policy that is accepted as it stands', () => {
    expect(readPolicy(skeleton, 1)).not.toHaveProperty('problems');
  });

  test('shows the value that every key has when it is left out', () => {
    const withoutExample = skeleton.replace(/^ *ledgerFrom:.*\n/m, '');
    expect(policyOf('organisation: 見本市\n')).toEqual(policyOf(withoutExample));
  });

  test('names every setting there is and no other', () => {
    const named = new Set(page.match(/\b(KAERU_[A-Z_]*[A-Z]|MICROSOFT_[A-Z_]*[A-Z])\b/g));
    const known = readConfig({}).listed.map(({ name }) => name);
    const refused = ['MICROSOFT_APP_PASSWORD'];
    expect([...named].filter((name) => !known.includes(name) && !refused.includes(name))).toEqual([]);
    expect(known.filter((name) => name.startsWith('KAERU_') && !named.has(name))).toEqual([]);
  });
});
