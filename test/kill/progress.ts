import { performance } from 'node:perf_hooks';
import type { Progress } from './campaigns.ts';

const linesEvery = 10;

/** What is being done and how long it may take: one line that changes on a terminal, else a line at every tenth kill. */
export function progressOf(kills: number, out: NodeJS.WriteStream): { step(step: Progress): void; end(): void } {
  let firstKill: number | null = null;
  return {
    step(step) {
      if (step.doing === 'killing') firstKill ??= performance.now();
      const line = lineOf(step, kills, firstKill);
      if (out.isTTY) out.write(`\r\u001b[K${line}`);
      else if (step.doing !== 'killing' || step.kills % linesEvery === 0) out.write(`${line}\n`);
    },
    end() {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}

function lineOf({ store, doing, kills, date }: Progress, of: number, firstKill: number | null): string {
  const line = `${store}: ${kills}/${of} kills, ${date}, ${doing}`;
  if (kills === 0 || firstKill === null) return line;
  const left = ((performance.now() - firstKill) / kills) * (of - kills);
  return `${line}, about ${Math.ceil(left / 60_000)} min left`;
}
