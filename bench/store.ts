import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, freshFolder } from './product.ts';

const policy = fileURLToPath(new URL('../samples/kawasaki/policy.yaml', import.meta.url));

const HEADER =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語';

/** Every so many people one is the head of the section. */
const SECTION = 20;

/** Teams' id of the n-th invented person. */
export const aadOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** A new store with the sample's policy and that many invented people, in a folder that is gone after `end`. */
export async function storeOf(people: number): Promise<{ folder: string; end(): void }> {
  const store = freshFolder();
  await command(store.folder, 'policy', 'apply', policy);
  await command(store.folder, 'import', 'staff', writeStaffFile(store.folder, people), '--effective', '2026-04-01');
  return store;
}

/** People in sections of 20, office hours all; gives the path of the file. */
function writeStaffFile(folder: string, people: number): string {
  const lines = Array.from({ length: people }, (_, n) => lineOf(n));
  const path = join(folder, 'staff.csv');
  writeFileSync(path, [HEADER, ...lines, ''].join('\n'));
  return path;
}

function lineOf(n: number): string {
  const number = String(100_000 + n);
  const section = Math.floor(n / SECTION);
  const isHead = n % SECTION === 0;
  const where = `見本${Math.floor(section / 50)}局,見本${Math.floor(section / 10)}部,見本${section}課`;
  const head = isHead ? '' : String(100_000 + section * SECTION);
  const post = isHead ? '課長,1' : '職員,0';
  return `${number},見本${n}号,p${n}@example.jp,${aadOf(n)},${where},${post},${head},日勤,08:30,17:15,2020-04-01,,ja`;
}
