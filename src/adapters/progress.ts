import type { Ports } from '../ports/room.ts';

const width = 30;

/** A bar for long work where somebody watches a terminal; nothing in a pipe or a log. */
export function watched(terminal: { isTTY?: boolean; write(text: string): unknown }): Pick<Ports, 'progress'> {
  if (terminal.isTTY !== true) return {};
  return {
    progress: (what) => (done, of) => {
      const full = of === 0 ? width : Math.floor((done * width) / of);
      const counts = `${done.toLocaleString('ja-JP')} / ${of.toLocaleString('ja-JP')}`;
      terminal.write(`\r${what} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${counts}${done >= of ? '\n' : ''}`);
    },
  };
}
