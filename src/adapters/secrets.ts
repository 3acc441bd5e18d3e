import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../ports/room.ts';
import type { Secrets } from '../ports/secrets.ts';

const KEY_BYTES = 32;
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The keys of this installation. In rehearsal without a file they are made once as `secret.key` (mode 0600) in the data
 * folder; production refuses without KAERU_SECRET_FILE. Refuses (code `secret-file`) a file that holds no key.
 */
export function openSecrets(from: {
  file: string | null;
  dataFolder: string;
  mode: 'rehearsal' | 'production';
}): Secrets {
  if (from.file === null && from.mode === 'production') {
    throw new Refusal('secret-file', 'KAERU_SECRET_FILE がありません。本番では鍵のファイルの場所を書いてください。');
  }
  const file = from.file ?? join(from.dataFolder, 'secret.key');
  if (from.file === null) makeKey(from.dataFolder, file);
  return secretsOf(readKey(file));
}

/** Writes a new key beside the store unless one is there. Two processes at once end up with the same key. */
function makeKey(folder: string, file: string): void {
  const draft = join(folder, `secret.${randomUUID()}.tmp`);
  try {
    if (existsSync(file)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && existsSync(file)) return;
    throw new Refusal(
      'secret-file',
      `鍵のファイル ${file} を作れません（${codeOf(error)}）。フォルダーの権限を確かめてください。`,
      file,
    );
  } finally {
    if (existsSync(draft)) rmSync(draft);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function readKey(file: string): Buffer {
  const text = readText(file).trim();
  const hex = /^[0-9a-f]{64}$/i.test(text);
  const key = Buffer.from(text, hex ? 'hex' : 'base64');
  if (key.length === KEY_BYTES && (hex || /^[A-Za-z0-9+/]{43}=?$/.test(text))) return key;
  const expected = '32バイトの乱数を base64 又は16進数で1行に書いたものが必要です（例: openssl rand -base64 32）。';
  throw new Refusal('secret-file', `鍵のファイル ${file} に鍵がありません。${expected}`, file);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(
      'secret-file',
      `鍵のファイル ${file} を読めません（${codeOf(error)}）。場所と権限を確かめてください。`,
      file,
    );
  }
}

function secretsOf(key: Buffer): Secrets {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `kaeru ${use}`, KEY_BYTES));
  const sealKey = derived('seal');
  const hashKey = derived('hash');
  return {
    seal: (purpose, text) => seal(sealKey, purpose, text),
    unseal: (purpose, sealed) => unseal(sealKey, purpose, sealed),
    keyedHash: (purpose, text) =>
      createHmac('sha256', hashKey).update(`${purpose.length}:${purpose}:${text}`).digest('hex'),
  };
}

/** version, nonce, tag, ciphertext. */
function seal(key: Buffer, purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]).toString('base64');
}

function unseal(key: Buffer, purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const start = 1 + NONCE_BYTES + TAG_BYTES;
  if (bytes[0] !== VERSION || bytes.length < start) throw new Error('not a sealed text');
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(1 + NONCE_BYTES, start));
  return Buffer.concat([cipher.update(bytes.subarray(start)), cipher.final()]).toString('utf8');
}
