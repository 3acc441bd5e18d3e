import { crc32 } from 'node:zlib';
import type { Statement } from './postgres-burst.ts';

/** Advisory locks of one database are told apart by two numbers; the first says that they are Kaeru's, or of which kind. */
export const locks = {
  kaeru: 0x4b616572,
  writer: 1,
  service: 2,
  migration: 3,
  owners: 0x4b61656f,
  names: 0x4b61656e,
};

const begin = statement('kaeru_begin', 'begin');

/** Waits until nobody else writes. */
export const alone = statement('kaeru_alone', `select pg_advisory_xact_lock(${locks.kaeru}, ${locks.writer})`);

/** A transaction that is the only writer. */
export const beginAlone = [begin, alone];

/** The same where nobody else writes now; else `free` is false in the row of its second statement, and it is not the only one. */
export const beginIfFree = [
  begin,
  statement('kaeru_if_free', `select pg_try_advisory_xact_lock(${locks.kaeru}, ${locks.writer}) as free`),
];

const beside = statement('kaeru_beside', `select pg_advisory_xact_lock_shared(${locks.kaeru}, ${locks.writer})`);

/**
 * A transaction that lets others write what has other names, and waits for those that share one. The names are taken in one order, so
 * that two services do not wait for each other. Of two names that share a number one waits for nothing.
 */
export function beginBeside(names: readonly string[]): Statement[] {
  const numbers = [...new Set(names.map((name) => crc32(name) | 0))].sort((one, other) => one - other);
  const lock = `select count(pg_advisory_xact_lock(${locks.names}, number)) from unnest($1::int[]) as number`;
  return [begin, beside, statement('kaeru_names', lock, [`{${numbers.join()}}`])];
}

function statement(name: string, text: string, values: string[] = []): Statement {
  return { name, text, values };
}
