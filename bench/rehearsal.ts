import { type Measured, program, start } from './processes.ts';
import type { Bench } from './scenario.ts';

/** A rehearsal under measurement: the whole service without sign-in, whose clock is moved. */
export interface Rehearsal extends Measured {
  /** Plays the minutes up to there; resolves when all that is due then has been delivered. */
  moveTo(iso: string): Promise<void>;
  /** Every item of a rule in the ledger, with its state. */
  ledger(rule: string): Promise<{ staff: string; state: string }[]>;
}

export async function rehearse(bench: Bench, folder: string, at: string, pace: number): Promise<Rehearsal> {
  const words = [...program, 'rehearse', '--bare', '--port', '0', '--data', folder, '--at', at];
  const process = await start(bench, words, { KAERU_PACE: String(pace), KAERU_LOG: 'error' });
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(new URL(path, process.url), { ...init, signal: bench.signal });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    ...process,
    async moveTo(iso) {
      const body = JSON.stringify({ to: iso });
      await call('/rehearsal/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    },
    async ledger(rule) {
      const { items } = (await call('/rehearsal/ledger', {})) as {
        items: { rule: string; staff: string; state: string }[];
      };
      return items.filter((item) => item.rule === rule);
    },
  };
}
