import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { xlsxFiles } from '../../src/adapters/sheets.ts';
import { overtimeRoom } from '../../src/overtime/index.ts';
import { aLedger, hoursFile } from './ledger.ts';

test('table E as a workbook: three cells reckoned by hand, and one line of audit without names', async () => {
  const ledger = await aLedger([{ staff: '100001' }, { staff: '100002' }]);
  await ledger.hours(hoursFile('100001,2021-10-01,平日,4201', '100002,2021-10-01,平日,1201'));
  const command = overtimeRoom.cli?.find((one) => one.name === 'overtime table');
  const out = join(ledger.ports.settings.dataFolder, 'e.xlsx');
  const run = (path: string) =>
    command?.run({ ...ledger.ports, sheets: xlsxFiles }, ['E'], { month: '2021-10', out: path });
  expect((await run(out))?.document).toEqual({ file: out, sheets: 1, rows: 1 });

  const files = unzipSync(readFileSync(out));
  const text = (start: string) =>
    strFromU8(files[Object.keys(files).find((name) => name.startsWith(start)) ?? ''] ?? new Uint8Array());
  const shared = [...text('xl/sharedStrings').matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, one]) => one);
  const value = (cell: string) =>
    new RegExp(`<c r="${cell}"[^>]*><v>(\\d+)</v>`).exec(text('xl/worksheets/sheet'))?.[1];
  expect(value('B3')).toBe('2');
  // (4201 + 1201) / 2 = 2701 minutes
  expect(shared[Number(value('C3'))]).toBe('45時間01分');
  // 70 h are 4200 minutes: one person is over.
  expect(value('G3')).toBe('1');

  await expect(run(out)).rejects.toMatchObject({ code: 'file-exists' });
  await expect(run(`${out}.csv`)).rejects.toMatchObject({ code: 'usage' });
  expect(existsSync(`${out}.csv`)).toBe(false);
  const lines = await ledger.ports.database.db
    .selectFrom('audit')
    .select(['detail'])
    .where('action', '=', 'export')
    .execute();
  expect(lines.map(({ detail }) => JSON.parse(detail))).toEqual([{ table: 'E', sheets: 1, rows: 1 }]);
});
