import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { workbook, xlsxFiles } from '../../src/adapters/sheets.ts';
import { defused, type PrintedSheet, tabbedLine } from '../../src/ports/sheets.ts';

const sheet = (rows: PrintedSheet['rows']): PrintedSheet => {
  return { name: 'D-1', title: '表', columns: ['局区', 'R03'], rows, notes: ['注'], paper: 'A3' };
};

function partsOf(bytes: Uint8Array) {
  const files = unzipSync(bytes);
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const name = Object.keys(files).find((file) => file.startsWith('xl/worksheets/sheet')) ?? '';
  const shared = [...text('xl/sharedStrings.xml').matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, one = '']) => one);
  return { xml: text(name), shared };
}

const piece = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '|',
  '\t',
  '\r',
  '\n',
  ' ',
  '　',
  '\uFEFF',
  '\u200B',
  '\u0001',
  'a',
  '_x003D_',
  '"',
  ',',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { minLength: 1, maxLength: 6 }).map((some) => some.join('')),
);
const cells = process.env.KAERU_LONG === '1' ? 1_000_000 : 10_000;
const seed = 20_261_121;
// What a spreadsheet skips in front, and what then makes a formula; written apart from the product's own expression.
const dangerous = (text: string) =>
  '=+-@＝＋－＠|'.includes(text.replace(/^[\s\p{Cc}\uFEFF\u200B-\u200D\u2060]+/u, '')[0] ?? ' ') ||
  /^[ \u3000\uFEFF\u200B]*[\t\r\n]/.test(text);

test(`of ${cells} random cells (seed ${seed}) none is a formula, in XLSX and in text`, async () => {
  for (let done = 0; done < cells; done += 10_000) {
    const texts = fc.sample(anyText, { numRuns: 10_000, seed: seed + done });
    expect(texts.some(dangerous)).toBe(true);
    const { xml, shared } = partsOf(await workbook([sheet(texts.map((text) => [text]))]));
    expect(xml).not.toContain('<f');
    expect(xml.match(/<c [^>]*t="(?!s")/)).toBeNull();
    expect(shared.filter(dangerous)).toEqual([]);
    expect(shared.filter((text) => /_x(?!005F_)[0-9A-Fa-f]{4}_/.test(text.replaceAll(/_x005F_x/g, '')))).toEqual([]);
    const lines = texts.map((text) => tabbedLine([text, 'b']));
    expect(lines.filter((line) => /[\r\n]/.test(line) || line.split('\t').length !== 2)).toEqual([]);
    expect(lines.filter((line) => dangerous(line.split('\t')[0]?.replace(/^"/, '') ?? ''))).toEqual([]);
  }
}, 600_000);

test('a text that begins no formula stays as it is', () => {
  for (const text of ['見本局/見本課', '45時間01分', 'a=1', '']) expect(defused(text)).toBe(text);
  expect(defused('\u200B＝1')).toBe("'\u200B＝1");
});

test('numbers are numbers, the head is set apart, the paper is A3 across and one page wide', async () => {
  const { xml, shared } = partsOf(await workbook([sheet([['constructor', -5]])]));
  expect(xml).toMatch(/<c r="B3"[^>]*><v>-5<\/v>/);
  expect(xml).toMatch(/<pageSetup paperSize="8" orientation="landscape" fitToWidth="1"/);
  expect(shared).toEqual(['表', '局区', 'R03', 'constructor ', '注']);
});

test('an object, a number that is none and a text too long for a cell are refused', async () => {
  const wrong: unknown[] = [{ type: 'Formula', value: '1+1' }, Number.NaN, new Date(0), true, 'a'.repeat(32_768)];
  for (const value of wrong) {
    const rows = JSON.parse('[[null]]') as PrintedSheet['rows'];
    Object.assign(rows[0] ?? [], { 0: value });
    await expect(workbook([sheet(rows)])).rejects.toThrow(TypeError);
  }
});

test('a file is whole or not there, and one that is there is never written over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaeru-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'table.xlsx');
  await xlsxFiles.save(path, [sheet([['見本局', 1]])]);
  const before = readFileSync(path);
  await expect(xlsxFiles.save(path, [sheet([])])).rejects.toMatchObject({ code: 'file-exists' });
  expect(readFileSync(path).equals(before)).toBe(true);
  await expect(xlsxFiles.save(join(folder, 'none', 'a.xlsx'), [sheet([])])).rejects.toMatchObject({
    code: 'unwritable',
  });
  expect(readdirSync(folder)).toEqual(['table.xlsx']);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
