import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/*
 * The tests that plant.ts asks whether they catch a fault. Node itself reads the files (they are TypeScript that it only has
 * to strip), so that what replace.ts puts into one of them is what runs, and nothing of it is kept for other runs.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    execArgv: ['--import', fileURLToPath(new URL('replace.ts', import.meta.url))],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    reporters: ['dot'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
