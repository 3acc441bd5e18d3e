import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { command, commandJson, dataFolder, startBare } from './product.ts';
import { inShiftJis } from './shift-jis.ts';
import { type Person, staffFile } from './teams.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = dataFolder();
const now = { KAERU_NOW: '2026-11-18T10:00:00+09:00' };
afterAll(() => folder.remove());

interface Report {
  rows: number;
  added: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
  problems: { line: number; column: string; read: string; expected: string }[];
  problemsTotal: number;
  dryRun: boolean;
  digest: string;
  error?: { code: string; message: string; where?: string };
}

const HEAD = '900001';
const office: Person[] = [
  { staff: HEAD, name: '試験 課長' },
  { staff: '900002', name: '試験 花子', head: HEAD },
];

function importOf(data: string, kind: string, content: string | Uint8Array, ...options: string[]) {
  const path = folder.file(`${kind}-${data}.csv`);
  writeFileSync(path, content);
  return commandJson<Report>(['import', kind, path, '--data', folder.file(data), ...options], now);
}

const onWednesday = (data: string, date: string) =>
  commandJson<{
    due: { staff: string; rule: string; at: string }[];
    skipped: { rule: string; staff: string; why: string }[];
  }>(['occasions', '--from', date, '--to', date, '--data', folder.file(data)], now);

describe('import staff', () => {
  test('reports in the published shape; the same file twice changes nothing; a dry run stores nothing', async () => {
    const dry = await importOf('shape', 'staff', staffFile(office), '--dry-run');
    expect(dry.document).toMatchObject({ rows: 2, added: 2, dryRun: true });
    const first = await importOf('shape', 'staff', staffFile(office));
    expect(first.status).toBe(0);
    const done = {
      rows: 2,
      added: 2,
      changed: 0,
      withdrawn: 0,
      unchanged: 0,
      problems: [],
      problemsTotal: 0,
      dryRun: false,
    };
    expect(first.document).toEqual({ ...done, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const again = await importOf('shape', 'staff', staffFile(office));
    expect(again.document).toEqual({ ...done, added: 0, unchanged: 2, digest: first.document.digest });
  });

  test('finds out CP932, TAB and CRLF by itself and reads the same people', async () => {
    const text = staffFile([...office, { staff: '900003', name: '髙橋 試験①', head: HEAD }], '\t').replaceAll(
      '\n',
      '\r\n',
    );
    const taken = await importOf('cp932', 'staff', inShiftJis(text));
    expect(taken.document).toMatchObject({ rows: 3, added: 3, problemsTotal: 0 });
    const inUtf8 = await importOf('cp932', 'staff', `\ufeff${text.replaceAll('\t', ',').replaceAll('\r\n', '\n')}`);
    expect(inUtf8.document).toMatchObject({ rows: 3, added: 0, changed: 0, unchanged: 3 });
  });

  test('takes a file whole or not at all, and says line, column, what was read and what was expected', async () => {
    const people: Person[] = [
      ...office,
      { staff: '900003', head: '900009', hired: '令和2年4月1日（金）' },
      { staff: '900004', head: HEAD, type: '夜勤' },
    ];
    const { status, document, stderr } = await importOf('whole', 'staff', staffFile(people));
    expect(status).toBe(1);
    expect(document).toMatchObject({ rows: 4, added: 0, error: { code: 'import-problems' } });
    const found = document.problems.map(({ line, column, read }) => ({ line, column, read }));
    expect(found).toContainEqual({ line: 4, column: '採用日', read: '令和2年4月1日（金）' });
    expect(found).toContainEqual({ line: 5, column: '勤務区分', read: '夜勤' });
    for (const problem of document.problems)
      expect(Object.keys(problem).sort()).toEqual(['column', 'expected', 'line', 'read']);
    expect(document.problems.find((one) => one.column === '採用日')?.expected).toContain('水');
    expect(stderr).toContain('1行も取り込んでいません');
    expect((await onWednesday('whole', '2026-11-18')).document.due).toEqual([]);
  });

  test.concurrent.each<[string, string, (text: string) => string, string]>([
    ['a column that is not named', 'column', (text) => text.replace('言語', '血液型'), '血液型'],
    [
      'a circle of 所属長',
      'circle',
      () =>
        staffFile([
          { staff: '1', head: '2' },
          { staff: '2', head: '1' },
        ]),
      '所属長',
    ],
    ['one 職員番号 twice', 'twice', () => staffFile([{ staff: '1' }, { staff: '1', aad: '' }]), '職員番号'],
    ['an id that is none', 'id', () => staffFile([{ staff: '1', aad: 'abc' }]), 'AADオブジェクトID'],
    ['a quotation that is not closed', 'quotation', (text) => `${text}"900009,x`, ''],
  ])('refuses %s and says where', async (_what, data, spoil, column) => {
    const { status, document } = await importOf(data, 'staff', spoil(staffFile(office)));
    expect(status).toBe(1);
    expect(document.problems.map((one) => one.column)).toContain(column);
    expect(document.error).toMatchObject({ code: 'import-problems', where: expect.stringMatching(/:\d+$/) });
  });

  test('lists 100 problems at a time and counts all', async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({ staff: String(index + 1), aad: '', type: '不明' }));
    const { document } = await importOf('many', 'staff', staffFile(many));
    expect(document.problems).toHaveLength(100);
    expect(document.problemsTotal).toBe(130);
  });

  test('more than 20 % fewer needs --confirm-leavers; those who are not in the file have left', async () => {
    const all = Array.from({ length: 100 }, (_, index) => ({
      staff: String(1_000 + index),
      ...(index ? { head: '1000' } : {}),
    }));
    await importOf('leavers', 'staff', staffFile(all));
    const refused = await importOf('leavers', 'staff', staffFile(all.slice(0, 79)));
    expect(refused).toMatchObject({ status: 1, document: { error: { code: 'confirm-leavers' }, withdrawn: 0 } });
    expect(refused.stderr).toContain('--confirm-leavers');
    expect(
      (await onWednesday('leavers', '2026-11-18')).document.due.filter((row) => row.rule === 'no-overtime-day'),
    ).toHaveLength(100);
    const fifth = await importOf('leavers', 'staff', staffFile(all.slice(0, 80)));
    expect(fifth).toMatchObject({ status: 0, document: { withdrawn: 20, unchanged: 80 } });
    const confirmed = await importOf('leavers', 'staff', staffFile(all.slice(0, 20)), '--confirm-leavers');
    expect(confirmed).toMatchObject({ status: 0, document: { withdrawn: 60 } });
    const { due, skipped } = (await onWednesday('leavers', '2026-11-18')).document;
    expect(due.filter((row) => row.rule === 'no-overtime-day')).toHaveLength(20);
    const left = skipped.filter((row) => row.rule === 'no-overtime-day' && row.why === 'retired');
    expect(left).toHaveLength(80);
  });
});

