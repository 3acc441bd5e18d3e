import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rooms } from '../src/rooms.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = text('README.md');
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text('package.json')));

/** Lines of every fenced block of a page, block by block. */
const blocksOf = (page: string): string[][] =>
  [...page.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, body = '']) => body.trimEnd().split('\n'));

/** Every markdown page of the project, without those inside rooms. */
const pages = [
  'README.md',
  'CHANGELOG.md',
  'manifest/README.md',
  ...below('docs').filter((path) => path.endsWith('.md')),
];

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

const foldersIn = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);

describe('the README', () => {
  test('asks a newcomer for two commands and nothing else', () => {
    expect(blocksOf(readme)).toContainEqual(['npm ci', 'npm start']);
    expect(blocksOf(readme)).toContainEqual(['npm test']);
  });

  test('draws exactly the folders there are', () => {
    const tree = blocksOf(readme).find(([first]) => first === 'src/') ?? [];
    const folders = tree.map((line) => line.replace(/\/.*$/, ''));
    const rooms = folders.filter((name) => name.startsWith('  ')).map((name) => name.trim());
    const top = folders.filter((name) => !name.startsWith('  '));
    expect(rooms.sort()).toEqual(foldersIn('src').sort());
    const notDrawn = ['node_modules', 'data', 'coverage'];
    expect(top.sort()).toEqual(
      foldersIn('.')
        .filter((name) => !notDrawn.includes(name))
        .sort(),
    );
  });
});

describe.each(pages)('%s', (page) => {
  test('names only npm commands that exist', () => {
    const written = [...text(page).matchAll(/(?:^|`)npm (?:run (?:-s )?)?([a-z:]+)/gm)];
    const named = written.map(([, name = '']) => name);
    const known = ['ci', ...Object.keys(scripts)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('names only commands of kaeru that exist', () => {
    const known = [
      'rehearse',
      'serve',
      'check',
      '<',
      ...rooms.flatMap((room) => room.cli ?? []).map(({ name }) => name),
    ];
    const named = [...text(page).matchAll(/npm run -s kaeru -- ([^`\n]+)/g)].map(([, words = '']) => words);
    expect(named.filter((words) => !known.some((name) => words.startsWith(name)))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    const links = [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => join(folder, link));
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  test('names only paths that exist', () => {
    const named = [...text(page).matchAll(/`((?:src|test|docs|cards|samples|manifest|bench)\/[^`<>*\s]*)`/g)];
    const paths = named.map(([, path = '']) => path).filter((path) => !/NNNN|\.\.\./.test(path));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('docs/data-stored.md', () => {
  test('lists every table of the store and no other, with the class and the days the migration gives it', () => {
    const rows = [...text('docs/data-stored.md').matchAll(/^\| `(\w+)` \|[^|]*\| ([\w-]+) \| (\d+|-) \|/gm)];
    const listed = rows.map(([, table, kind, days]) => `${table} ${kind} ${days === '-' ? 'null' : days}`);
    const migrations = below('src/adapters/database/migrations').map(text).join('\n');
    const kept = /^ {2}\['(\w+)', '([\w-]+)'(?:, (\d+|null))?(?:\]|, (?:null|\[))/gm;
    const given = [...migrations.matchAll(kept)].map(([, table, kind, days = 'null']) => `${table} ${kind} ${days}`);
    expect(listed.sort()).toEqual(given.sort());
    const interfaces = ['src/ports/tables.ts', ...below('src/ports/tables')].map(text).join('\n');
    const tables = [...interfaces.matchAll(/^ {2}(\w+): \w+Table;$/gm)].map(([, table = '']) => table);
    expect(listed.map((row) => row.split(' ')[0])).toEqual(tables.sort());
  });
});
