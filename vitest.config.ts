import { defineConfig } from 'vitest/config';

/*
 * Four groups, one after the other, for a machine with two cores: the many small tests, then those that start a PostgreSQL
 * server, those that start and kill whole processes, and those that look at the page in a browser. Three files at a time:
 * one of them is mostly waiting for a process it started.
 */
const limits = { testTimeout: 20_000, hookTimeout: 30_000 };
const slowLimits = { testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 3 };
const postgresql = ['test/adapters/database/postgres*.test.ts', 'test/kill/{send-postgres,replicas}.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 3,
    reporters: ['./test/reporter.ts'],
    projects: [
      {
        test: {
          name: 'rules',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/kill/**', ...postgresql],
          sequence: { groupOrder: 0 },
          ...limits,
        },
      },
      { test: { name: 'postgresql', include: postgresql, sequence: { groupOrder: 1 }, ...slowLimits } },
      {
        test: {
          name: 'kill',
          include: ['test/kill/**/*.test.ts'],
          exclude: postgresql,
          sequence: { groupOrder: 2 },
          ...slowLimits,
        },
      },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], sequence: { groupOrder: 3 }, ...slowLimits } },
    ],
  },
});
