import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '../ports/room.ts';
import { LARGEST_FILE } from './read-table.ts';

/** The bytes of a file named on a command line. Refuses (Refusal) what is no file, cannot be read or is over 50 MB. */
export async function openFile(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Refusal('file-not-found', `ファイル ${path} が見つかりません。`, path);
  if (!found.isFile())
    throw new Refusal('not-a-file', `${path} はファイルではありません。CSVファイルを指定してください。`, path);
  if (found.size > LARGEST_FILE) {
    throw new Refusal(
      'file-too-large',
      `${path} は${found.size}バイトあります。ファイルは50 MB以内にしてください。`,
      path,
    );
  }
  return readFile(path).catch(() => {
    throw new Refusal('file-unreadable', `ファイル ${path} を読めません。読み取りの権限を確かめてください。`, path);
  });
}
