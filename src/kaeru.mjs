/** What every npm script starts: says clearly that a Node is too old, or hands over to the command line. */
import { setFlagsFromString } from 'node:v8';
import { refuseOldNode } from './needs-node.mjs';

refuseOldNode();
// What dies with its request must not begin among what lives long: it would keep the next ones there (docs/decisions/0023).
setFlagsFromString('--no-allocation-site-pretenuring');
const { enableCompileCache, registerHooks } = await import('node:module');
// Compiled code is kept between runs, so that a command starts in half the time.
enableCompileCache();
const hook = registerHooks({ resolve: asWritten });
// What a service needs beside the commands is found together with them.
const isService = ['serve', 'rehearse'].includes(process.argv[2]);
const [{ main }] = await Promise.all([import('./cli.ts'), isService && import('./main.ts')]);
await main(process.argv.slice(2));

/**
 * A neighbour that is named with its whole path and ending is taken as it is written (docs/decisions/0018): Node would look
 * around for each of some 600 files, which is a quarter of a start. All of them are found before the first of them runs; from
 * there on, that is from the first `require`, everything is found in Node's own way.
 */
function asWritten(specifier, context, next) {
  const { parentURL, conditions } = context;
  if (conditions.includes('require')) hook.deregister();
  else if (specifier.startsWith('.') && parentURL !== undefined) {
    if (specifier.endsWith('.ts')) return neighbour(specifier, parentURL, 'module-typescript');
    if (specifier.endsWith('.js') && /\/node_modules\/(kysely|zod|jose)\//.test(parentURL))
      return neighbour(inOneLanguage(specifier), parentURL, 'module');
  }
  return next(specifier, context);
}

function neighbour(specifier, parentURL, format) {
  return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
}

/** zod brings its messages in sixty languages and speaks one: the others are not read. */
function inOneLanguage(specifier) {
  return specifier.replace(/\/locales\/index\.js$/, '/locales/en.js');
}
