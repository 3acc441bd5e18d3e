import { performance } from 'node:perf_hooks';
import type { Ports } from '../ports/room.ts';

const width = 30;
/** In milliseconds: how often the line changes at most, and from when on an estimate is more than a guess. */
const drawnEvery = 100;
const estimatedAfter = 1_000;

export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** What a terminal shows of long work; `close` ends a line that stands unfinished, so that the next sentence has its own. */
export interface Watched extends Pick<Ports, 'progress'> {
  close(): void;
}

/** A bar with the time that is left, for long work where somebody watches a terminal; nothing in a pipe or a log. */
export function watched(terminal: Terminal, elapsed: () => number = () => performance.now()): Watched {
  if (terminal.isTTY !== true) return { close: () => {} };
  let open = false;
  return {
    close() {
      if (open) terminal.write('\n');
      open = false;
    },
    progress: (what) => {
      const began = elapsed();
      let drawn = Number.NEGATIVE_INFINITY;
      return (done, of) => {
        const now = elapsed();
        const ended = done >= of;
        if (!ended && now - drawn < drawnEvery) return;
        drawn = now;
        terminal.write(`\r\u001b[K${lineOf(what, done, of, now - began)}${ended ? '\n' : ''}`);
        open = !ended;
      };
    },
  };
}

function lineOf(what: string, done: number, of: number, took: number): string {
  const full = of === 0 ? width : Math.floor((done * width) / of);
  const counts = `${done.toLocaleString('ja-JP')} / ${of.toLocaleString('ja-JP')}`;
  const bar = `${what} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${counts}`;
  if (done === 0 || done >= of || took < estimatedAfter) return bar;
  return `${bar}（残り${timeText((took / done) * (of - done))}）`;
}

/** About how long, in words: 約40秒, 約3分. */
function timeText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 60 ? `約${seconds}秒` : `約${Math.round(seconds / 60)}分`;
}
