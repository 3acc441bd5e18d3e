/** The bytes of a text in CP932, found by asking the decoder about every pair of bytes. */
export function inShiftJis(text: string): Buffer {
  const bytes = [...text].map((character) => {
    const found = table().get(character);
    if (!found) throw new RangeError(`CP932 has no 「${character}」.`);
    return Buffer.from(found);
  });
  return Buffer.concat(bytes);
}

let known: Map<string, number[]> | null = null;

function table(): Map<string, number[]> {
  if (known) return known;
  const decoder = new TextDecoder('shift_jis');
  const pairs = new Map<string, number[]>();
  for (let first = 0x81; first <= 0xfc; first += 1) {
    for (let second = 0x40; second <= 0xfc; second += 1) {
      const character = decoder.decode(Uint8Array.of(first, second));
      if ([...character].length === 1 && character !== '\ufffd' && !pairs.has(character))
        pairs.set(character, [first, second]);
    }
  }
  for (let single = 0; single < 0x80; single += 1) pairs.set(String.fromCharCode(single), [single]);
  known = pairs;
  return known;
}
