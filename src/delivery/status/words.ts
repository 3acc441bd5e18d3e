import type { About } from '../frame.ts';
import type { ReachClass, ReachWhy } from './rules.ts';

/** Everything these two cards say, in one language. */
export interface Words {
  programme: string;
  alarm: {
    title: { open: string; closed: string };
    strip: { open: string; closed: string };
    body: { open: string; closed: string };
    since: string;
    until: string;
    undone: string;
    about: About;
  };
  list: {
    title: string;
    some: (n: number) => string;
    nobody: string;
    body: string;
    hidden: string;
    named: string;
    shared: string;
    denied: string;
    classes: Record<ReachClass | 'sender', string>;
    /** What to do for each class, in one line; docs/operating.md has the long text. */
    todo: Record<ReachClass | 'sender', string>;
    why: Record<ReachWhy, string>;
    byBureau: string;
    noBureau: string;
    others: (n: number) => string;
    columns: { staff: string; name: string; section: string; why: string; since: string };
    senderColumns: { aad: string; first: string; last: string; times: string };
    about: About;
  };
}
