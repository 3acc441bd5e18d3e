import type { Log } from '../../src/ports/log.ts';

/** A log that keeps its lines for a test to look at. */
export function keptLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string, data?: object) => void lines.push(`${message} ${JSON.stringify(data ?? {})}`);
  return { lines, info: keep, warn: keep, error: keep };
}
