import { defineConfig } from 'vitest/config';

/*
 * Three groups, one after the other, for a machine with two cores: the many small tests on both, then those that start
 * and kill whole processes, then those that look at the page in a browser, one file at a time.
 */
const limits = { testTimeout: 20_000, hookTimeout: 30_000 };
const slowLimits = { testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 1 };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['./test/reporter.ts'],
    projects: [
      {
        test: {
          name: 'rules',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/kill/**'],
          sequence: { groupOrder: 0 },
          ...limits,
        },
      },
      { test: { name: 'kill', include: ['test/kill/**/*.test.ts'], sequence: { groupOrder: 1 }, ...slowLimits } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], sequence: { groupOrder: 2 }, ...slowLimits } },
    ],
  },
});
