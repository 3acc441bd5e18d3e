import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/slowest-first.ts';

/*
 * All files stand in one queue, the long ones first (test/slowest-first.ts): three at a time on two cores, because those
 * that start processes, servers and browsers mostly wait for them. The many that stay within their process share it
 * (`isolate: false`), so that the product is read three times and not once a file.
 */
const workers = { maxWorkers: Math.max(3, availableParallelism()) };
const limits = { testTimeout: 20_000, hookTimeout: 30_000, isolate: false };
const slowLimits = { testTimeout: 120_000, hookTimeout: 60_000, isolate: true };
const longLimits = { ...slowLimits, isolate: false };
const postgresql = [
  'test/adapters/database/postgres*.test.ts',
  'test/end-to-end/*-postgres.test.ts',
  'test/kill/{send-postgres,replicas}.test.ts',
];
const browser = ['test/browser/**/*.test.ts'];
// It counts every socket its process opens: `fetch` may still open one for a file that has ended.
const counted = 'test/adapters/teams/service-url-traps.test.ts';
const alone = ['test/{campaigns,end-to-end,kill,planted}/**/*.test.ts', counted];
const long = ['test/{occasions,pauses,security,simulation}/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    ...workers,
    reporters: ['./test/reporter.ts'],
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        test: {
          name: 'rules',
          include: ['test/**/*.test.ts'],
          exclude: [...browser, ...alone, ...long, ...postgresql],
          ...workers,
          ...limits,
        },
      },
      { test: { name: 'long', include: long, ...workers, ...longLimits } },
      { test: { name: 'alone', include: alone, exclude: postgresql, ...workers, ...slowLimits } },
      {
        test: {
          name: 'postgresql',
          include: postgresql,
          globalSetup: 'test/fakes/keep-cluster.ts',
          ...workers,
          ...slowLimits,
        },
      },
      { test: { name: 'browser', include: browser, ...workers, ...slowLimits } },
    ],
  },
});
