import { expect, test } from 'vitest';
import { attendanceRoom } from '../../src/attendance/index.ts';
import { overtimeRoom } from '../../src/overtime/index.ts';
import { peopleRoom } from '../../src/people/index.ts';
import { policyRoom } from '../../src/policy/index.ts';
import { testPorts } from '../build/ports.ts';

test('every file of the sample is taken in whole, and a second time changes nothing', async () => {
  const ports = await testPorts();
  const commands = [
    ...(policyRoom.cli ?? []),
    ...(peopleRoom.cli ?? []),
    ...(attendanceRoom.cli ?? []),
    ...(overtimeRoom.cli ?? []),
  ];
  const take = async (kind: string) => {
    const command = commands.find((one) => one.name === `import ${kind}`);
    const result = await command?.run(ports, [`samples/kawasaki/${kind}.csv`], {});
    expect(result?.failed, kind).toBeUndefined();
    return result?.document;
  };
  const kinds = ['sections', 'staff', 'posts', 'leave', 'orders', 'clock', 'hours', 'holidays'];
  for (const kind of kinds) expect(await take(kind)).toMatchObject({ problemsTotal: 0 });
  for (const kind of kinds) expect(await take(kind)).toMatchObject({ added: 0, changed: 0, withdrawn: 0 });
  const sections = await ports.database.db.selectFrom('section').select('path').execute();
  expect(new Set(sections.map((section) => section.path)).size).toBe(sections.length);
  const applied = commands.find((one) => one.name === 'policy apply');
  expect((await applied?.run(ports, ['samples/kawasaki/policy.yaml'], {}))?.document).toMatchObject({ version: 1 });
});
