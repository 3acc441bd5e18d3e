/** Whoever started the work wants it no more. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** The wish to stop: fires with Ctrl-C or SIGTERM, once; the second time the system ends the process at once. */
export interface Interruption {
  signal: AbortSignal;
  /** Hears no more signals. */
  close(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Listens for Ctrl-C and SIGTERM until `close`. */
export function listenForStop(): Interruption {
  const stop = new AbortController();
  const fire = () => stop.abort(new Interrupted('The work was stopped by hand.'));
  for (const signal of signals) process.once(signal, fire);
  return {
    signal: stop.signal,
    close() {
      for (const signal of signals) process.off(signal, fire);
    },
  };
}
