import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { root } from './processes.ts';
import { loadAverage } from './scenario.ts';

/** What decides the figures, in two lines: versions of everything that is measured, and the machine with its load. */
export function aboutThisRun(quick: boolean): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const packages = [
    '@microsoft/agents-hosting',
    'express',
    'botbuilder',
    'restify',
    'undici',
    'adaptivecards-templating',
    'pg',
  ];
  const versions = packages.flatMap((name) => {
    const found = versionOf(name);
    return found === null ? [] : [`${name} ${found}`];
  });
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`;
  return [
    `Kaeru ${version}, Node ${process.versions.node}, SQLite ${process.versions.sqlite}; ${versions.join(', ')}.`,
    `${machine}; load ${loadAverage()} at the start; ${new Date().toISOString().slice(0, 16)}Z${quick ? '; QUICK: rough figures' : ''}.`,
  ].join('\n');
}

function versionOf(name: string): string | null {
  for (const place of ['bench/node_modules', 'node_modules']) {
    const file = join(root, place, name, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  return null;
}
