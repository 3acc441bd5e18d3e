import { localAt } from '../../calendar/index.ts';
import { directReports, staffMemberOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Db } from '../../ports/database.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { weeklyDigestCard } from './card.ts';
import { countWeek } from './count-week.ts';
import { gatherWeek } from './gather-week.ts';
import { commentBefore, commentOn } from './queries.ts';
import type { DigestAbout } from './send-digests.ts';

/** The digest as it stands now: the counts are those of this moment, so that a later application is in them. */
export const drawDigest: DrawItem = async (ports, db, item, reader, extra) => {
  const book = await currentPolicy(db, ports.settings);
  const policy = book.on(item.date);
  const { heads, period } = JSON.parse(item.about ?? '{}') as DigestAbout;
  const members = (await Promise.all(heads.map((head) => directReports(db, head, item.date)))).flat();
  const facts = await gatherWeek(db, book, period, members);
  const counts = countWeek(facts, new Set(members.map((member) => member.staff)), period.mergedFrom);
  const said = await commentOn(db, item.id);
  const before = await commentBefore(db, item.staff, item.date);
  const deputyFor = await namesOf(db, item, heads);
  const open = ports.clock.now() < item.last_useful_at;
  return weeklyDigestCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: item.state === 'cancelled' ? 'recalled' : open ? 'open' : 'closed',
    from: period.from,
    to: period.to,
    month: period.month,
    counts,
    ...(said ? { comment: said.comment, commentAt: localAt(said.written_at, book.timeZone).minute } : {}),
    ...(before ? { commentBefore: before.comment } : {}),
    ...(deputyFor === '' ? {} : { asDeputyFor: deputyFor }),
    ...(extra.note ? { note: extra.note } : {}),
    link: policy.links.attendanceSystem,
  });
};

/** Names of the heads for whom somebody else looks at the card. */
async function namesOf(db: Db, item: ItemTable, heads: string[]): Promise<string> {
  const others = heads.filter((head) => head !== item.staff);
  const found = await Promise.all(others.map((head) => staffMemberOn(db, head, item.date)));
  return found.map((head, at) => head?.name ?? others[at] ?? '').join('、');
}
