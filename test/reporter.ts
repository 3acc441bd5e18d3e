import { writeFileSync } from 'node:fs';
import { DefaultReporter, type TestModule } from 'vitest/node';

interface Counts {
  passed: number;
  failed: number;
  /** Full names of tests that were left out by their own words. */
  skipped: string[];
}

/**
 * Vitest's own report with one more line at its end: `N passed, N failed`. Where KAERU_COUNTS names a file the counts go
 * there instead, so that test/run.mjs can add what it counted itself and stay the one who speaks last.
 */
export default class CountingReporter extends DefaultReporter {
  override onTestRunEnd(...run: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(...run);
    const [modules, unhandled] = run;
    const counts = countOf(modules);
    counts.failed += unhandled.length;
    for (const name of counts.skipped) console.log(`left out: ${name}`);
    const file = process.env['KAERU_COUNTS'];
    if (file) writeFileSync(file, JSON.stringify(counts));
    else console.log(`${counts.passed} passed, ${counts.failed} failed`);
  }
}

/** A file that could not even be read counts as one failure: none of its tests ran. */
function countOf(modules: readonly TestModule[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: [] };
  for (const module of modules) {
    counts.failed += module.errors().length;
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed += 1;
      else if (state === 'failed') counts.failed += 1;
      else counts.skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
    }
  }
  return counts;
}
