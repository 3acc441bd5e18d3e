import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takePress } from '../../src/delivery/index.ts';
import { registry } from '../../src/rooms.ts';
import { senderOf, type TestService } from '../build/service.ts';
import { answer, clock, itemOf, press, read, runTo, startWednesday, storedCard, written } from '../build/wednesday.ts';

async function asked(): Promise<TestService> {
  const service = await startWednesday();
  await runTo(service, '16:15');
  return service;
}

describe('a press', () => {
  test('on somebody else’s card is told so, and nothing is written', async () => {
    const service = await asked();
    const foreign = await itemOf(service, '100001');
    const before = await written(service);
    const said = await press(service, '100002', 'no-overtime-day.answer', { i: foreign.id, r: 0, answer: 'leave' });
    expect(said).toEqual({ text: 'この通知の宛先の方だけが回答できます。' });
    expect(await written(service)).toEqual(before);
  });

  test('with a verb of another rule, or of none, is a bad request', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    const before = await written(service);
    for (const verb of ['no-overtime-day.decide', 'no-overtime-day.seen', 'conversation.language', 'nobody.knows']) {
      const said = await press(service, '100001', verb, {
        i: id,
        r: 0,
        answer: 'leave',
        decision: 'acknowledged',
        language: 'en',
      });
      expect(said).toMatchObject({ error: { code: 'BadRequest' } });
    }
    expect(await written(service)).toEqual(before);
  });

  test('without a verb (Action.Submit) goes to the verb of its item’s rule', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    expect(read(await press(service, '100001', null, { i: id, r: 0, answer: 'leave' }))).toContain(
      '✓ 定時に退庁する予定です',
    );
  });

  test('on an item that is not there is told that it is closed', async () => {
    const service = await asked();
    const said = await press(service, '100001', 'no-overtime-day.answer', { i: 'x'.repeat(22), r: 0, answer: 'leave' });
    expect(said).toEqual({ text: '受付を終了しました。' });
  });

  test('by somebody the roster does not know is told whom to ask, and noted for HR', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    const before = await written(service);
    const said = await press(service, '999999', 'no-overtime-day.answer', { i: id, r: 0, answer: 'leave' });
    expect(said).toEqual({ text: 'この方はまだ登録されていません。人事課にお問い合わせください。' });
    expect(await written(service)).toEqual(before);
    const noted = await service.db.selectFrom('unknown_sender').selectAll().execute();
    expect(noted.map((row) => [row.aad_id, row.times])).toEqual([[senderOf('999999').aadObjectId, 1]]);
  });

  test('is known by the signed activity alone: data that names another person changes nothing', async () => {
    const service = await asked();
    const own = await itemOf(service, '100001');
    const data = { i: own.id, r: 0, answer: 'leave', staff: '100002', aadObjectId: senderOf('100002').aadObjectId };
    await press(service, '100001', 'no-overtime-day.answer', data);
    const answers = await service.db.selectFrom('no_overtime_answer').select(['staff', 'answer']).execute();
    expect(answers).toEqual([{ staff: '100001', answer: 'leave' }]);
  });

  test('repeated has one effect', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    const data = { i: id, r: 0, answer: 'leave' };
    await press(service, '100001', 'no-overtime-day.answer', data);
    const before = await written(service);
    service.ports.clock.moveTo(service.ports.clock.now() + 30_000);
    for (let times = 3; times > 0; times -= 1) {
      expect(read(await press(service, '100001', 'no-overtime-day.answer', data))).toContain('記録しました。');
    }
    expect(await written(service)).toEqual(before);
    expect(service.ports.chat.updates()).toHaveLength(1);
  });

  test('from an older drawing shows the present card, says so and writes nothing', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    await answer(service, '100001', { answer: 'unsure' });
    const before = await written(service);
    const said = read(await press(service, '100001', 'no-overtime-day.answer', { i: id, r: 0, answer: 'leave' }));
    expect(said).toContain('表示が古くなっていました。現在の内容は次のとおりです。');
    expect(said).toContain('？ まだ分かりません');
    expect(await written(service)).toEqual(before);
  });

  test('from own end + 60 on finds the card closed, one second before it is taken', async () => {
    const service = await asked();
    service.ports.clock.moveTo('2026-11-18T18:14:59+09:00');
    expect(read(await answer(service, '100001', { answer: 'leave' }))).toContain('✓ 定時に退庁する予定です（18:14）');
    const before = await written(service);
    clock(service, '18:15');
    const said = read(await answer(service, '100002', { answer: 'leave' }));
    expect(said).toContain('受付は終了しています。記録は変わっていません。');
    expect(said).toContain('受付を終了しました');
    expect(await written(service)).toEqual(before);
  });

  test.each(['2026-12-18', '2027-05-18', '2028-05-18'])(
    'on a card months old (%s) is closed without harm',
    async (date) => {
      const service = await asked();
      const before = await written(service);
      clock(service, '10:00', date);
      expect(read(await answer(service, '100001', { answer: 'leave' }))).toContain('受付を終了しました');
      expect(await written(service)).toEqual(before);
    },
  );

  test('that lacks what the answer needs writes nothing and asks again', async () => {
    const service = await asked();
    const before = await written(service);
    const lacking = [
      { answer: 'stay' },
      { answer: 'stay', reason: 'deadline' },
      { answer: 'stay', until: '19:00' },
      { answer: 'stay', reason: 'no-reason', until: '19:00' },
      { answer: 'stay', reason: 'deadline', until: '17:15' },
      { answer: 'stay', reason: 'deadline', until: '19:07' },
      { answer: 'stay', reason: 'deadline', until: '22:15' },
      { answer: 'stay', reason: 'other', until: '19:00', note: '　 ' },
      { answer: 'perhaps' },
      {},
    ];
    for (const data of lacking) {
      expect(read(await answer(service, '100001', data))).toContain('入力が足りないため、記録していません。');
    }
    expect(await written(service)).toEqual(before);
  });

  test('leaves the stored card showing what was answered', async () => {
    const service = await asked();
    await answer(service, '100001', { answer: 'stay', reason: 'other', until: '19:30', note: '窓口の ${x} **応援**' });
    const stored = storedCard(service, await itemOf(service, '100001'));
    for (const part of ['● 残る予定です（16:15）', 'その他', '19:30', '窓口の ${x} **応援**'])
      expect(stored).toContain(part);
  });
});

