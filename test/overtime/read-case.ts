import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lastDayOf, monthOf } from '../../src/overtime/months.ts';
import type { RestrictionKind } from '../../src/overtime/restrictions.ts';
import { type Facts, type HoursFact, overtimePolicy, type StateFact } from './facts.ts';

const CASES = new URL('cases/', import.meta.url);

/** A case as it is written: `hours` are lines `2021-10-15 平日 2701`, behind them a flag and `@section` where there are. */
interface WrittenCase {
  /** What stands under `overtime:` in YAML; the defaults with `ledgerFrom: 2021-04` where it is left out. */
  policy?: string[];
  yearStart?: string;
  month: string;
  day?: string;
  roster?: (Partial<StateFact> & { from: string })[];
  hours: string[];
  openings?: string[];
  restrictions?: RestrictionKind[];
}

export const caseNames = (): string[] => readdirSync(fileURLToPath(CASES)).sort();

export function readCase(name: string): { facts: Facts; decision: object[] } {
  const file = (part: string) => readFileSync(new URL(`${encodeURIComponent(name)}/${part}`, CASES), 'utf8');
  return {
    facts: factsOf(JSON.parse(file('_facts.json')) as WrittenCase),
    decision: JSON.parse(file('decision.json')),
  };
}

const somebody: StateFact = {
  staff: '100001',
  from: '2015-04-01',
  hired: '2015-04-01',
  left: null,
  manager: false,
  section: '総務企画局/人事部/乙',
  workplace: null,
  category: null,
  previous: null,
};

function factsOf(written: WrittenCase): Facts {
  return {
    policy: overtimePolicy((written.policy ?? ['overtime: { ledgerFrom: 2021-04 }']).join('\n')),
    yearStart: written.yearStart ?? '04-01',
    month: written.month,
    day: written.day ?? lastDayOf(monthOf(written.month)),
    roster: (written.roster ?? [{ from: '2015-04-01' }]).map((state) => ({ ...somebody, ...state })),
    hours: written.hours.map(hoursOf),
    openings: (written.openings ?? []).map((line) => {
      const [month = '', minutes = ''] = line.split(' ');
      return { staff: '100001', month, minutes: Number(minutes) };
    }),
    restrictions: written.restrictions ?? [],
  };
}

function hoursOf(line: string): HoursFact {
  const [date = '', kind = '', minutes = '', ...rest] = line.split(' ');
  const section = rest.find((part) => part.startsWith('@'))?.slice(1) ?? null;
  const staff = rest.find((part) => part.startsWith('#'))?.slice(1) ?? '100001';
  const flag = rest.includes('33条') ? '33条' : rest.includes('特例業務') ? '特例業務' : null;
  return { staff, date, kind, minutes: Number(minutes), flag, section };
}
