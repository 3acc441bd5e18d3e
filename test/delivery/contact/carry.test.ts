import { describe, expect, test } from 'vitest';
import { ledger, takePress } from '../../../src/delivery/index.ts';
import { recoverClaims } from '../../../src/delivery/owners/recover-claims.ts';
import type { Urgency } from '../../../src/ports/room.ts';
import { senderOf, type TestService } from '../../build/service.ts';
import { answered, wordsOn } from '../../build/wednesday.ts';
import { never, refused, sent, throttled, unclear } from '../../fakes/chat.ts';
import { at, plan, toyRegistry, toyService } from '../toy-room.ts';

const ANNE = '100001';
const later = at('18:15') + 9 * 24 * 3_600_000;

/** A notice of an earlier day that waits for a ping. */
async function held(service: TestService, occasion = 'held', more: Parameters<typeof plan>[2] = {}) {
  const urgency: Urgency = 'digest';
  const said = { rule: 'other', occasion, urgency, contact: 'counted' as const, date: '2026-11-16', until: later };
  await plan(service.ports, [ANNE], { ...said, ...more });
  await service.settle();
}

async function ping(service: TestService, more: Parameters<typeof plan>[2] = {}) {
  await plan(service.ports, [ANNE], more);
  await service.settle();
}

const itemOf = (service: TestService, occasion: string) =>
  service.db.selectFrom('item').selectAll().where('occasion', '=', occasion).executeTakeFirstOrThrow();
const states = async (service: TestService) =>
  Object.fromEntries(
    (await ledger(service.db)).items.map(({ rule, date, state, why }) => [
      `${rule} ${date}`,
      why ? `${state} ${why}` : state,
    ]),
  );
const cards = (service: TestService) =>
  service.ports.chat.calls.map((call) => `${call.kind} ${wordsOn(call.message.card)}`);
/** Items that a card can open: the one in full by its refresh, the others by their lines. */
const itemsOn = (card: object | undefined) => {
  const ids = [...JSON.stringify(card ?? {}).matchAll(/"i":"([^"]+)"/g)].map((found) => found[1]);
  return [...new Set(ids)];
};

async function press(
  service: TestService,
  occasion: string,
  verb: string | null,
  more: object = {},
  replyToId: string | null = null,
) {
  const item = await itemOf(service, occasion);
  const data = { i: item.id, r: item.revision, ...more };
  const { answer } = await takePress(service.ports, toyRegistry, {
    sender: senderOf(ANNE),
    verb,
    data,
    activityId: null,
    replyToId,
  });
  await service.settle();
  const said = answered(answer);
  return 'card' in said ? said.card : {};
}

