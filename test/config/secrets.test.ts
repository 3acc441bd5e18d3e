import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSecrets } from '../../src/adapters/secrets.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaeru-secrets-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rehearsal = () => openSecrets({ file: null, dataFolder: join(folder, 'data'), mode: 'rehearsal' });

describe('the keys of an installation', () => {
  test('rehearsal makes its key once, readable by its owner only, and finds it again', () => {
    const sealed = rehearsal().seal('row', '仮名 花子');
    const file = join(folder, 'data', 'secret.key');
    const before = readFileSync(file, 'utf8');
    expect(rehearsal().unseal('row', sealed)).toBe('仮名 花子');
    expect(readFileSync(file, 'utf8')).toBe(before);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('production refuses without a file', () => {
    expect(() => openSecrets({ file: null, dataFolder: folder, mode: 'production' })).toThrow('KAERU_SECRET_FILE');
  });

  test.each([
    ['base64', Buffer.alloc(32, 7).toString('base64')],
    ['hex', Buffer.alloc(32, 7).toString('hex')],
  ])('a key written as %s is the same key', (_, text) => {
    const file = join(folder, 'key');
    writeFileSync(file, `${text}\n`);
    const { keyedHash } = openSecrets({ file, dataFolder: folder, mode: 'production' });
    expect(keyedHash('person', '101101')).toBe('53ef450a6eaeea71b518b5941b05565739327b697c99c254db6b961b03129964');
  });

  test.each(['', 'secret', 'A'.repeat(20), 'Z'.repeat(64), '!'.repeat(43)])(
    'a file that holds 「%s」 is refused',
    (text) => {
      const file = join(folder, 'key');
      writeFileSync(file, text);
      expect(() => openSecrets({ file, dataFolder: folder, mode: 'production' })).toThrow('32バイト');
    },
  );

  test('a missing file is refused by name', () => {
    const file = join(folder, 'nowhere');
    expect(() => openSecrets({ file, dataFolder: folder, mode: 'production' })).toThrow(file);
  });

  test('a data folder that cannot be made is refused by name', () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    expect(rehearsal).toThrow(/secret\.key を作れません/);
  });

  test('the folder holds the key and nothing else afterwards', () => {
    rehearsal();
    expect(readdirSync(join(folder, 'data'))).toEqual(['secret.key']);
  });

  test('the same text is sealed differently each time and opens only for its purpose, unchanged', () => {
    const { seal, unseal } = rehearsal();
    const sealed = seal('staff', '見本 一郎');
    expect(seal('staff', '見本 一郎')).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64').includes('見本')).toBe(false);
    expect(() => unseal('leave', sealed)).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    for (const at of [0, 5, 20, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => unseal('staff', changed.toString('base64'))).toThrow();
    }
  });

  test('another installation opens nothing and hashes otherwise', () => {
    const here = rehearsal();
    const there = openSecrets({ file: null, dataFolder: join(folder, 'other'), mode: 'rehearsal' });
    expect(() => there.unseal('row', here.seal('row', 'x'))).toThrow();
    expect(there.keyedHash('person', '101101')).not.toBe(here.keyedHash('person', '101101'));
  });

  test('a keyed hash is 64 hex digits, the same each time, and differs by purpose and text', () => {
    const { keyedHash } = rehearsal();
    expect(keyedHash('a', 'b')).toMatch(/^[0-9a-f]{64}$/);
    expect(keyedHash('a', 'b')).toBe(keyedHash('a', 'b'));
    expect(
      new Set([
        keyedHash('a', 'b'),
        keyedHash('b', 'b'),
        keyedHash('a', 'a'),
        keyedHash('a:', 'b'),
        keyedHash('ab', ''),
      ]).size,
    ).toBe(5);
  });
});
