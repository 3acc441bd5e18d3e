import type { FakeState } from '../test/fakes/connector-state.ts';
import { type FakeConnector, startFakeConnector } from '../test/fakes/start-connector.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import type { Bench } from './scenario.ts';
import { giveChats, prepare, storeOf } from './store.ts';

export const PACE = 50;
/** Milliseconds after which the Connector answers. */
export const LATENCY = 80;

/** A campaign of the no-overtime day that is about to go out to everybody, through a Connector that enforces Microsoft's table. */
export interface Stage {
  folder: string;
  connector: FakeConnector;
  product: Rehearsal;
}

/** `people` with a chat each, the clock 15 seconds before their cards. */
export async function stageFor(bench: Bench, people: number, end?: (n: number) => string): Promise<Stage> {
  const connector = await startFakeConnector();
  bench.later(() => connector.stop());
  await connector.enforceLimits();
  bench.say(`preparing a store of ${people.toLocaleString('en')} people`);
  const folder = await storeOf(bench, people, end ? { end } : {});
  const everybody = Array.from({ length: people }, (_, n) => n);
  prepare(folder, (database) => giveChats(database, everybody, connector.serviceUrl, 'bench'));
  return { folder, connector, product: await rehearse(bench, folder, '2026-11-18T16:14:45+09:00', PACE) };
}

export type Call = FakeState['calls'][number];

/** Cards as they arrived, in order. */
export async function sendsOf(connector: FakeConnector): Promise<Call[]> {
  const { calls } = await connector.state();
  return calls.filter(({ kind }) => kind === 'send');
}
