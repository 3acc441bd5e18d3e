/** Deeper documents are refused. */
const DEPTH_LIMIT = 32;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The document in a body; null when it is no UTF-8, no JSON, or nested deeper than 32. Depth is counted before anything is built. */
export function parseJson(body: Uint8Array): { document: unknown } | null {
  try {
    const text = decoder.decode(body);
    return mayBeDeep(text) && depthOf(text) > DEPTH_LIMIT ? null : { document: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Whether there are brackets enough to nest so deep; most documents have fewer, and need not be looked at sign by sign. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  for (const bracket of '{[') {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > DEPTH_LIMIT) return true;
    }
  }
  return false;
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
