import { expect, test } from 'vitest';
import { answer, itemOf, press, read, runTo, SECTION, startWednesday, storedCard } from '../build/wednesday.ts';

const SUMMARY = 'no-overtime-day.summary';
const onSharedTerminal = SECTION.map((one) => (one.staff === '200001' ? { ...one, terminal: '共用' } : one));

test('a head on a shared terminal sees counts, no name and no way to one, whatever is pressed', async () => {
  const service = await startWednesday({ staff: onSharedTerminal });
  await runTo(service, '16:15');
  await answer(service, '100002', { answer: 'stay', reason: 'deadline', until: '19:00' });
  await runTo(service, '17:15');
  const item = await itemOf(service, '200001', SUMMARY);
  expect(storedCard(service, item)).toContain('共用の端末では、人数だけを表示します。');
  expect(storedCard(service, item)).not.toContain('表示する\n');
  const shown = read(await press(service, '200001', 'no-overtime-day.decide', { i: item.id, r: 0, show: 'names' }));
  expect(shown).toContain('残る予定\n1人');
  expect(shown).not.toContain('架空 二郎');
  expect(await service.db.selectFrom('audit').selectAll().execute()).toEqual([]);
});
