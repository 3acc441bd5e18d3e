import type { MinuteOfDay } from '../ports/clock.ts';

/** 47:59, the last minute of the day after. */
const LAST_MINUTE = 48 * 60 - 1;

/** Reads HH:MM; after midnight as 25:30, up to 47:59. The problem is a sentence for operators. */
export function parseTimeOfDay(text: string): { minute: MinuteOfDay } | { problem: string } {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.normalize('NFKC').trim());
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (match === null || Number(match[2]) > 59 || minute > LAST_MINUTE) {
    return {
      problem: `「${text.slice(0, 60)}」は時刻として読めません。17:15 のように HH:MM で書いてください（翌日は 25:30 のように 47:59 まで）。`,
    };
  }
  return { minute };
}

/** '17:15'; minutes after midnight of the next day as '25:30'. */
export function formatTimeOfDay(minute: MinuteOfDay): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
