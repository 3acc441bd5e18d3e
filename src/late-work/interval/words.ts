export interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}

/** Every sentence of C12. The body is that of personnel.md 2. */
export interface IntervalWords {
  programme: string;
  title: string;
  body: (rest: string, target: string) => string;
  rest: { label: string; targetLabel: string; atLeast: (target: string) => string };
  buttons: { consult: string; fine: string; stop: string };
  form: { note: string; hint: string; missing: string; draft: string; send: string };
  strip: {
    sent: (at: string) => string;
    seen: (at: string) => string;
    fine: (at: string) => string;
    stopped: (at: string) => string;
  };
  after: { sent: string; seen: string; fine: string; stopped: string };
  said: { label: string; open: string; close: string };
  closedBody: string;
  about: AboutWords;
}

/** Every sentence of the head's card with a consultation. */
export interface RequestWords {
  title: string;
  body: string;
  hidden: string;
  shared: string;
  who: string;
  said: { label: string; open: string; close: string };
  rest: string;
  button: string;
  seen: (at: string) => string;
  seenBody: string;
  about: AboutWords;
}
