import { transcode } from 'node:buffer';

/** Texts up to this many bytes of UTF-16 go the short way. */
const most = 256 * 1024;
let wide: Buffer | null = null;

/**
 * A text as UTF-8; half a character of two becomes U+FFFD. Node writes UTF-8 of a text with Japanese in it character by character; copying it as it is and
 * transcoding that is four times faster.
 */
export function bytesOf(text: string): Buffer {
  if (text.length * 2 > most) return Buffer.from(text);
  wide ??= Buffer.allocUnsafeSlow(most);
  const length = wide.write(text, 'utf16le');
  try {
    return transcode(wide.subarray(0, length), 'utf16le', 'utf8');
  } catch {
    return Buffer.from(text);
  }
}
