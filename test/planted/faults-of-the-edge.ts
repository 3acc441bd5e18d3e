import type { Fault } from './plant.ts';

/** Faults at the doors: sign-in, where cards are sent, what is read from files and written into them. */
export const edgeFaults: Fault[] = [
  {
    name: 'a key for another channel is good enough',
    file: 'src/adapters/teams/production-sign-in.ts',
    old: '  if (!Array.isArray(endorsements) || !endorsements.includes(CHANNEL)) return false;\n',
    new: '',
    caughtBy: { tests: 'test/adapters/teams/sign-in.test.ts' },
  },
  {
    name: 'a token for another app is good enough',
    file: 'src/adapters/teams/production-sign-in.ts',
    old: "    if (typeof aud !== 'string' || aud.toLowerCase() !== appId) return { refused: 'aud' };\n",
    new: '',
    caughtBy: { tests: 'test/adapters/teams/sign-in.test.ts' },
  },
  {
    name: 'a token is good for hours after its end',
    file: 'src/adapters/teams/production-sign-in.ts',
    old: 'const LEEWAY = 300;',
    new: 'const LEEWAY = 30_000;',
    caughtBy: { tests: 'test/adapters/teams/sign-in.test.ts' },
  },
  {
    name: 'the serviceUrl of the activity need not be that of the token',
    file: 'src/adapters/teams/production-sign-in.ts',
    old: "field(activity, 'serviceUrl') === serviceUrl;",
    new: "field(activity, 'serviceUrl') !== undefined;",
    caughtBy: { tests: 'test/adapters/teams/sign-in.test.ts' },
  },
  {
    name: 'a card may be sent to an IP address',
    file: 'src/adapters/teams/service-url.ts',
    old: '  if (isIP(name) !== 0 && !isLoopback) return false;\n',
    new: '  if (isIP(name) !== 0) return true;\n',
    caughtBy: { tests: 'test/adapters/teams/service-url-traps.test.ts' },
  },
  {
    name: 'keys are fetched for every kid nobody knows',
    file: 'src/adapters/teams/signing-keys.ts',
    old: 'const PAUSE = 5 * minute;',
    new: 'const PAUSE = 0 * minute;',
    caughtBy: { tests: 'test/adapters/teams/sign-in-keys.test.ts' },
  },
  {
    name: 'keys are of no use after a day',
    file: 'src/adapters/teams/signing-keys.ts',
    old: 'const GOOD_FOR = 5 * 24 * hour;',
    new: 'const GOOD_FOR = 24 * hour;',
    caughtBy: { tests: 'test/adapters/teams/sign-in-keys.test.ts' },
  },
  {
    name: 'a formula behind a zero-width sign reaches the sheet',
    file: 'src/ports/sheets.ts',
    old: '/^[\\s\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}]*[=',
    new: '/^\\s*[=',
    caughtBy: { tests: 'test/adapters/sheets.test.ts' },
  },
];
