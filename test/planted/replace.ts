/*
 * Loaded before everything else by plant.ts (`--import`): whoever reads one of the files that KAERU_PLANTED names, reads it
 * with its text replaced. A file is replaced while it is read, so the product needs no copy, and keeps its compiled code.
 */
import { registerHooks } from 'node:module';
import type { Edit } from './plant.ts';

const edits = Map.groupBy(JSON.parse(process.env['KAERU_PLANTED'] ?? '[]') as Edit[], (edit) =>
  String(new URL(`../../${edit.file}`, import.meta.url)),
);

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const planted = edits.get(url);
    if (!planted) return loaded;
    const source = planted.reduce((text, edit) => text.replace(edit.old, () => edit.new), String(loaded.source));
    return { ...loaded, source };
  },
});
