import { peer } from './peers.ts';
import { serve, surroundings } from './production.ts';
import { row, type Scenario } from './scenario.ts';
import { storeOf } from './store.ts';

const PEOPLE = 20_000;
const PACE = 50;

interface Start {
  milliseconds: number;
  /** CPU up to then, in milliseconds. */
  cpu: number;
}

/** What else the machine does makes a start slower and never faster. */
const fastest = (starts: Start[]): Start =>
  starts.reduce((best, one) => (one.milliseconds < best.milliseconds ? one : best));
const written = ({ milliseconds, cpu }: Start) => `${milliseconds.toFixed(0)} ms (CPU ${cpu.toFixed(0)} ms)`;

/** The fastest of some starts, from the start of the process to its ready line: a production service whose store holds 20,000 people, and an echo bot. */
export const startToReady: Scenario = {
  name: 'start-to-ready',
  numbers: [8],
  seconds: { full: 60, quick: 20 },
  needs: 'peers',
  async run(bench) {
    const around = await surroundings(bench, PACE);
    bench.say('preparing a store of 20,000 people');
    const folder = await storeOf(bench, PEOPLE, { policy: 'quiet' });
    const ours: Start[] = [];
    const theirs: Start[] = [];
    const starts = bench.quick ? 2 : 15;
    for (let turn = 0; turn <= starts; turn += 1) {
      bench.say(`start ${turn} of ${starts}`);
      const service = await serve(bench, around, { KAERU_DATA: folder });
      const ourCpu = service.cpu();
      await service.stop();
      const echo = await peer(bench, 'agents-echo.mjs', around);
      const theirCpu = echo.cpu();
      await echo.stop();
      if (turn > 0) ours.push({ milliseconds: service.readyAfter, cpu: ourCpu });
      if (turn > 0) theirs.push({ milliseconds: echo.readyAfter, cpu: theirCpu });
    }
    const [our, their] = [fastest(ours), fastest(theirs)];
    const scenario = 'start to ready, beside an echo bot of the Agents SDK with express';
    const about = { number: 8, scenario, ours: written(our), peer: written(their) };
    return [row(about, our.milliseconds / their.milliseconds, { atMost: 1.5 }, { atMost: 0.5 })];
  },
};
