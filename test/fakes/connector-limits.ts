/** Microsoft's table: calls per window of seconds of one conversation; those of one tenant are 50 a second. */
const perConversation = [
  { seconds: 1, calls: 7 },
  { seconds: 2, calls: 8 },
  { seconds: 30, calls: 60 },
  { seconds: 3_600, calls: 1_800 },
];

/** Refuses what Microsoft's documents say is too much; a refused call does not count. */
export class Limits {
  private readonly taken = new Map<string, number[]>();
  private readonly perTenant: { seconds: number; calls: number }[];

  /** `tenantCalls`: calls a second of one tenant; those that other limits had counted go on counting. */
  constructor(tenantCalls = 50, before?: Limits) {
    this.perTenant = [{ seconds: 1, calls: tenantCalls }];
    for (const [key, times] of before?.taken ?? []) this.taken.set(key, times);
  }

  /** Milliseconds to wait, or 0 when the call is within the limits (and is counted). */
  take(conversation: string, now: number): number {
    const wait = Math.max(this.over('', this.perTenant, now), this.over(`c:${conversation}`, perConversation, now));
    if (wait === 0) for (const key of ['', `c:${conversation}`]) this.taken.get(key)?.push(now);
    return wait;
  }

  private over(key: string, windows: { seconds: number; calls: number }[], now: number): number {
    const longest = Math.max(...windows.map(({ seconds }) => seconds)) * 1_000;
    const times = (this.taken.get(key) ?? []).filter((at) => at > now - longest);
    this.taken.set(key, times);
    const waits = windows.map(({ seconds, calls }) => {
      const within = times.filter((at) => at > now - seconds * 1_000);
      const oldest = within.at(-calls);
      return oldest === undefined ? 0 : oldest + seconds * 1_000 - now;
    });
    return Math.max(0, ...waits);
  }
}
