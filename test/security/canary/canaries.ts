/** Everything personal or secret in these flows is written so that it can be found again wherever it turns up. */
const planted = /canary|カナリア|9081726\d{3}|ca0a47ca-|eyJ[A-Za-z0-9_-]{10}/i;

/** A word nobody else writes, plain enough to pass every check of form; `what` says where it was put. */
export const canary = (what: string, n: number | string = '') => `canary-${what}-${n}`;
/** The same as people of the city write. */
export const kanaria = (what: string) => `カナリア${what}`;
export const staffNumber = (n: number) => `9081726${String(n).padStart(3, '0')}`;
export const aadId = (n: number) => `ca0a47ca-0000-4000-8000-${String(n).padStart(12, '0')}`;

export interface Leak {
  /** Where it was seen: `log`, `answer`, `audit`, … */
  place: string;
  text: string;
}

/** The canaries in what was seen at each place. */
export function leaksIn(seen: { place: string; text: string }[]): Leak[] {
  return seen.flatMap(({ place, text }) => {
    const found = planted.exec(text);
    return found ? [{ place, text: text.slice(Math.max(0, found.index - 150), found.index + 150) }] : [];
  });
}
