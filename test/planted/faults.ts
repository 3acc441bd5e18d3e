import { deliveryFaults } from './faults-of-delivery.ts';
import { ruleFaults } from './faults-of-rules.ts';
import { edgeFaults } from './faults-of-the-edge.ts';
import type { Fault } from './plant.ts';

/** Everything that is planted. A fault whose text is gone fails the run: it is written anew where its promise lives now. */
export const faults: Fault[] = [...deliveryFaults, ...ruleFaults, ...edgeFaults];

const everyRun = [
  'an unclear answer is sent again blindly',
  'what a dead service was sending is sent again',
  'the minutes while the service was down are forgotten',
  'a call inside a Retry-After',
  'somebody on shifts is asked',
  'a stored card is not brought up to date after a press',
  'somebody on leave is asked',
  '45 h are passed when they are reached',
  'the averages begin anew in April',
  'a key for another channel is good enough',
];

/** The ten of every run; the others are planted by `npm run test:long -- planted`. */
export const inCi: Fault[] = faults.filter(({ name }) => everyRun.includes(name));
