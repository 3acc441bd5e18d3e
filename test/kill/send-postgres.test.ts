import { promisesUnderKills } from './promises.ts';

promisesUnderKills('postgres', 6, 360);
