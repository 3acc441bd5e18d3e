import type { Problem } from './problem.ts';
import { problemAt } from './problem.ts';

const ENCODINGS = 'UTF-8（BOM の有無は問いません）又は Shift_JIS（CP932）で保存してください。';
const BOM = [0xef, 0xbb, 0xbf];

/**
 * The text of a file in UTF-8 (with or without BOM) or Shift_JIS/CP932, found out by itself and decoded strictly: a byte
 * that belongs to neither is a problem with its line, never a replacement character.
 */
export function decodeText(bytes: Uint8Array, columns: readonly string[]): { text: string } | { problem: Problem } {
  const utf8 = strictly('utf-8', bytes);
  if (utf8 !== null) return { text: utf8 };
  const hasBom = BOM.every((byte, at) => bytes[at] === byte);
  const shiftJis = hasBom ? null : strictly('shift_jis', bytes);
  if (shiftJis !== null && headerIsKnown(shiftJis, columns)) return { text: shiftJis };
  const line = firstWrongLine(bytes);
  return { problem: problemAt(line, '', '文字として読めないバイトがあります', ENCODINGS) };
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A UTF-8 file with one wrong byte may decode as Shift_JIS by chance; its header then names no column we know. */
function headerIsKnown(text: string, columns: readonly string[]): boolean {
  const header = text.slice(0, 2000).split(/\r|\n/, 1)[0] ?? '';
  return columns.some((column) => header.includes(column));
}

function firstWrongLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const next = bytes.indexOf(0x0a, start);
    const end = next === -1 ? bytes.length : next;
    if (strictly('utf-8', bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return 1;
}
