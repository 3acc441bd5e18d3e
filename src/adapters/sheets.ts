import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import type { Cell, Sheet, default as writeXlsxFile } from 'write-excel-file/node';
import { Refusal } from '../ports/room.ts';
import { defused, type PrintedSheet, type Sheets } from '../ports/sheets.ts';

type Feature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

const longest = 32_767;
const paperSizes = { A4: 9, A3: 8 };

/** Workbooks as XLSX files of this machine. */
export const xlsxFiles: Sheets = {
  async save(path, sheets) {
    if (existsSync(path)) throw thereAlready(path);
    const bytes = await workbook(sheets);
    const beside = `${path}.${randomUUID()}.part`;
    try {
      const file = await open(beside, 'wx', 0o600);
      await file.writeFile(bytes).finally(() => file.close());
      await link(beside, path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw thereAlready(path);
      throw new Refusal('unwritable', 'ファイルを書けません。フォルダがあること、書けることを確かめてください。', path);
    } finally {
      await rm(beside, { force: true });
    }
  },
};

function thereAlready(path: string): Refusal {
  return new Refusal('file-exists', '同じ名前のファイルがあります。別の名前を書いてください。', path);
}

/** The bytes of a workbook. Every cell is a text, a number or empty; anything else is a TypeError and nothing is written. */
export async function workbook(sheets: readonly PrintedSheet[]): Promise<Uint8Array> {
  // Loaded here: every command would wait for it, and few write a workbook.
  const { default: write } = await import('write-excel-file/node');
  return write(sheets.map(sheetOf), {
    fontFamily: 'Yu Gothic',
    fontSize: 10,
    features: [onPaper(sheets)],
  }).toBuffer();
}

function sheetOf({ name, title, columns, rows, notes }: PrintedSheet): Sheet<never> {
  const head = { fontWeight: 'bold', wrap: true, align: 'center', borderStyle: 'thin' } as const;
  return {
    sheet: name,
    orientation: 'landscape',
    columns: columns.map((column, at) => ({
      width: widthOf(
        column,
        rows.map((row) => row[at] ?? null),
      ),
    })),
    data: [
      [cellOf(title, { fontWeight: 'bold' })],
      columns.map((column) => cellOf(column, head)),
      ...rows.map((row) => row.map((value) => cellOf(value, { borderStyle: 'thin' }))),
      ...notes.map((note) => [cellOf(note, {})]),
    ],
  };
}

function cellOf(value: unknown, style: object): Cell {
  if (value === null || value === '') return { ...style };
  if (typeof value === 'number' && Number.isFinite(value)) return { ...style, value, type: Number };
  if (typeof value !== 'string') throw new TypeError('A cell holds a text, a finite number or nothing.');
  // `_x003D_` would be read as `=`; a name of Object.prototype is not found again in the writer's list of texts.
  const text = defused(value).replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  if (text.length > longest) throw new TypeError('A cell holds at most 32,767 characters.');
  return { ...style, value: text in {} ? `${text} ` : text, type: String };
}

/** In characters of the font: a Japanese one takes two. A head is wrapped from ten on. */
function widthOf(column: string, values: readonly (string | number | null)[]): number {
  const wide = (value: string | number | null) => String(value ?? '').replaceAll(/[^ -~]/g, '  ').length;
  return Math.min(
    48,
    values.reduce<number>((most, value) => Math.max(most, wide(value)), Math.min(10, wide(column))) + 2,
  );
}

/** The paper of every sheet, one page wide. */
function onPaper(sheets: readonly PrintedSheet[]): Feature {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) =>
            xml
              .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
              .replace(
                /<pageSetup [^>]*>/,
                `<pageSetup paperSize="${paperSizes[sheets[sheetIndex]?.paper ?? 'A4']}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`,
              ),
        },
      },
    },
  };
}
