import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { LocalDate } from '../ports/clock.ts';
import { leaveOf } from './invented-town.ts';
import { SeededRandom } from './seeded-random.ts';
import type { Citizen, Town } from './town.ts';

const firstDay: LocalDate = '2026-04-01';
/** What its policy leaves at the default. */
const pingsPerWeek = 5;
const imported: [command: string, file: string][] = [
  ['policy apply', 'policy.yaml'],
  ['import sections', 'sections.csv'],
  ['import holidays', 'holidays.csv'],
  ['import staff', 'staff.csv'],
  ['import posts', 'posts.csv'],
  ['import orders', 'orders.csv'],
];

/** The sample organisation of that folder in 令和8年度, with the leave of its file and leave of chance on the other days. */
export function sampleTown(folder: string, days: number, seed: number): Town {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const known = rowsOf(read('leave.csv'));
  const random = new SeededRandom(seed, 'people');
  const people = rowsOf(read('staff.csv')).map((row) => citizenOf(row, random, days));
  const byNumber = new Map(people.map((one) => [one.staff, one]));
  for (const row of known) {
    const leave = byNumber.get(row['職員番号'] ?? '')?.leave;
    if (row['種別'] === '全日') leave?.add(row['日付'] ?? '');
    else leave?.delete(row['日付'] ?? '');
  }
  const given = new Set(known.map((row) => `${row['職員番号']} ${row['日付']}`));
  const added = people.flatMap((one) =>
    [...one.leave]
      .filter((date) => !given.has(`${one.staff} ${date}`))
      .map((date) => `${one.staff},${date},全日,,,年次`),
  );
  return {
    firstDay,
    people,
    pingsPerWeek,
    imports: [
      ...imported.map(([command, file]) => ({ command, file, content: read(file) })),
      { command: 'import leave', file: 'leave.csv', content: `${read('leave.csv').trimEnd()}\n${added.join('\n')}\n` },
    ],
  };
}

type Row = Record<string, string>;

function rowsOf(text: string): Row[] {
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}

function citizenOf(row: Row, random: SeededRandom, days: number): Citizen {
  const type = row['勤務区分'];
  const aad = row['AADオブジェクトID'] ?? '';
  return {
    staff: row['職員番号'] ?? '',
    aad,
    shift: type === '交替',
    away: type === '休職',
    installed: aad !== '' && random.chance(0.97),
    from: row['採用日'] ?? '',
    to: row['退職日'] || null,
    leave: leaveOf(random, firstDay, days),
  };
}
