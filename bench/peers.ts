import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, root, start } from './processes.ts';
import { appId, type Surroundings, tenant } from './production.ts';
import type { Bench } from './scenario.ts';

/** Whether `npm run bench:setup` has been run. */
export const peersInstalled = (): boolean => existsSync(join(root, 'bench/node_modules/@microsoft/agents-hosting'));

/** Settings of a peer, beside those of the sign-in. */
interface Extra {
  /** The card it answers with. */
  cardFile?: string;
  /** Where it stores what it is told. */
  store?: string;
}

/** Starts a program of `peers/`, which checks the same tokens as our service. */
export function peer(bench: Bench, program: string, around: Surroundings, extra: Extra = {}): Promise<Measured> {
  const { issuer, metadataUrl, keysUrl } = around;
  const words = ['--disable-warning=ExperimentalWarning', join(root, 'bench/peers', program)];
  const given = { appId, tenant, issuer, metadataUrl, keysUrl, ...extra };
  return start(bench, words, { BENCH_PEER: JSON.stringify(given), NODE_ENV: 'production' });
}