describe('what waits for a ping', () => {
  test('comes with the next one: one request, both items on it, both told as sent', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    expect(service.ports.chat.calls).toEqual([]);
    await ping(service);
    expect(service.ports.chat.calls).toHaveLength(1);
    const [own, other] = [await itemOf(service, '2026-11-18'), await itemOf(service, 'held')];
    expect(itemsOn(service.ports.chat.calls[0]?.message.card)).toEqual([own.id, other.id]);
    expect(cards(service)[0]).toContain('ほかのお知らせ（1件）');
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'sent', 'toy 2026-11-18': 'sent' });
  });

  test('does not come with a reply', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    await ping(service, { priority: 0, contact: 'reply' });
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'pending digest', 'toy 2026-11-18': 'sent' });
  });

  test('is at most six on one card, those that end first; the rest waits on', async () => {
    const service = await toyService([ANNE]);
    for (let n = 1; n <= 8; n += 1)
      await held(service, `h${n}`, { date: `2026-11-0${n}`, until: later - n * 3_600_000 });
    await ping(service);
    const waiting = (await ledger(service.db)).items
      .filter((item) => item.state === 'pending')
      .map((item) => item.date);
    expect(waiting.sort()).toEqual(['2026-11-01', '2026-11-02']);
    expect(itemsOn(service.ports.chat.calls[0]?.message.card)).toHaveLength(7);
  });

  test.each([
    ['is throttled', () => throttled(null), 'pending digest', 'pending'],
    ['is refused', () => refused(413), 'pending digest', 'refused status-413'],
    ['is refused because the app is gone', () => refused(403), 'pending digest', 'refused status-403'],
    ['goes nobody knows where', () => unclear, 'unknown timeout', 'unknown timeout'],
  ])('when the ping %s: waits on unless it may have been seen', async (_, answer, other, own) => {
    const service = await toyService([ANNE]);
    await held(service);
    service.ports.chat.answer(answer);
    await plan(service.ports, [ANNE]);
    service.delivery.wake();
    await service.ports.clock.advance(1500);
    expect(await states(service)).toEqual({ 'other 2026-11-16': other, 'toy 2026-11-18': own });
    service.ports.chat.answer((_call, number) => sent(number));
    await service.settle();
    await ping(service, { occasion: 'next', date: '2026-11-19', contact: 'time-bound' });
    const told = await states(service);
    expect(told['other 2026-11-16']).toBe(
      own === 'refused status-403' ? 'pending digest' : other === 'unknown timeout' ? other : 'sent',
    );
  });

  test('is not lost with a ping that came too late to go', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    service.ports.chat.answer(() => throttled(null));
    await plan(service.ports, [ANNE]);
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    service.ports.clock.moveTo(at('18:20'));
    service.ports.chat.answer((_call, number) => sent(number));
    await service.ports.clock.advance(60_000);
    expect(await states(service)).toEqual({
      'other 2026-11-16': 'pending digest',
      'toy 2026-11-18': 'skipped expired',
    });
  });

  test('that cannot be drawn lets the ping go without it, and waits on', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    await service.db.updateTable('item').set({ note: 'undrawable' }).where('occasion', '=', 'held').execute();
    await ping(service);
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'pending digest', 'toy 2026-11-18': 'sent' });
  });

  test('leaves no card above 28 KB: lines that do not fit wait on', async () => {
    const service = await toyService([ANNE]);
    for (let n = 1; n <= 6; n += 1) await held(service, `h${n}`, { date: `2026-11-0${n}` });
    await plan(service.ports, [ANNE]);
    await service.db
      .updateTable('item')
      .set({ note: 'あ'.repeat(8000) })
      .where('rule', '=', 'toy')
      .execute();
    await service.settle();
    const card = service.ports.chat.calls[0]?.message.card;
    expect(JSON.stringify(card).length * 2).toBeLessThanOrEqual(28 * 1024);
    const { totals } = await ledger(service.db);
    expect(totals['pending']).toBeGreaterThan(0);
    expect(totals['pending']).toBeLessThan(6);
    expect(itemsOn(card)).toHaveLength(totals['sent'] ?? 0);
  });

  test('survives the death of the service: unknown with its ping, which a press on its line proves', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    service.ports.chat.answer(() => never);
    await plan(service.ports, [ANNE]);
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    await service.crash();
    expect(await states(service)).toEqual({
      'other 2026-11-16': 'unknown interrupted',
      'toy 2026-11-18': 'unknown interrupted',
    });
    service.ports.chat.answer((_call, number) => sent(number));
    await press(service, 'held', 'delivery.open', {}, 'activity-as-teams-says');
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'sent', 'toy 2026-11-18': 'sent' });
  });

  test('waits again where a deadline is sent a second time after a crash, and comes with that', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    service.ports.chat.answer(() => never);
    await plan(service.ports, [ANNE], { whenUnknown: 'resendOnce' });
    service.delivery.wake();
    await service.ports.clock.advance(1000);
    await recoverClaims(service.ports, { owner: 'another', deadAmong: async (owners) => owners });
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'pending digest', 'toy 2026-11-18': 'pending' });
    service.ports.chat.answer((_call, number) => sent(number));
    await service.crash();
    await service.settle();
    expect(await states(service)).toEqual({ 'other 2026-11-16': 'sent', 'toy 2026-11-18': 'sent' });
  });

  test('is opened from its line: drawn in full, with the other item as a line, and nothing is written', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    await ping(service);
    const card = await press(service, 'held', 'delivery.open');
    expect(itemsOn(card)).toEqual([(await itemOf(service, 'held')).id, (await itemOf(service, '2026-11-18')).id]);
    expect(service.ports.chat.updates()).toEqual([]);
  });

  test('is opened in the stored message where a program reads no answers (Action.Submit), and closed again likewise', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    await ping(service);
    for (const occasion of ['held', '2026-11-18', 'held']) {
      await press(service, occasion, null, { show: 'item' });
      expect(itemsOn(service.ports.chat.updates().at(-1)?.message.card)[0]).toBe((await itemOf(service, occasion)).id);
    }
  });

  test('is answered like anything else: the answer and the stored message show both', async () => {
    const service = await toyService([ANNE]);
    await held(service);
    await ping(service);
    const card = await press(service, 'held', 'toy.say', { word: 'yes' });
    expect(wordsOn(card)).toContain('yes');
    expect(itemsOn(card)).toHaveLength(2);
    const [update] = service.ports.chat.updates();
    expect(update?.activity).toBe('activity-1');
    expect(itemsOn(update?.message.card)).toEqual([
      (await itemOf(service, '2026-11-18')).id,
      (await itemOf(service, 'held')).id,
    ]);
    expect(JSON.stringify(update?.message.card)).toContain(`"i":"${(await itemOf(service, 'held')).id}","r":1`);
  });
});

