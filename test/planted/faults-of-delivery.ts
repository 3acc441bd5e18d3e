import type { Fault } from './plant.ts';

/** Faults in the one way anything reaches people, and in when it is asked to. */
export const deliveryFaults: Fault[] = [
  {
    name: 'an unclear answer is sent again blindly',
    file: 'src/delivery/record-result.ts',
    old: "const again = result.kind === 'unknown' && message.resends_left > 0;",
    new: "const again = result.kind === 'unknown';",
    caughtBy: { seed: 1, days: 1, staff: 120 },
  },
  {
    name: 'what a dead service was sending is sent again',
    file: 'src/delivery/owners/queries.ts',
    old: ".set({ state: 'unknown', why: 'interrupted', settled_at: now })",
    new: ".set({ state: 'pending', owner: null })",
    caughtBy: { seed: 1, days: 1, staff: 120 },
  },
  {
    name: 'an unclear answer is told as sent',
    file: 'src/delivery/record-result.ts',
    old: "  if (result.kind === 'sent') {\n    const known",
    new: "  if (result.kind === 'sent' || result.kind === 'unknown') {\n    const known",
    caughtBy: { seed: 1, days: 1, staff: 120 },
  },
  {
    name: 'a card leaves before it is written down that it does',
    file: 'src/delivery/queries.ts',
    old: "state: 'sending' as const, owner: is('owner'), attempts: row('attempts', '+', 1) }))\n    .where('id', 'in', ids)",
    new: "state: 'pending' as const, owner: is('owner'), attempts: row('attempts', '+', 1) }))\n    .where('id', 'in', ids)",
    caughtBy: { tests: 'test/delivery/crashes.test.ts' },
  },
  {
    name: 'the minutes while the service was down are forgotten',
    file: 'src/occasions/run-minute.ts',
    old: 'const from = before ?? minute - oneMinute;',
    new: 'const from = minute - oneMinute;',
    caughtBy: { seed: 1, days: 1 },
  },
  {
    name: 'a call inside a Retry-After',
    file: 'src/delivery/gate/rules.ts',
    old: '  if (paused > 0 && paused <= longestPause) return none(paused);\n',
    new: '',
    also: [
      {
        file: 'src/delivery/run.ts',
        old: ' || clock.elapsed() < this.#pausedUntil) return false;',
        new: ') return false;',
      },
    ],
    caughtBy: { seed: 3, days: 1, staff: 120 },
  },
  {
    name: 'everything leaves at once',
    file: 'src/delivery/gate/rules.ts',
    old: 'const interval = (1000 * slack) / presentPace(gate, now, perSecond);',
    new: 'const interval = 1;',
    caughtBy: { seed: 1, days: 1, staff: 120 },
  },
  {
    name: 'somebody who took the app away is called for ever',
    file: 'src/delivery/record-result.ts',
    old: '  await markUnreachable(db, message.aad_id, why, now);\n',
    new: '',
    caughtBy: { seed: 1, days: 21, staff: 48 },
  },
  {
    name: 'a stored card is not brought up to date after a press',
    file: 'src/delivery/take-press.ts',
    old: '[reviseItem(db, item.id), updateMessage(db, message, now)]',
    new: '[reviseItem(db, item.id)]',
    caughtBy: { seed: 1, days: 1 },
  },
  {
    name: 'a press on somebody else’s card is taken',
    file: 'src/delivery/take-press.ts',
    old: '  if (item.staff !== reader.staff) return { text: pressSentences.notYours };\n',
    new: '',
    caughtBy: { seed: 1, days: 3, staff: 100 },
  },
  {
    name: 'the breaker never closes',
    file: 'src/delivery/gate/count-answer.ts',
    old: '  if (isAccepted(result)) return endRun(ports, db);\n',
    new: '  if (isAccepted(result)) return;\n',
    caughtBy: { tests: 'test/delivery/breaker.test.ts' },
  },
  {
    name: 'who has the app again stays unreachable',
    file: 'src/people/chats/queries.ts',
    old: '.set({ unreachable_why: null, unreachable_since: null })',
    new: '.set({ unreachable_why: null })',
    caughtBy: { tests: 'test/delivery/breaker.test.ts' },
  },
  {
    name: 'the contact budget is not kept',
    file: 'src/delivery/contact/queries.ts',
    old: "    .where('state', 'in', reached)\n    .groupBy('staff'),",
    new: "    .where('state', 'in', ['cancelled'])\n    .groupBy('staff'),",
    caughtBy: { seed: 1, days: 12 },
  },
];
