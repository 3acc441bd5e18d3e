/** What every npm script starts: says clearly that a Node is too old, or hands over to the command line. */
import { refuseOldNode } from './needs-node.mjs';

refuseOldNode();
// Compiled code is kept between runs, so that a command starts in half the time.
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { main } = await import('./cli.ts');
await main(process.argv.slice(2));
