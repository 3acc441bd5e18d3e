import { test } from 'vitest';
import { everybodyIsAccountedFor } from './accounted-for.ts';
import { people } from './campaign-program.ts';

const long = process.env['KAERU_LONG'] === '1';
/** Even: two services, which look after each other. */
const seed = 2 * Math.floor(Number(process.env['KAERU_SEED'] ?? Date.now() % 1_000_000) / 2);
const campaigns = Number(process.env['KAERU_CAMPAIGNS'] ?? (long ? 1000 : 40));

test(
  `${campaigns} campaigns to ${people} people by two services: every one of them is accounted for, through throttling, outages and deaths`,
  async () => {
    await everybodyIsAccountedFor(campaigns, seed);
  },
  Math.max(600_000, campaigns * 3_000),
);
