/*
 * Run by product.ts: one process that carries out command after command of the product, each as `src/kaeru.mjs` would in
 * a process of its own, with the environment of that command alone. It ends with whoever started it.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('../../src/cli.ts');

interface Order {
  words: string[];
  env: Record<string, string>;
}

const said = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (piece: string | Uint8Array) => {
    said[name] += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
    return true;
  };
}

async function carryOut({ words, env }: Order): Promise<void> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  Object.assign(said, { stdout: '', stderr: '' });
  process.exitCode = 0;
  await main(words);
  process.send?.({ status: process.exitCode, ...said });
}

process.on('disconnect', () => process.exit());
process.on('message', (order) => carryOut(order as Order));
