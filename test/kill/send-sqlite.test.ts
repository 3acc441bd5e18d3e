import { promisesUnderKills } from './promises.ts';

promisesUnderKills('sqlite', 14, 600);
