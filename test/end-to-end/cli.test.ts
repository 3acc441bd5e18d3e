import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { command, commandJson, dataFolder, kaeru, kaeruJson } from './product.ts';
import { staffFile } from './teams.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = dataFolder();
const now = { KAERU_NOW: '2026-11-18T10:00:00+09:00' };
afterAll(() => folder.remove());

/** A file of the test's own; its path. */
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(folder.file(name), content);
  return folder.file(name);
}

interface Failed {
  error: { code: string; message: string; where?: string };
}

/** Words for a person: no stack trace, nothing of the machine. */
function expectSentence(stderr: string): void {
  expect(stderr).toMatch(/\S/);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(stderr).not.toMatch(/node:internal|思わぬ誤り/);
}

const office = [
  { staff: '900001', name: '試験 課長' },
  { staff: '900002', name: '試験 花子', head: '900001' },
  { staff: '900003', name: '試験 時差', head: '900001', type: '時差', start: '10:00', end: '18:45' },
];
const empty = folder.file('empty');
const data = ['--data', folder.data];

const occasions = (from: string, to: string) => ['occasions', '--from', from, '--to', to, '--data', empty];
const rehearse = (...more: string[]) => ['rehearse', '--bare', '--port', '0', '--data', empty, ...more];

describe('wrong usage ends with 2, a sentence on stderr and one document on stdout', () => {
  test.concurrent.each<[string, string[], string]>([
    ['an unknown command', ['fly'], 'fly'],
    ['an unknown kind of file', ['import', 'wishes', 'x.csv'], 'wishes'],
    ['an unknown option', ['policy', 'show', '--colour', 'red'], '--colour'],
    ['no file', ['import', 'staff'], 'file'],
    ['no --to', ['occasions', '--from', '2026-11-18'], '--to'],
    ['one word too many', ['policy', 'apply', 'a.yaml', 'b.yaml'], '多すぎます'],
    ['a date that is none', occasions('2026-02-30', '2026-03-01'), '--from'],
    ['a date with the wrong weekday', occasions('令和8年11月18日（木）', '2026-11-30'), '水'],
    ['an end before the beginning', occasions('2026-11-18', '2026-11-17'), '--to'],
  ])('%s', async (_what, words, named) => {
    const { status, document, stderr, stdout } = await commandJson<Failed>(words);
    expect(status).toBe(2);
    expectSentence(stderr);
    expect(stderr).toContain(named);
    expect(document.error).toMatchObject({ code: 'usage', message: expect.stringMatching(/\S/) });
    expect(stdout).toContain(named);
  });
});

