import { existsSync } from 'node:fs';
import { peersInstalled } from './peers.ts';
import type { Scenario } from './scenario.ts';

/** Why a scenario cannot run here, in one sentence that says what to do; null where it can. */
export function whyLeftOut({ name, needs }: Scenario): string | null {
  if (needs === 'peers' && !peersInstalled()) {
    return `${name} is left out: its peers are not installed. Run \`npm run bench:setup\` once.`;
  }
  if (needs === 'postgresql' && !existsSync('/usr/lib/postgresql')) {
    return `${name} is left out: no PostgreSQL server stands under /usr/lib/postgresql (Debian: apt-get install postgresql).`;
  }
  return null;
}