describe('import leave, sections, posts, holidays', () => {
  test('leave decides who is asked; a date with the wrong weekday refuses the file', async () => {
    await importOf('leave', 'staff', staffFile(office));
    const wrong = await importOf('leave', 'leave', '職員番号,日付,種別\n900002,令和3年11月15日（火）,全日\n');
    expect(wrong).toMatchObject({ status: 1, document: { problems: [{ line: 2, column: '日付' }] } });
    expect(wrong.document.problems[0]?.expected).toContain('月');
    const taken = await importOf('leave', 'leave', '職員番号\t日付\t種別\n900002\t令和8年11月18日（水）\t全日\n');
    expect(taken).toMatchObject({ status: 0, document: { rows: 1, added: 1 } });
    expect((await onWednesday('leave', '2026-11-18')).document.skipped).toContainEqual(
      expect.objectContaining({ staff: '900002', why: 'leave' }),
    );
    await importOf('leave', 'leave', '職員番号,日付,種別\n900002,2026/11/18,取消\n');
    const { skipped } = (await onWednesday('leave', '2026-11-18')).document;
    expect(skipped.filter((row) => row.rule === 'no-overtime-day')).toEqual([]);
  });

  test('a holiday of the file holds at once', async () => {
    await importOf('holiday', 'staff', staffFile(office));
    const holidays = '国民の祝日・休日月日,国民の祝日・休日名称\n2026/11/18,試験の日\n';
    expect((await importOf('holiday', 'holidays', inShiftJis(holidays))).status).toBe(0);
    const { due, skipped } = (await onWednesday('holiday', '2026-11-18')).document;
    expect(due).toEqual([]);
    expect(new Set(skipped.map((row) => row.why))).toEqual(new Set(['holiday']));
  });

  test('sections and posts are taken in the published shape', async () => {
    const sections = await importOf(
      'posts',
      'sections',
      '所属コード,名称,局区,部,開始,終了\n010101,試験課,試験局,試験部,2020-04-01,\n',
    );
    expect(sections).toMatchObject({ status: 0, document: { rows: 1, added: 1, problems: [], problemsTotal: 0 } });
    await importOf('posts', 'staff', staffFile(office));
    const posts = await importOf(
      'posts',
      'posts',
      '所属コード,役割,職員番号,種別,開始,終了\n010101,代理,900002,代理,2026-04-01,\n',
    );
    expect(posts).toMatchObject({ status: 0, document: { rows: 1, added: 1 } });
    const nowhere = await importOf(
      'posts',
      'posts',
      '所属コード,役割,職員番号,種別,開始,終了\n999999,代理,900002,代理,2026-04-01,\n',
    );
    expect(nowhere).toMatchObject({
      status: 1,
      document: { problems: [{ line: 2, column: '所属コード', read: '999999' }] },
    });
  });
});

