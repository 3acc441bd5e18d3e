import { writeFileSync } from 'node:fs';
import { kaeru, startBare } from '../end-to-end/product.ts';
import { installed } from '../end-to-end/teams.ts';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import type { City } from './city.ts';
import { type OwnStore, openStore, type StoreName } from './stores.ts';

/** Activities that Teams sends at once while everybody installs the app. */
const atOnce = 40;

/** A store with the city in it and a Connector that has a chat with everybody who installed the app. */
export interface Stage {
  store: OwnStore;
  connector: FakeConnector;
  close(): Promise<void>;
}

/**
 * Chats by an installation from each person, then roster and leave by the product's own commands. In this order nobody is
 * greeted, so that the first card of a chat is the campaign's. `at` is when the app is installed.
 */
export async function setUp(name: StoreName, city: City, at: string, signal: AbortSignal): Promise<Stage> {
  const connector = await startFakeConnector();
  const store = await openStore(name).catch(async (error: unknown) => {
    await connector.stop();
    throw error;
  });
  const stage = {
    store,
    connector,
    close: async () => {
      await connector.stop();
      await store.close();
    },
  };
  try {
    await connector.countOnly();
    await installEverybody(stage, city, at, signal);
    await importCity(store, city, signal);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function importCity(store: OwnStore, city: City, signal: AbortSignal): Promise<void> {
  const place = store.data === null ? [] : ['--data', store.data];
  for (const kind of ['staff', 'leave'] as const) {
    signal.throwIfAborted();
    writeFileSync(store.file(`${kind}.csv`), city[kind]);
    const { status, stderr } = await kaeru(['import', kind, store.file(`${kind}.csv`), ...place], store.env, signal);
    if (status !== 0) throw new Error(`import ${kind} ended with ${status}: ${stderr}`);
  }
}

async function installEverybody({ store, connector }: Stage, city: City, at: string, signal: AbortSignal) {
  const product = await startBare(store.data, { at, env: { ...store.env, KAERU_PACE: '2000' }, signal });
  try {
    const left = city.installed.values();
    const one = async () => {
      for (const staff of left) {
        signal.throwIfAborted();
        const { status, text } = await product.activity(installed(staff, connector.serviceUrl));
        if (status !== 200) throw new Error(`An installation was answered ${status}: ${text.slice(0, 300)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
  } finally {
    await product.stop();
  }
}