/** Long enough after what came last for that to stand on a newer card. */
function quarterLater({ ports }: TestService): void {
  ports.clock.moveTo(ports.clock.now() + 15 * 60_000);
}

describe('the living card: a new ping', () => {
  async function two() {
    const service = await toyService([ANNE]);
    await ping(service, { occasion: 'first' });
    quarterLater(service);
    await ping(service, { rule: 'other', occasion: 'second' });
    return service;
  }

  test('carries what of the day can still be pressed; the older message becomes one line without buttons', async () => {
    const service = await two();
    const [first, second] = [await itemOf(service, 'first'), await itemOf(service, 'second')];
    const [older, newer, update] = service.ports.chat.calls;
    expect(itemsOn(older?.message.card)).toEqual([first.id]);
    expect(itemsOn(newer?.message.card)).toEqual([second.id, first.id]);
    expect([update?.kind, update?.activity]).toEqual(['update', 'activity-1']);
    expect(itemsOn(update?.message.card)).toEqual([]);
    expect(wordsOn(update?.message.card)).toContain('下の新しいカードに移りました');
    expect(service.ports.chat.calls).toHaveLength(3);
    expect((await ledger(service.db)).totals).toEqual({ sent: 2 });
  });

  test('leaves alone what is over, has no button left, is of another day, and replies', async () => {
    const service = await toyService([ANNE]);
    await ping(service, { occasion: 'closed' });
    await service.db.updateTable('item').set({ note: 'closed' }).where('occasion', '=', 'closed').execute();
    await ping(service, { occasion: 'over', until: at('16:16') });
    await ping(service, { occasion: 'yesterday', date: '2026-11-17' });
    await ping(service, { occasion: 'reply', priority: 0, contact: 'reply' });
    service.ports.clock.moveTo(at('16:30'));
    await ping(service, { rule: 'other', occasion: 'new' });
    expect(service.ports.chat.updates()).toEqual([]);
    expect(itemsOn(service.ports.chat.calls.at(-1)?.message.card)).toHaveLength(1);
  });

  test('leaves alone what came at the same time: both are new', async () => {
    const service = await toyService([ANNE]);
    await ping(service, { occasion: 'first' });
    await ping(service, { rule: 'other', occasion: 'second' });
    expect(service.ports.chat.calls.map((call) => [call.kind, itemsOn(call.message.card).length])).toEqual([
      ['send', 1],
      ['send', 1],
    ]);
  });

  test('takes a press on the older message: the answer shows what stands now, the update goes to the newer', async () => {
    const service = await two();
    const card = await press(service, 'first', 'toy.say', { word: 'late' }, 'activity-1');
    expect(wordsOn(card)).toContain('late');
    expect(itemsOn(card)).toHaveLength(2);
    expect(service.ports.chat.updates().map((call) => call.activity)).toEqual(['activity-1', 'activity-2']);
  });

  test('that may not have arrived moves nothing, and a press on the older message proves nothing of it', async () => {
    const service = await toyService([ANNE]);
    await ping(service, { occasion: 'first' });
    service.ports.chat.answer(() => unclear);
    quarterLater(service);
    await ping(service, { rule: 'other', occasion: 'second' });
    service.ports.chat.answer((_call, number) => sent(number));
    await press(service, 'first', 'toy.say', { word: 'yes' }, 'activity-1');
    expect(service.ports.chat.updates().map((call) => call.activity)).toEqual(['activity-1']);
    expect(await states(service)).toEqual({ 'toy 2026-11-18': 'sent', 'other 2026-11-18': 'unknown timeout' });
  });

  test('shows again in full what of an unknown card nobody saw for certain', async () => {
    const service = await toyService([ANNE]);
    service.ports.chat.answer(() => unclear);
    await ping(service, { occasion: 'first' });
    service.ports.chat.answer((_call, number) => sent(number));
    quarterLater(service);
    await ping(service, { rule: 'other', occasion: 'second' });
    expect(await states(service)).toEqual({ 'toy 2026-11-18': 'sent', 'other 2026-11-18': 'sent' });
    expect(service.ports.chat.calls).toHaveLength(2);
  });

  test('goes on from card to card: three pings leave one card and two lines', async () => {
    const service = await two();
    quarterLater(service);
    await ping(service, { rule: 'third', occasion: 'third' });
    const last = new Map(
      service.ports.chat.calls.map((call, index) => [call.activity ?? `activity-${index + 1}`, call]),
    );
    expect([...last].map(([activity, call]) => `${activity} ${itemsOn(call.message.card).length}`)).toEqual([
      'activity-1 0',
      'activity-2 0',
      'activity-4 3',
    ]);
  });

  test('shows a change that came while it was on its way', async () => {
    const service = await toyService([ANNE]);
    await ping(service, { occasion: 'first' });
    let letGo: () => void = () => {};
    service.ports.chat.answer((call, number) =>
      call.kind === 'update'
        ? sent(number)
        : new Promise((resolve) => {
            letGo = () => resolve(sent(number));
          }),
    );
    quarterLater(service);
    await plan(service.ports, [ANNE], { rule: 'other', occasion: 'second' });
    service.delivery.wake();
    await service.ports.clock.advance(1500);
    const item = await itemOf(service, 'first');
    const pressed = {
      sender: senderOf(ANNE),
      verb: 'toy.say',
      data: { i: item.id, r: 0, word: 'yes' },
      activityId: null,
      replyToId: 'activity-1',
    };
    await takePress(service.ports, toyRegistry, pressed);
    letGo();
    await service.settle();
    const newest = service.ports.chat
      .updates()
      .filter((call) => call.activity === 'activity-2')
      .at(-1);
    expect(JSON.stringify(newest?.message.card)).toContain(`"i":"${item.id}","r":1`);
    expect(await service.db.selectFrom('message_update').selectAll().execute()).toEqual([]);
  });
});

