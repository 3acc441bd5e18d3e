import { instantAt, localAt } from '../../calendar/index.ts';
import { planItems } from '../../delivery/index.ts';
import { receivingAt } from '../../pauses/index.ts';
import { actingFor, staffMemberOn } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { Db } from '../../ports/database.ts';
import type { Ports } from '../../ports/room.ts';
import type { IntervalAnswerTable } from '../../ports/tables/prior-application.ts';
import { noteAsked, waitingConsultations } from './queries.ts';

/** The card of a head with a consultation. */
export const requestRule = 'interval.consultation';
export const requestCard = 'interval-request';

/**
 * Hands a consultation that was sent to the head, or to who acts for the head (P3), as soon as that person may receive it
 * (P24). Useful until the own end of the office day; nobody there, nobody asked: it waits.
 */
export async function passOn(ports: Ports, db: Db, consultation: IntervalAnswerTable): Promise<void> {
  const now = ports.clock.now();
  const book = await currentPolicy(db, ports.settings);
  const { date, minute } = localAt(now, book.timeZone);
  const until = instantAt(date, book.on(date).office.endMinute, book.timeZone);
  const person = await staffMemberOn(db, consultation.staff, date);
  const acting = person?.head ? await actingFor(db, person.head, date, minute) : null;
  const asked = acting ? await staffMemberOn(db, acting.staff, date) : null;
  if (!asked || now >= until) return;
  const mayGo = await receivingAt(db, book, now);
  if (mayGo(asked, { kind: 'request' }) > now) return;
  const campaign = {
    rule: requestRule,
    card: requestCard,
    occasion: consultation.item_id,
    date,
    priority: 1,
    urgency: 'ping' as const,
    contact: 'awaited' as const,
    policyVersion: book.version,
  };
  const about = JSON.stringify({ item: consultation.item_id });
  await planItems(ports, db, campaign, [{ staff: asked.staff, at: now, lastUsefulAt: until, about }]);
  await noteAsked(db, consultation.item_id, asked.staff);
}

/** Consultations that could not be handed over when they were sent, because nobody could receive them yet. */
export async function passOnWaiting(ports: Ports, minute: Instant): Promise<void> {
  const { db } = ports.database;
  const { timeZone } = await currentPolicy(db, ports.settings);
  const waiting = await waitingConsultations(db, localAt(minute, timeZone).date);
  for (const one of waiting) await ports.database.transaction((trx) => passOn(ports, trx, one));
}
