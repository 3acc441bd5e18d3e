import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The files that take long, in the order in which they are started: the longest first, so that none is left alone at the
 * end, and those that mostly wait beside those that keep a core busy.
 */
const longOnes = [
  'planted/planted',
  'kill/replicas',
  'browser/evening',
  'browser/look',
  'adapters/database/postgres',
  'end-to-end/restart',
  'browser/wednesday',
  'kill/send-sqlite',
  'kill/send-postgres',
  'end-to-end/bare',
  'adapters/database/postgres-service',
  'end-to-end/cli',
  'end-to-end/imports',
  'kill/wire-counts',
  'kill/wire-random',
  'end-to-end/chats',
  'end-to-end/serve',
  'end-to-end/overtime',
  'end-to-end/emergency',
  'end-to-end/feeds',
  'end-to-end/store-failure-postgres',
  'end-to-end/store-failure-sqlite',
  'end-to-end/interruption',
  'adapters/database/postgres-failure',
  'simulation/campaigns',
  'simulation/campaigns-of-two',
  'simulation/sample-year',
  'simulation/every-commit',
  'security/replayed-activities',
  'simulation/simulate',
  'occasions/list-occasions',
  'delivery/replicas',
  'adapters/database/sqlite',
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