test.concurrent.each([[[]], [['import']]])(
  '%j without a command ends with 2 and says where the list is',
  async (words) => {
    const { status, stdout, stderr } = await kaeru(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expectSentence(stderr);
    expect(stderr).toContain('--help');
  },
);

describe('what is refused ends with 1, a sentence on stderr and one document on stdout', () => {
  test.concurrent.each<[string, string[], Record<string, string>, string]>([
    ['a file that is not there', ['import', 'staff', folder.file('none.csv'), '--data', empty], {}, 'none.csv'],
    ['a folder as a file', ['import', 'leave', folder.file('.'), '--data', empty], {}, 'ファイルではありません'],
    ['a person who is not there', [...occasions('2026-11-18', '2026-11-18'), '--staff', '999999'], {}, '999999'],
    ['a version of the policy that is not there', ['policy', 'show', '--version', '99', '--data', empty], {}, '99'],
    ['a time without offset', rehearse('--at', '2026-11-18T16:00:00'), {}, '2026-11-18'],
    ['a port that is none', rehearse('--port', '99999'), {}, '65535'],
    ['a pace that is no number', rehearse(), { KAERU_PACE: 'fast' }, 'KAERU_PACE'],
    ['a foreign address in rehearsal', rehearse(), { HOST: '0.0.0.0' }, 'HOST'],
    ['production and rehearsal at once', rehearse(), { KAERU_MODE: 'production' }, 'KAERU_MODE'],
    ['a password in the environment', rehearse(), { MICROSOFT_APP_PASSWORD: 'geheim' }, 'MICROSOFT_APP_PASSWORD'],
  ])('%s', async (_what, words, env, named) => {
    const { status, document, stderr, stdout } = await commandJson<Failed>(words, env);
    expect(status).toBe(1);
    expectSentence(stderr);
    expect(stderr).toContain(named);
    expect(stdout + stderr).not.toContain('geheim');
    expect(Object.keys(document)).toEqual(['error']);
    expect(document.error.code).toMatch(/^[a-z-]+$/);
    expect(`${document.error.where}${document.error.message}`).toContain(named);
  });

  test('without --json nothing stands on stdout', async () => {
    const ran = await kaeru(['import', 'staff', folder.file('none.csv'), '--data', empty]);
    expect(ran).toMatchObject({ status: 1, stdout: '' });
    expectSentence(ran.stderr);
  });
});

describe('a data folder that is empty', () => {
  test('gets a store by the first command, which finds nothing in it', async () => {
    const fresh = join(folder.file('not'), 'yet', 'there');
    const words = ['occasions', '--from', '2026-11-01', '--to', '2026-11-30', '--data', fresh];
    const { status, document, stderr } = await kaeruJson(words);
    expect({ status, document }).toEqual({ status: 0, document: { due: [], skipped: [] } });
    expect(existsSync(join(fresh, 'kaeru.db'))).toBe(true);
    expect(stderr).toContain('samples/kawasaki/policy.yaml');
  });

  test('KAERU_DATA names it as well, and --data wins', async () => {
    const named = folder.file('named');
    const other = folder.file('other');
    mkdirSync(named);
    await command(['policy', 'show'], { KAERU_DATA: named });
    await command(['policy', 'show', '--data', other], { KAERU_DATA: folder.file('never') });
    expect([named, other, folder.file('never')].map((one) => existsSync(join(one, 'kaeru.db')))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('is made once by five commands that come to it at the same time', async () => {
    const words = ['occasions', '--from', '2026-11-18', '--to', '2026-11-18', '--data', folder.file('together')];
    const all = await Promise.all(Array.from({ length: 5 }, () => kaeruJson(words)));
    expect(all.map((one) => one.stdout)).toEqual(Array.from({ length: 5 }, () => '{"due":[],"skipped":[]}\n'));
  });

  test('has an audit chain that verifies, and passes the check', async () => {
    const other = ['--data', folder.file('other')];
    expect(await commandJson(['audit', 'verify', ...other])).toMatchObject({ status: 0 });
    const check = await kaeruJson<{ items: { name: string; ok: boolean }[] }>(['check', ...other]);
    expect(check.status).toBe(0);
    expect(check.document.items.filter((one) => !one.ok || one.name === '')).toEqual([]);
    expect(check.document.items.length).toBeGreaterThanOrEqual(5);
  });
});

describe('policy', () => {
  const policy = 'organisation: 試験市\noffice:\n  start: "08:30"\n';

  test('an unknown key is refused with its line, and nothing is stored', async () => {
    const wrong = file('wrong.yaml', `${policy}  finish: "17:15"\nnoOvertime: { weekday: someday }\n`);
    const refused = await commandJson(['policy', 'apply', wrong, ...data]);
    expect(refused).toMatchObject({ status: 1, document: { error: { code: 'policy', where: `${wrong}:4` } } });
    expectSentence(refused.stderr);
    expect(refused.stderr).toMatch(/4行目.*finish/);
    expect(refused.stderr).toMatch(/5行目.*weekday/);
    expect((await commandJson(['policy', 'show', ...data])).document).toMatchObject({ version: 0 });
  });

  test('is stored as numbered versions that can be shown; the same file makes no new one', async () => {
    const good = file('policy.yaml', policy);
    const first = await commandJson(['policy', 'apply', good, ...data]);
    expect(first).toMatchObject({ status: 0, stderr: '', document: { version: 1, unchanged: false } });
    expect((await commandJson(['policy', 'apply', good, ...data])).document).toMatchObject({
      version: 1,
      unchanged: true,
    });
    const changed = file('changed.yaml', `${policy}  end: "17:00"\n`);
    expect((await commandJson(['policy', 'apply', changed, ...data])).document).toMatchObject({ version: 2 });
    const [old, present] = await Promise.all([
      command(['policy', 'show', '--version', '1', ...data]),
      commandJson(['policy', 'show', ...data]),
    ]);
    expect(old.stdout).toBe(policy);
    expect(present.document).toMatchObject({ version: 2, yaml: `${policy}  end: "17:00"\n` });
    await command(['policy', 'apply', good, ...data]);
  });
});

describe('occasions of a fiscal year', () => {
  interface Occasions {
    due: { at: string; rule: string; date: string; staff: string; card: string }[];
    skipped: { rule: string; date: string; staff: string; why: string }[];
  }
  const words = ['occasions', '--from', '2021-04-01', '--to', '令和4年3月31日（木）', ...data];

  /** Wednesdays, by a count of days alone. */
  function wednesdays(): string[] {
    const days: string[] = [];
    for (let day = Date.UTC(2021, 3, 7); day <= Date.UTC(2022, 2, 31); day += 7 * 86_400_000) {
      days.push(new Date(day).toISOString().slice(0, 10));
    }
    return days;
  }

  test('are the right Wednesdays at everyone’s own end − 60, and the same in every time zone of the machine', async () => {
    await command(['import', 'staff', file('office.csv', staffFile(office)), ...data], now);
    const [here, utc, newYork] = await Promise.all(
      [{}, { TZ: 'UTC' }, { TZ: 'America/New_York' }].map((env) => kaeruJson<Occasions>(words, env)),
    );
    expect(utc?.stdout).toBe(here?.stdout);
    expect(newYork?.stdout).toBe(here?.stdout);
    const { due, skipped } = here?.document ?? { due: [], skipped: [] };
    const off = { '2021-05-05': 'holiday', '2021-11-03': 'holiday', '2021-12-29': 'year-end', '2022-02-23': 'holiday' };
    const working = wednesdays().filter((day) => !(day in off));
    const cards = due.filter((row) => row.rule === 'no-overtime-day');
    const of = (staff: string) => cards.filter((row) => row.staff === staff).map((row) => row.at);
    expect(of('900002')).toEqual(working.map((day) => `${day}T16:15:00+09:00`));
    expect(of('900003')).toEqual(working.map((day) => `${day}T17:45:00+09:00`));
    const summaries = due.filter((row) => row.rule === 'no-overtime-day.summary');
    expect(summaries.map((row) => [row.staff, row.at, row.card])).toEqual(
      working.map((day) => ['900001', `${day}T17:15:00+09:00`, 'wed-summary']),
    );
    const why = skipped.filter((row) => row.rule === 'no-overtime-day' && row.staff === '900002');
    expect(Object.fromEntries(why.map((row) => [row.date, row.why]))).toEqual(off);
    const keys = due.map((row) => `${row.at} ${row.rule} ${row.staff}`);
    expect(keys).toEqual(keys.toSorted());
    expect(Object.keys(due[0] ?? {}).sort()).toEqual(['at', 'card', 'date', 'rule', 'staff']);
    expect(Object.keys(skipped[0] ?? {}).sort()).toEqual(['date', 'rule', 'staff', 'why']);
  });

  test('as lines for people they say the same', async () => {
    const { stdout, status } = await command([
      'occasions',
      '--from',
      '2021-04-07',
      '--to',
      '2021-04-07',
      '--staff',
      '900002',
      ...data,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('2021-04-07T16:15:00+09:00  no-overtime-day  900002  wed-on-time');
  });
});
