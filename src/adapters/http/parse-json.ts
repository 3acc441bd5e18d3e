/** Deeper documents are refused. */
const DEPTH_LIMIT = 32;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The document in a body; null when it is no UTF-8, no JSON, or nested deeper than 32. Depth is counted before anything is built. */
export function parseJson(body: Uint8Array): { document: unknown } | null {
  try {
    const text = decoder.decode(body);
    return depthOf(text) > DEPTH_LIMIT ? null : { document: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** The deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x5b || character === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
  return deepest;
}