describe('a staff file for a day to come (P8)', () => {
  const secret = '秘密 異動';
  const later: Person[] = [...office, { staff: '987654', name: secret, head: HEAD, end: '16:00' }];

  function bytesOf(data: string): Buffer {
    const files = readdirSync(folder.file(data)).filter((name) => name !== 'secret.key');
    expect(files).toContain('kaeru.db');
    return Buffer.concat(files.map((name) => readFileSync(join(folder.file(data), name))));
  }

  function traces(bytes: Buffer): string[] {
    const texts = [secret, '987654', '16:00'];
    const encoded = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le'), inShiftJis(text)]);
    const row = Buffer.from(staffFile(later));
    const base64 = [0, 1, 2].map((shift) =>
      Buffer.from(
        row
          .subarray(row.indexOf('987654') + shift)
          .toString('base64')
          .slice(0, 24),
      ),
    );
    return [...encoded, ...base64].filter((one) => bytes.includes(one)).map((one) => one.toString());
  }

  test('is in no byte of the store and in no command before 00:00 of that day, and in force from then on', async () => {
    await importOf('sealed', 'staff', staffFile(office));
    const sealed = await importOf('sealed', 'staff', staffFile(later), '--effective', '令和8年12月1日（火）');
    expect(sealed).toMatchObject({ status: 0, document: { rows: 3, added: 1, unchanged: 2 } });
    expect(traces(bytesOf('sealed'))).toEqual([]);
    const before = await onWednesday('sealed', '2026-12-02');
    expect(before.stdout).not.toContain('987654');
    const product = await startBare(folder.file('sealed'), { at: '2026-11-30T23:58:00+09:00' });
    try {
      await product.moveTo('2026-11-30T23:59:00+09:00');
      expect(traces(bytesOf('sealed'))).toEqual([]);
      expect((await onWednesday('sealed', '2026-12-02')).stdout).not.toContain('987654');
      await product.moveTo('2026-12-01T00:00:00+09:00');
      const { due } = (await onWednesday('sealed', '2026-12-02')).document;
      expect(due).toContainEqual(expect.objectContaining({ staff: '987654', at: '2026-12-02T15:00:00+09:00' }));
      expect(traces(bytesOf('sealed'))).toContain(secret);
    } finally {
      await product.stop();
    }
    expect((await onWednesday('sealed', '2026-11-25')).document.due.map((row) => row.staff)).not.toContain('987654');
  });

  test('is checked when it is given: a wrong one is refused at once', async () => {
    const wrong = await importOf(
      'sealed-wrong',
      'staff',
      staffFile([{ staff: '1', type: '夜勤' }]),
      '--effective',
      '2027-04-01',
    );
    expect(wrong).toMatchObject({ status: 1, document: { problems: [{ line: 2, column: '勤務区分' }] } });
    const { status, stderr } = await command([
      'import',
      'staff',
      folder.file('staff-sealed.csv'),
      '--effective',
      '2027-02-30',
      '--data',
      folder.file('sealed'),
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('--effective');
  });
});
