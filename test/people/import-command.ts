import { peopleRoom } from '../../src/people/index.ts';
import type { CliResult } from '../../src/ports/room.ts';
import { aFile, type Row } from '../build/csv-file.ts';
import type { TestPorts } from '../build/ports.ts';

/** Runs `import …` of the people room on rows, text or bytes, as the command line would. */
export async function runImport(
  ports: TestPorts,
  kind: 'staff' | 'sections' | 'posts' | 'leave',
  content: Row[] | string | Uint8Array,
  options: Record<string, string | boolean> = {},
): Promise<CliResult> {
  const command = peopleRoom.cli?.find((one) => one.name === `import ${kind}`);
  if (!command) throw new Error(`no command import ${kind}`);
  return command.run(ports, [aFile(ports.settings.dataFolder, content)], options);
}

/** The problems of a result as `line column read`, and every sentence in one text. */
export function problemsOf(result: CliResult): { places: string[]; sentences: string } {
  const { problems } = result.document as {
    problems: { line: number; column: string; read: string; expected: string }[];
  };
  return {
    places: problems.map(({ line, column, read }) => `${line} ${column} ${read}`),
    sentences: problems.map((one) => one.expected).join('\n'),
  };
}
