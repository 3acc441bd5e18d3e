import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { cardsFrom } from '../../src/adapters/cards/index.ts';
import { refreshedFor } from '../../src/delivery/frame.ts';
import { drawnOnce, withCarried } from '../../src/delivery/index.ts';
import { type WedOnTimeView, wedOnTimeCard } from '../../src/no-overtime-day/card.ts';
import type { CardContent, Language } from '../../src/ports/cards.ts';
import { places, SharedCard } from '../../src/ports/shared-card.ts';
import { cardsFolder } from '../cards/samples.ts';

const cards = cardsFrom(cardsFolder);
const languages: Language[] = ['ja', 'easy', 'en'];
const wrote = ({ answer }: WedOnTimeView) => answer?.note !== undefined;
const written = (content: CardContent) => JSON.parse(new TextDecoder().decode(cards.write(content))) as object;

const aView: fc.Arbitrary<WedOnTimeView> = fc.record({
  itemId: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  revision: fc.nat(),
  language: fc.constantFrom(...languages),
  date: fc.constant('2026-11-18'),
  endMinute: fc.constantFrom(1035, 1050),
  day: fc.constantFrom('wednesday' as const, 'section' as const),
  state: fc.constantFrom('asked' as const, 'answered' as const, 'closed' as const),
  answer: fc.record({
    kind: fc.constantFrom('leave' as const, 'unsure' as const, 'off' as const),
    at: fc.constantFrom(990, 991),
  }),
  decision: fc.constant(null),
  canChange: fc.boolean(),
  attendanceLink: fc.constant('https://attendance.example.jp/'),
  untilChoices: fc.constant([1050, 1065]),
});

describe('a card that many share', () => {
  test('is for each of them, to the last sign, the card that is drawn for one alone', () => {
    const draw = drawnOnce(wedOnTimeCard, wrote);
    const users = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 2 });
    fc.assert(
      fc.property(aView, users, (view, ids) => {
        const alone = refreshedFor(wedOnTimeCard(view), ids);
        const shared = refreshedFor(draw(view), ids);
        expect(shared).toBeInstanceOf(SharedCard);
        expect(written(shared)).toEqual(written(alone));
        expect(cards.expand(shared)).toEqual(written(alone));
        expect([shared.data, shared.summary]).toEqual([alone.data, alone.summary]);
      }),
      { numRuns: 60 },
    );
  });

  test('is drawn once, anew where anything but item and revision differs, and each time where a person wrote something', () => {
    const drawing = vi.fn(wedOnTimeCard);
    const draw = drawnOnce(drawing, wrote);
    const [view] = fc.sample(aView, { numRuns: 1, seed: 1 });
    if (view?.answer === undefined) throw new Error('A view was expected.');
    for (const revision of [1, 2, 3]) draw({ ...view, itemId: `item ${revision}`, revision });
    expect(drawing).toHaveBeenCalledTimes(1);
    draw({ ...view, endMinute: view.endMinute + 15 });
    expect(drawing).toHaveBeenCalledTimes(2);
    const said = { ...view, answer: { ...view.answer, note: 'own words' } };
    for (const revision of [1, 2]) expect(draw({ ...said, revision })).not.toBeInstanceOf(SharedCard);
    expect(drawing).toHaveBeenCalledTimes(4);
  });

  test('stays drawn as long as no more than two hundred differ', () => {
    const drawing = vi.fn(wedOnTimeCard);
    const draw = drawnOnce(drawing, wrote);
    const [view] = fc.sample(aView, { numRuns: 1, seed: 1 });
    if (view === undefined) throw new Error('A view was expected.');
    for (const revision of [1, 2]) {
      for (let endMinute = 800; endMinute < 1000; endMinute += 1) draw({ ...view, revision, endMinute });
    }
    expect(drawing).toHaveBeenCalledTimes(200);
  });

  test('is a card of its own with the lines of other items on it', () => {
    const [view] = fc.sample(aView, { numRuns: 1, seed: 2 });
    if (view === undefined) throw new Error('A view was expected.');
    const lines = [{ itemId: 'other', revision: 4, title: 'Other', state: 'open' }];
    const drawn = (content: CardContent) => written(refreshedFor(withCarried(content, lines, view.language), ['29:a']));
    expect(drawn(drawnOnce(wedOnTimeCard, wrote)(view))).toEqual(drawn(wedOnTimeCard(view)));
  });

  test('is refused where its item stands within a longer text', () => {
    const content = wedOnTimeCard({ ...(fc.sample(aView, 1)[0] as WedOnTimeView), itemId: `${places.item}.1` });
    const shared = new SharedCard(content, { item: 'a', revision: 1, users: [] });
    expect(() => cards.write(shared)).toThrow('stands in a longer text');
  });
});
