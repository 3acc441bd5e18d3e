import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Page } from '../../ports/room.ts';
import { isOnPage, leavesOn, membersNamed, membersOfHeads, membersUnder, someHeads } from '../pages/queries.ts';
import { type Planned, whyAway } from '../rules.ts';
import { actingFor } from './acting.ts';

/** For whom else somebody acts, by the 職員番号 of who acts; heads who are there act for themselves and are not named. */
export type Delegations = ReadonlyMap<string, readonly string[]>;

/**
 * Who acts for the heads who are away on a date, each at a minute of its own (`minuteOf`, null for a head the roster does not know).
 * Goes through all heads, some at a time, with a breath between.
 */
export async function delegations(
  db: Db,
  date: LocalDate,
  minuteOf: (head: Planned | null) => MinuteOfDay,
  breath: () => Promise<void>,
): Promise<Delegations> {
  const found = new Map<string, string[]>();
  for (let heads = await someHeads(db, date, ''); heads.length > 0; ) {
    const members = new Map((await membersNamed(db, date, heads)).map((member) => [member.staff, member]));
    const leaves = await leavesOn(db, date, heads);
    for (const head of heads) {
      const member = members.get(head) ?? null;
      const minute = minuteOf(member);
      if (member !== null && whyAway(member, leaves.get(head) ?? [], date, minute) === null) continue;
      const acting = await actingFor(db, head, date, minute);
      if (acting !== null) found.set(acting.staff, [...(found.get(acting.staff) ?? []), head]);
      await breath();
    }
    heads = await someHeads(db, date, heads.at(-1) ?? '');
    await breath();
  }
  return found;
}

/** The staff of the heads of a page, and of the heads for whom somebody of the page acts, by 職員番号. */
export async function staffOfTeams(db: Db, date: LocalDate, page: Page, delegated: Delegations): Promise<Planned[]> {
  const covered = [...delegated].flatMap(([acting, heads]) => (isOnPage(page, acting) ? heads : []));
  const elsewhere = covered.filter((head) => !isOnPage(page, head));
  const members = [...(await membersUnder(db, date, page)), ...(await membersOfHeads(db, date, elsewhere))];
  return members.sort((one, other) => (one.staff < other.staff ? -1 : 1));
}
