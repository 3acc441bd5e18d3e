import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take long, in the order in which they are started: the longest first, so that none is left alone at the
 * end, and those that mostly wait beside those that keep a core busy.
 */
const longOnes = [
  'browser/evening',
  'kill/send-sqlite',
  'kill/wire-counts',
  'browser/look',
  'end-to-end/chats',
  'simulation/campaigns-of-two',
  'kill/replicas',
  'simulation/campaigns',
  'end-to-end/bare',
  'security/replayed-activities',
  'kill/wire-random',
  'browser/wednesday',
  'adapters/database/postgres',
  'adapters/database/postgres-failure',
  'kill/send-postgres',
  'end-to-end/cli',
  'planted/planted',
  'end-to-end/imports',
  'adapters/database/postgres-service',
  'end-to-end/serve',
  'end-to-end/restart',
  'end-to-end/emergency',
  'end-to-end/overtime',
  'end-to-end/feeds',
  'end-to-end/store-failure-postgres',
  'end-to-end/store-failure-sqlite',
  'end-to-end/interruption',
  'adapters/database/sqlite',
  'adapters/database/postgres-side-by-side',
  'occasions/list-occasions',
  'security/canary-processes',
  'simulation/sample-year',
  'simulation/every-commit',
  'simulation/simulate',
  'delivery/replicas',
  'security/hostile-imports',
];

/** Orders the files of a run by that list; the others follow by their paths, each project for itself. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const key = (file: TestSpecification) => {
      const place = longOnes.findIndex((one) => file.moduleId.endsWith(`/test/${one}.test.ts`));
      return `${String(place < 0 ? longOnes.length : place).padStart(3)} ${file.project.name} ${file.moduleId}`;
    };
    return [...files].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}
