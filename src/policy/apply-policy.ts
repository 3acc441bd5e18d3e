import { createHash } from 'node:crypto';
import { noteAct } from '../audit/index.ts';
import { openFile } from '../intake/index.ts';
import { type CliResult, type Ports, Refusal } from '../ports/room.ts';
import { addVersion, latestVersion } from './queries.ts';
import { problemSentence, readPolicy } from './read-policy.ts';
import type { PolicyProblem } from './yaml-tree.ts';

/**
 * `policy apply FILE`: checks the file and stores it as the next version. The same content as the newest version makes no
 * new one. With problems nothing is stored and every line that is wrong is named.
 */
export async function applyPolicy(ports: Ports, file: string): Promise<CliResult> {
  const yaml = decoded(await openFile(file), file);
  const read = readPolicy(yaml, 0);
  if ('problems' in read) return refused(file, read.problems);
  const digest = createHash('sha256').update(yaml).digest('hex');
  return ports.database.transaction(async (db) => {
    const latest = await latestVersion(db);
    if (latest?.digest === digest) {
      const lines = [`内容は版 ${latest.version} と同じです。新しい版は作りませんでした。`];
      return { document: { version: latest.version, digest, unchanged: true }, lines };
    }
    const version = (latest?.version ?? 0) + 1;
    await addVersion(db, { version, digest, yaml, applied_at: ports.clock.now(), applied_by: 'cli' });
    await noteAct(ports, db, {
      actor: 'cli',
      action: 'apply-policy',
      subject: `version ${version}`,
      detail: { digest },
    });
    const lines = [
      `${read.book.organisation} の方針を版 ${version} として適用しました。サービスは次の1分から使います。`,
    ];
    return { document: { version, digest, unchanged: false }, lines };
  });
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('policy', `${file} は UTF-8 ではありません。文字コードを UTF-8 にして保存してください。`, file);
  }
}

function refused(file: string, problems: PolicyProblem[]): CliResult {
  const shown = problems.slice(0, 100).map(problemSentence).join('\n');
  const message = `${file} に問題が${problems.length}件あるため、適用していません。\n${shown}`;
  return {
    document: { problems },
    lines: [],
    failed: { code: 'policy', message, where: `${file}:${problems[0]?.line ?? 1}` },
  };
}
