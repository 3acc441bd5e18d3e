import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentPolicy, policyRoom, workingCalendar } from '../../src/policy/index.ts';
import type { CliResult, Ports } from '../../src/ports/room.ts';
import { type TestPorts, testPorts } from '../build/ports.ts';

function run(
  ports: Ports,
  name: string,
  args: string[] = [],
  options: Record<string, string | boolean> = {},
): Promise<CliResult> {
  const command = policyRoom.cli?.find((one) => one.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return command.run(ports, args, options);
}

function written(ports: TestPorts, name: string, text: string | Uint8Array): string {
  const file = join(ports.settings.dataFolder, name);
  writeFileSync(file, text);
  return file;
}

const apply = (ports: TestPorts, yaml: string) => run(ports, 'policy apply', [written(ports, 'policy.yaml', yaml)]);

describe('policy apply', () => {
  test('stores numbered versions, and services read the newest', async () => {
    const ports = await testPorts();
    const first = await apply(ports, 'organisation: 甲市');
    const second = await apply(ports, 'organisation: 乙市');
    expect([first.document, second.document]).toMatchObject([{ version: 1 }, { version: 2 }]);
    const book = await currentPolicy(ports.database.db, ports.settings);
    expect([book.version, book.organisation]).toEqual([2, '乙市']);
  });

  test('of the same content makes no new version and says so', async () => {
    const ports = await testPorts();
    await apply(ports, 'organisation: 甲市');
    const again = await apply(ports, 'organisation: 甲市');
    expect(again.document).toMatchObject({ version: 1, unchanged: true });
    expect(again.lines.join()).toContain('新しい版は作りませんでした');
  });

  test('of an older content after another one is a new version', async () => {
    const ports = await testPorts();
    for (const name of ['甲市', '乙市', '甲市']) await apply(ports, `organisation: ${name}`);
    expect((await currentPolicy(ports.database.db, ports.settings)).version).toBe(3);
  });

  test('of a wrong file stores nothing and names the lines', async () => {
    const ports = await testPorts();
    const refused = await apply(ports, 'organisation: 甲市\nsmallCell: 1\nnope: 2\n');
    expect(refused.failed).toMatchObject({ code: 'policy', where: expect.stringMatching(/policy\.yaml:2$/) });
    expect(refused.failed?.message).toContain('2行目 smallCell');
    expect(refused.failed?.message).toContain('3行目 nope');
    expect((await currentPolicy(ports.database.db, ports.settings)).version).toBe(0);
  });

  test('refuses a file that is not there and one that is not UTF-8', async () => {
    const ports = await testPorts();
    await expect(run(ports, 'policy apply', ['nowhere.yaml'])).rejects.toThrow('nowhere.yaml');
    const file = written(ports, 'sjis.yaml', Buffer.from([0x6f, 0x3a, 0x20, 0x8c, 0xa9]));
    await expect(run(ports, 'policy apply', [file])).rejects.toThrow('UTF-8');
  });

  test('takes a file with a BOM', async () => {
    const ports = await testPorts();
    expect((await apply(ports, '\uFEFForganisation: 甲市\r\nsmallCell: 12\r\n')).failed).toBeUndefined();
    expect((await currentPolicy(ports.database.db, ports.settings)).on('2026-11-18').smallCell).toBe(12);
  });
});

describe('policy show', () => {
  test('prints the YAML of the newest version, or of the one asked for, with digest and time', async () => {
    const ports = await testPorts({ now: '2026-11-18T16:14:45+09:00' });
    await apply(ports, 'organisation: 甲市 # 最初\n');
    await apply(ports, 'organisation: 乙市\n');
    expect((await run(ports, 'policy show')).lines).toEqual(['organisation: 乙市']);
    const first = await run(ports, 'policy show', [], { version: '1' });
    expect(first.document).toEqual({
      version: 1,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      appliedAt: '2026-11-18T16:14:45+09:00',
      yaml: 'organisation: 甲市 # 最初\n',
    });
  });

  test('refuses a version that is none and one that is not there', async () => {
    const ports = await testPorts();
    await expect(run(ports, 'policy show', [], { version: 'two' })).rejects.toThrow('「two」');
    await expect(run(ports, 'policy show', [], { version: '7' })).rejects.toThrow('版 7');
  });

  test('in rehearsal without an applied policy shows the sample as version 0', async () => {
    const ports = await testPorts();
    const shown = await run(ports, 'policy show');
    expect(shown.document).toMatchObject({
      version: 0,
      appliedAt: null,
      yaml: expect.stringContaining('organisation:'),
    });
  });
});

describe('the current policy', () => {
  test('is refused in production while none was applied', async () => {
    const ports = await testPorts({ settings: { mode: 'production', samplePolicy: null } });
    await expect(currentPolicy(ports.database.db, ports.settings)).rejects.toThrow('policy apply');
  });

  test('is the same object at every tick until a new version comes', async () => {
    const ports = await testPorts();
    await apply(ports, 'organisation: 甲市');
    const before = await currentPolicy(ports.database.db, ports.settings);
    expect(await currentPolicy(ports.database.db, ports.settings)).toBe(before);
    await apply(ports, 'organisation: 甲市\nsmallCell: 11');
    expect(await currentPolicy(ports.database.db, ports.settings)).not.toBe(before);
  });
});

const HEADER = '国民の祝日・休日月日,国民の祝日・休日名称\n';

async function holidayNames(ports: TestPorts, dates: string[]): Promise<(string | null)[]> {
  const book = await currentPolicy(ports.database.db, ports.settings);
  const { holidays } = await workingCalendar(ports.database.db, book, '2026-11-18');
  return dates.map((date) => holidays.nameOf(date));
}

describe('import holidays', () => {
  test('adds days in Shift_JIS or UTF-8, counts them, and changes nothing the second time', async () => {
    const ports = await testPorts();
    const file = 'test/policy/holidays-cp932.csv';
    const first = await run(ports, 'import holidays', [file]);
    expect(first.document).toMatchObject({
      rows: 2,
      added: 1,
      changed: 0,
      withdrawn: 0,
      unchanged: 1,
      problemsTotal: 0,
    });
    expect(await holidayNames(ports, ['2026-11-18', '2026-11-23'])).toEqual(['臨時の休日', '勤労感謝の日']);
    const again = await run(ports, 'import holidays', [file]);
    expect(again.document).toMatchObject({ added: 0, unchanged: 2 });
    expect(await ports.database.db.selectFrom('import_file').selectAll().execute()).toHaveLength(1);
  });

  test('with --dry-run counts and stores nothing', async () => {
    const ports = await testPorts();
    const file = written(ports, 'h.csv', `${HEADER}2026-11-18,臨時の休日\n`);
    const dry = await run(ports, 'import holidays', [file], { dryRun: true });
    expect(dry.document).toMatchObject({ dryRun: true, added: 1 });
    expect(await holidayNames(ports, ['2026-11-18'])).toEqual([null]);
  });

  test('a row without a name makes the day an ordinary one, and a later file makes it a holiday again', async () => {
    const ports = await testPorts();
    const gone = await run(ports, 'import holidays', [written(ports, 'a.csv', `${HEADER}令和8年11月23日（月）,\n`)]);
    expect(gone.document).toMatchObject({ withdrawn: 1 });
    expect(await holidayNames(ports, ['2026-11-23'])).toEqual([null]);
    await run(ports, 'import holidays', [written(ports, 'b.csv', `${HEADER}2026/11/23,勤労感謝の日\n`)]);
    expect(await holidayNames(ports, ['2026-11-23'])).toEqual(['勤労感謝の日']);
    expect(await ports.database.db.selectFrom('holiday').selectAll().execute()).toEqual([]);
  });

  test('a file of a whole year takes away a holiday that it moves; a short one does not', async () => {
    const ports = await testPorts();
    const year = [
      '2027/1/1,元日',
      '2027/1/11,成人の日',
      '2027/2/11,建国記念の日',
      '2027/2/23,天皇誕生日',
      '2027/3/21,春分の日',
      '2027/3/22,休日',
      '2027/4/29,昭和の日',
      '2027/5/3,憲法記念日',
      '2027/5/4,みどりの日',
      '2027/5/5,こどもの日',
      '2027/7/20,海の日（移動）',
      '2027/8/11,山の日',
    ];
    const short = await run(ports, 'import holidays', [
      written(ports, 's.csv', `${HEADER}${year.slice(10).join('\n')}\n`),
    ]);
    expect(short.document).toMatchObject({ added: 1, withdrawn: 0 });
    expect(await holidayNames(ports, ['2027-07-19', '2027-07-20'])).toEqual(['海の日', '海の日（移動）']);
    await run(ports, 'import holidays', [written(ports, 'y.csv', `${HEADER}${year.join('\n')}\n`)]);
    expect(await holidayNames(ports, ['2027-07-19', '2027-07-20', '2027-05-05'])).toEqual([
      null,
      '海の日（移動）',
      'こどもの日',
    ]);
  });

  test('a wrong date, a wrong weekday or a day named twice refuses the whole file with its lines', async () => {
    const ports = await testPorts();
    const text = `${HEADER}2026-11-18,臨時の休日\n2026-11-19（金）,二日目\n2026-02-30,三日目\n2026/11/18,四日目\n`;
    const refused = await run(ports, 'import holidays', [written(ports, 'h.csv', text)]);
    expect(refused.document).toMatchObject({
      added: 0,
      problemsTotal: 3,
      problems: [{ line: 3 }, { line: 4 }, { line: 5 }],
    });
    expect(refused.failed).toBeDefined();
    expect(await holidayNames(ports, ['2026-11-18'])).toEqual([null]);
  });

  test('an unknown column refuses the file', async () => {
    const ports = await testPorts();
    const file = written(ports, 'h.csv', '国民の祝日・休日月日,国民の祝日・休日名称,備考\n2026-11-18,休日,x\n');
    expect((await run(ports, 'import holidays', [file])).failed).toBeDefined();
  });
});
