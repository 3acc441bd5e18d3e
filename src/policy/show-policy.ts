import { createHash } from 'node:crypto';
import { isoAt } from '../calendar/index.ts';
import { type CliResult, type Ports, Refusal } from '../ports/room.ts';
import { currentPolicy, storedPolicy } from './current-policy.ts';

/** `policy show [--version N]`: the YAML of a version as it was applied; without a number, of the one that holds now. */
export async function showPolicy(ports: Ports, wanted: string | undefined): Promise<CliResult> {
  const { db } = ports.database;
  const version = wanted === undefined ? (await currentPolicy(db, ports.settings)).version : versionNumber(wanted);
  const stored = await storedPolicy(db, version);
  if (stored !== undefined) {
    const { digest, yaml, applied_at } = stored.row;
    return shown(version, digest, isoAt(applied_at, stored.book.timeZone), yaml);
  }
  if (wanted !== undefined) throw new Refusal('no-policy', `版 ${version} はありません。`, `--version ${wanted}`);
  const { source } = await currentPolicy(db, ports.settings);
  return shown(version, createHash('sha256').update(source).digest('hex'), null, source);
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal('usage', `--version には1以上の整数を書いてください（「${text}」を読みました）。`, '--version');
}

function shown(version: number, digest: string, appliedAt: string | null, yaml: string): CliResult {
  return { document: { version, digest, appliedAt, yaml }, lines: yaml.trimEnd().split('\n') };
}
