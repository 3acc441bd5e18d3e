import { parseArgs } from 'node:util';

export const usage =
  'usage: npm run test:pace -- [--staff N] [--replicas 1|2] [--pace N] [--faults] [--fall] [--latency MS] [--seed N]\n' +
  '  defaults: --staff 20000 --replicas 1 --pace 50, no faults, answers after 20 ms; at least 100 people\n' +
  '  --faults: 5 % of the calls meet 429 with Retry-After, 412, 502 after accepting, or a hang\n' +
  '  --fall: the limit falls to 30 a second for a fifth of the send and comes back';

/** One run of the pace. One service keeps its store in SQLite, two share one of PostgreSQL. */
export interface PaceRun {
  staff: number;
  replicas: number;
  pace: number;
  faults: boolean;
  fall: boolean;
  latency: number;
  seed: number;
}

/** What the command line asks for; null where it is not to be understood. */
export function paceRunOf(words: string[]): PaceRun | null {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const flag = { type: 'boolean' as const, default: false };
  const options = {
    staff: text('20000'),
    replicas: text('1'),
    pace: text('50'),
    latency: text('20'),
    seed: text('20261121'),
    faults: flag,
    fall: flag,
  };
  try {
    const { values } = parseArgs({ args: words, options });
    const numbers = [values.staff, values.replicas, values.pace, values.latency, values.seed];
    if (!numbers.every((value) => /^[0-9]{1,9}$/.test(value))) return null;
    const [staff = 0, replicas = 0, pace = 0, latency = 0, seed = 0] = numbers.map(Number);
    if (staff < 100 || ![1, 2].includes(replicas) || pace < 1) return null;
    return { staff, replicas, pace, latency, seed, faults: values.faults, fall: values.fall };
  } catch {
    return null;
  }
}