describe('a merge', () => {
  const merge = { rule: 'other', occasion: 'figures', urgency: 'merge', contact: 'counted', until: later } as const;

  test('joins the card of today in place and rings nowhere', async () => {
    const service = await toyService([ANNE]);
    await ping(service);
    await ping(service, merge);
    expect(service.ports.chat.calls.map((call) => `${call.kind} ${call.activity}`)).toEqual([
      'send null',
      'update activity-1',
    ]);
    expect(itemsOn(service.ports.chat.updates()[0]?.message.card)).toHaveLength(2);
    expect((await ledger(service.db)).totals).toEqual({ sent: 2 });
  });

  test('on a day without a card is a ping of its own', async () => {
    const service = await toyService([ANNE]);
    await ping(service, merge);
    expect(service.ports.chat.calls.map((call) => call.kind)).toEqual(['send']);
  });

  test('whose card cannot be updated waits for the next ping', async () => {
    const service = await toyService([ANNE]);
    await ping(service);
    service.ports.chat.answer(() => refused(404));
    await plan(service.ports, [ANNE], merge);
    expect((await ledger(service.db)).totals).toEqual({ sent: 1, pending: 1 });
    await service.settle();
    expect(await states(service)).toEqual({ 'toy 2026-11-18': 'sent', 'other 2026-11-18': 'pending digest' });
    service.ports.chat.answer((_call, number) => sent(number));
    await ping(service, { rule: 'third', occasion: 'next' });
    expect((await ledger(service.db)).totals).toEqual({ sent: 3 });
  });
});