describe('whatever arrives as a press', () => {
  test('data that no card carries is a bad request', async () => {
    const service = await asked();
    const { id } = await itemOf(service, '100001');
    const bad = [
      null,
      undefined,
      'text',
      7,
      [],
      {},
      { i: id },
      { r: 0 },
      { i: 7, r: 0 },
      { i: '', r: 0 },
      { i: id, r: -1 },
    ];
    const worse = [
      { i: id, r: '0' },
      { i: id, r: 1.5 },
      { i: 'x'.repeat(65), r: 0 },
      { i: id, r: 1e12 },
      { i: [id], r: 0 },
    ];
    for (const data of [...bad, ...worse]) {
      expect(await press(service, '100001', 'no-overtime-day.answer', data)).toMatchObject({
        error: { code: 'BadRequest' },
      });
    }
  });

  test('nothing throws, and nobody else’s record changes', async () => {
    const service = await asked();
    await answer(service, '100001', { answer: 'stay', reason: 'deadline', until: '19:00' });
    await runTo(service, '17:15');
    const items = await service.db.selectFrom('item').selectAll().execute();
    const mine = items.filter((item) => item.staff === '100002').map((item) => item.id);
    const others = async () => ({
      answers: await service.db.selectFrom('no_overtime_answer').selectAll().where('staff', '<>', '100002').execute(),
      notes: await service.db.selectFrom('no_overtime_note').selectAll().where('item_id', 'not in', mine).execute(),
      decisions: await service.db.selectFrom('no_overtime_decision').selectAll().execute(),
      languages: await service.db.selectFrom('language_choice').selectAll().where('staff', '<>', '100002').execute(),
      audit: await service.db.selectFrom('audit').selectAll().execute(),
      cards: await service.db
        .selectFrom('item')
        .selectAll()
        .where('staff', 'like', '10%')
        .where('staff', '<>', '100002')
        .execute(),
    });
    const before = await others();
    const junk = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.object({ maxDepth: 2 }),
      fc.boolean(),
      fc.double(),
    );
    const field = (...known: string[]) =>
      fc.option(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, junk), { nil: undefined });
    const choices = items.map((item) => `${item.id}.${item.revision}`).join(',');
    const data = fc.record({
      i: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...items.flatMap((item) => [item.id, ...mine])) }, junk),
      r: fc.oneof({ weight: 8, arbitrary: fc.nat(5) }, junk),
      answer: field('leave', 'stay', 'unsure', 'off', 'change', '__proto__'),
      reason: field('deadline', 'other', 'constructor'),
      until: field('19:00', '25:99', '99:00', '17:30'),
      note: field('ok', '${x}', '\u202e逆', 'あ'.repeat(3000)),
      decision: field('acknowledged', 'asked-to-finish', 'refused'),
      show: field('names', 'counts'),
      page: field('0', '-1', '99999999', 'NaN'),
      people: field(choices, items[0]?.id ?? '', `${'x,'.repeat(12_000)}`),
      language: field('ja', 'easy', 'en', 'fr'),
    });
    const verbs = ['answer', 'decide', 'seen'].map((verb) => `no-overtime-day.${verb}`);
    const verb = fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom(null, ...verbs, 'conversation.language', 'delivery.refresh', '__proto__'),
      },
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(verb, fc.oneof({ weight: 9, arbitrary: data }, fc.anything()), async (name, given) => {
        const sender = senderOf('100002');
        const pressed = { sender, verb: name, data: given, activityId: null, replyToId: null };
        const { answer: said } = await takePress(service.ports, registry, pressed);
        expect(Object.keys(said)).toHaveLength(1);
        expect(await others()).toEqual(before);
      }),
      { numRuns: 500 },
    );
    const own = await service.db.selectFrom('no_overtime_answer').selectAll().where('staff', '=', '100002').execute();
    expect(own, 'some of them were real answers').toHaveLength(1);
  });
});
