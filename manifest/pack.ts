import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { strToU8, zipSync } from 'fflate';

const files = ['manifest.json', 'en.json', 'color.png', 'outline.png'];
const placeholder = '${MICROSOFT_APP_ID}';
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The app package as a zip, the same bytes for the same app id. Throws a sentence where the id is none or a place for one is left. */
export function packManifest(appId: string | undefined): Uint8Array {
  if (appId === undefined || !guid.test(appId))
    throw new Error(
      'MICROSOFT_APP_ID must be the id of the app registration, like 00000000-0000-4000-8000-000000000000.',
    );
  const entries = files.map((name) => {
    const bytes = readFileSync(new URL(name, import.meta.url));
    return [name, name === 'manifest.json' ? filledIn(bytes.toString('utf8'), appId) : new Uint8Array(bytes)] as const;
  });
  // Noon: a zip holds local time, and no time zone moves it to before 1980.
  return zipSync(Object.fromEntries(entries), { mtime: new Date(2020, 0, 1, 12), level: 9 });
}

function filledIn(text: string, appId: string): Uint8Array {
  const filled = text.replaceAll(placeholder, appId.toLowerCase());
  const left = /\$\{[^}]*\}/.exec(filled);
  if (left) throw new Error(`manifest.json still holds ${left[0]}; only ${placeholder} is filled in.`);
  JSON.parse(filled);
  return strToU8(filled);
}

function main(): void {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const out = values.out ?? 'kaeru.zip';
  if (existsSync(out)) throw new Error(`${out} is there already; give another name with --out.`);
  writeFileSync(out, packManifest(process.env.MICROSOFT_APP_ID), { flag: 'wx' });
  process.stdout.write(`${out}: the app package for Teams\n`);
}

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
