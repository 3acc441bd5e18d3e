import { addDays, instantAt, localAt } from '../calendar/index.ts';
import { changeItems, planItems } from '../delivery/index.ts';
import { pausesOn } from '../pauses/index.ts';
import { staffMemberOn } from '../people/index.ts';
import { currentPolicy, type PolicyBook } from '../policy/index.ts';
import type { Instant, LocalDate, MinuteOfDay } from '../ports/clock.ts';
import type { Db } from '../ports/database.ts';
import type { Ports } from '../ports/room.ts';
import type { LateWorkDecisionTable } from '../ports/tables/late-work.ts';
import { askHead, momentAt, ringWaiting } from './ask-head.ts';
import { cardItemsOn, hasItem, itemsToClose, noteItems } from './items/queries.ts';
import { answersOn, decisionsBetween, positionOf, requestsBetween, setPosition } from './queries.ts';

/** A last word is of use so long after the end of its 了承 (minutes), never after 22:00. */
const lastWordFor = 30;
const askedKey = 'late-work.asked';
const closedKey = 'late-work.closed';

/** What a day brings until its end: heads who may be rung by now, the question at the cutoff, last words, the closing at 22:00. */
export async function runEvening(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const book = await currentPolicy(db, ports.settings);
  const local = localAt(minute, book.timeZone);
  const { cutoffMinute, lastCardMinute } = book.on(local.date).lateWork;
  if (local.minute >= lastCardMinute) return closeEvening(ports, local.date, minute);
  await closeEvening(ports, addDays(local.date, -1), minute);
  await ringWaiting(ports, local.date, minute);
  await sayLastWords(ports, book, local.date, local.minute);
  if (local.minute >= cutoffMinute) await askAboutSilent(ports, local.date, minute);
}

/**
 * 20:00: the heads are asked once about those who got C02, have not answered and are still there (D2 of the calendar). Once
 * an evening, also where the service was down at that minute.
 */
async function askAboutSilent(ports: Ports, date: LocalDate, minute: Instant): Promise<void> {
  if ((await positionOf(ports.database.db, askedKey)) === date) return;
  await ports.database.transaction(async (db) => {
    await setPosition(db, askedKey, date);
    const answered = new Set((await answersOn(db, date)).map((one) => one.staff));
    const requested = new Set((await requestsBetween(db, date, date)).map((one) => one.staff));
    const moment = await momentAt(ports, db, date, minute, true);
    const quiet = await quietOn(ports, db, date, moment.minute);
    const touched: string[] = [];
    for (const { staff, state } of await cardItemsOn(db, date)) {
      if (state !== 'open' || answered.has(staff) || requested.has(staff)) continue;
      if (!(await moment.presence(staff)).atWork || (await quiet(staff))) continue;
      touched.push(...(await askHead(ports, db, moment, { staff, kind: 'unanswered', untilMinute: null }, minute)));
    }
    await changeItems(db, touched, ports.clock.now());
  });
}

/** Whether 災害モード or a peak keeps C02 from somebody by now: then nobody is asked to go home, or about them (P6, P7). */
async function quietOn(ports: Ports, db: Db, date: LocalDate, minute: MinuteOfDay) {
  const paused = await pausesOn(db, await currentPolicy(db, ports.settings), date, minute);
  return async (staff: string) => {
    const member = await staffMemberOn(db, staff, date);
    return member !== null && paused(member, 'C02') !== null;
  };
}

/** At the end of a 了承 the person hears it once, unless the clock says they have left or a later word holds. */
async function sayLastWords(ports: Ports, book: PolicyBook, date: LocalDate, now: MinuteOfDay): Promise<void> {
  const { db } = ports.database;
  const decisions = await decisionsBetween(db, date, date);
  if (!decisions.some((one) => isDue(one, now))) return;
  const requests = new Map((await requestsBetween(db, date, date)).map((one) => [one.staff, one.asked_at]));
  const { presence } = await momentAt(ports, db, date, instantAt(date, now, book.timeZone));
  const quiet = await quietOn(ports, db, date, now);
  for (const one of decisions) {
    if (!isDue(one, now) || requests.get(one.staff) !== one.asked_at) continue;
    const seen = await presence(one.staff);
    if ((!seen.atWork && seen.why === 'left') || (await quiet(one.staff))) continue;
    await ports.database.transaction((trx) => planLastWord(ports, trx, book, date, one.staff, one.until_minute ?? now));
  }
}

function isDue({ decision, until_minute: until }: LateWorkDecisionTable, now: MinuteOfDay): boolean {
  return decision === 'acknowledged' && until !== null && until <= now && now < until + lastWordFor;
}

async function planLastWord(
  ports: Ports,
  db: Db,
  book: PolicyBook,
  date: LocalDate,
  staff: string,
  until: MinuteOfDay,
): Promise<void> {
  const rule = 'late-work.last-word';
  const occasion = `${date} ${until}`;
  if (await hasItem(db, rule, occasion, staff)) return;
  const at = (minute: MinuteOfDay) => instantAt(date, minute, book.timeZone);
  const last = Math.min(until + lastWordFor, book.on(date).lateWork.lastCardMinute);
  const ping = { urgency: 'ping', contact: 'time-bound' } as const;
  const campaign = { rule, occasion, date, card: 'late-work-until', priority: 1, ...ping };
  const about = JSON.stringify({ untilMinute: until });
  const decision = { staff, at: at(until), lastUsefulAt: at(last), about };
  await planItems(ports, db, { ...campaign, policyVersion: book.version }, [decision]);
}

/** 22:00: every card of the evening is drawn a last time, in place; nothing new is sent. Where the service was down then, as soon as it runs. */
async function closeEvening(ports: Ports, date: LocalDate, minute: Instant): Promise<void> {
  if (((await positionOf(ports.database.db, closedKey)) ?? '') >= date) return;
  await ports.database.transaction(async (db) => {
    await setPosition(db, closedKey, date);
    const items = await itemsToClose(db, date);
    await noteItems(db, items, 'final');
    await changeItems(db, items, minute);
  });
}
