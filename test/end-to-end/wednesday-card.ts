import { expect } from 'vitest';
import { buttonsOf, elementsOf, titleOf, wordsOf } from './cards.ts';

/* Rules of how a card looks and speaks, held against C01 as it was sent. */

const WEDNESDAY = '本日は定時退庁日です';

/** A title of 20 characters, a body of 120, four buttons of 14, the likely one first. */
export function expectShort(card: unknown): void {
  expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  expect(titleOf(card).length).toBeLessThanOrEqual(20);
  const blocks = elementsOf(
    (card as { body: { type: string; text?: string }[] }).body.filter((one) => one.type === 'TextBlock'),
  );
  const body = blocks
    .map((one) => String(one['text']))
    .filter((text) => text !== titleOf(card))
    .join('');
  expect(body).toContain('17:15');
  expect(body.length).toBeLessThanOrEqual(120);
  const asking = elementsOf(card).find((one) => one.type === 'ActionSet');
  const buttons = asking?.['actions'] as { title: string; style?: string }[];
  expect(buttons).toHaveLength(4);
  expect(buttons.filter((one) => one.title.length > 14)).toEqual([]);
  expect(buttons.map((one) => one.style === 'positive')).toEqual([true, false, false, false]);
}

/** Action.Execute with a plain twin of the same data, which is an item, a revision and an answer. */
export function expectTwins(card: unknown): void {
  const buttons = buttonsOf(card);
  expect(buttons.map((one) => one.data['answer']).sort()).toEqual(['leave', 'off', 'stay', 'unsure']);
  for (const { verb, data, fallback, title } of buttons) {
    expect(verb).toBe('no-overtime-day.answer');
    expect(Object.keys(data).sort()).toEqual(['answer', 'i', 'r']);
    expect(fallback).toMatchObject({ type: 'Action.Submit', title, data });
  }
  expect(new Set(buttons.map((one) => one.data.i)).size).toBe(1);
}

/** It can be heard, falls back to words, names its inputs, refreshes for its reader, leaves no template text. */
export function expectOpenToAll(card: unknown, staff: string): void {
  const whole = JSON.stringify(card);
  expect(whole).not.toContain('${');
  const { speak, fallbackText, refresh } = card as Record<string, unknown>;
  expect(String(speak)).toContain(WEDNESDAY);
  expect(String(fallbackText)).toContain(WEDNESDAY);
  expect(refresh).toMatchObject({ action: { type: 'Action.Execute' }, userIds: [`29:user-${staff}`] });
  const inputs = elementsOf(card).filter((one) => one.type.startsWith('Input.'));
  expect(inputs.map((one) => one['id'])).toEqual(['reason', 'until', 'note']);
  for (const input of inputs) expect(String(input['label'])).not.toBe('');
  for (const input of inputs.filter((one) => one['isRequired'])) expect(input['errorMessage']).toBeTypeOf('string');
  expect(wordsOf(card)).toContain('11月18日（水）');
  expect(wordsOf(card)).toContain('勤務した時間は全て申請の対象です');
  for (const word of ['承認', '許可', '違反']) expect(whole).not.toContain(word);
  const images = whole.match(/"type":"Image"/g)?.length ?? 0;
  expect(whole.match(/"altText":"[^"]+"/g)?.length ?? 0).toBe(images);
}
