import type { Statement } from './postgres-burst.ts';
import { commonOf, inOne, isRead, type NameOf, type OneForMany } from './postgres-many-in-one.ts';

/** A statement as it goes, and who asked for it; `common` where it stands for several. */
export interface Going<Asked> extends OneForMany {
  common: string | null;
  asked: Asked[];
}

interface Group<Asked> {
  common: string | null;
  all: Asked[];
}

/** What a server did not understand as one: it is asked one by one from then on. */
const notUnderstood = new Set<string>();

/**
 * Statements as they go to the server: those that differ in their values alone go as one (decision 0024), in the order in which the
 * first of each was asked, where that makes no difference to any of them.
 */
export function inSets<Asked extends Statement>(all: readonly Asked[], nameOf: NameOf): Going<Asked>[] {
  const groups: Group<Asked>[] = [];
  for (const asked of all) {
    const common = togetherAs(asked);
    const group = common === null ? undefined : reachable(groups, asked, common);
    if (group) group.all.push(asked);
    else groups.push({ common, all: [asked] });
  }
  return groups.flatMap((group) => going(group, nameOf));
}

/** What it has in common with those it may go with; null where it goes as it is. */
function togetherAs(asked: Statement): string | null {
  const common = commonOf(asked);
  return common === null || notUnderstood.has(common) ? null : common;
}

/** The server says of one of these that it is no statement: those that stand for several do not go again. */
export function askOneByOne(all: readonly Going<unknown>[]): void {
  for (const { common } of all) if (common !== null) notUnderstood.add(common);
}

/** The last group of that kind, unless something that stands behind it has to come before this one. What holds of one of a group holds of all. */
function reachable<Asked extends Statement>(groups: Group<Asked>[], asked: Statement, common: string) {
  for (const group of groups.toReversed()) {
    if (group.common === common) return group;
    const text = group.all[0]?.text ?? '';
    if (mayTouch(text, asked.text) || mayTouch(asked.text, text)) return undefined;
  }
  return undefined;
}

const written = /^(?:insert into|update|delete from) "(\w+)"/;

/** Whether the first may write something that the second names. */
function mayTouch(one: string, other: string): boolean {
  if (isRead(one)) return false;
  const table = written.exec(one)?.[1];
  return table === undefined || other.includes(`"${table}"`);
}

function going<Asked extends Statement>({ common, all }: Group<Asked>, nameOf: NameOf): Going<Asked>[] {
  const one = common === null ? null : inOne(all, nameOf);
  if (one) return [{ ...one, common, asked: all }];
  return all.map((asked) => ({ statement: asked, rowsOf: (rows) => rows, common: null, asked: [asked] }));
}
