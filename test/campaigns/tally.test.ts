import { expect, test } from 'vitest';
import { type AskedTown, Tally } from './tally.ts';

const counts = { posts: 30_000, presses: 3_000, deaths: 2, commits: 20_000 };
const asked = (tally: Tally): AskedTown => {
  const town = tally.next();
  if (!town) throw new Error('There should be another town.');
  return town;
};

test('towns of sixty campaigns are given out under one seed after the other, the last one with what is left', () => {
  const tally = new Tally({ campaigns: 130, seed: 7 });
  const towns = [asked(tally), asked(tally), asked(tally)];
  expect(towns).toEqual([
    { campaigns: 60, seed: 7 },
    { campaigns: 60, seed: 8 },
    { campaigns: 10, seed: 9 },
  ]);
  expect(tally.next()).toBeNull();
  for (const town of towns) tally.told(town, { wrong: [], counts });
  expect(tally.summary).toBe(
    '130 of 130 campaigns to 500 people, seeds 7 to 9: 0 violations; 90000 calls, 9000 presses, 6 deaths in 60000 commits',
  );
});

test('after something was wrong no other town is begun, and the command that shows it again is told', () => {
  const tally = new Tally({ campaigns: 600, seed: 7 });
  asked(tally);
  tally.told(asked(tally), { wrong: ['one item reached a person as two cards'], counts });
  expect(tally.next()).toBeNull();
  expect(tally.summary).toContain(': 1 violations;');
  expect(tally.wrong).toEqual([
    'one item reached a person as two cards',
    'again: npm run test:campaigns -- --campaigns 60 --seed 8',
  ]);
});

test('whoever goes on begins with the first town that was not finished', () => {
  const tally = new Tally({ campaigns: 600, seed: 7 });
  asked(tally);
  tally.told(asked(tally), { wrong: [], counts });
  expect(tally.rest).toBe('go on: npm run test:campaigns -- --campaigns 540 --seed 7');
});
