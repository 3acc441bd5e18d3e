import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { FakeConnector } from '../fakes/start-connector.ts';
import { buttonsOf, cardIn, chat, returnedCard, returnedText } from './cards.ts';
import { kaeruJson, type Product } from './product.ts';
import { pressed, wrote } from './teams.ts';

/* What everybody is promised while the store is away, seen from outside. */

const CANNOT_RECORD = 'いまは記録できません。しばらくしてからもう一度お試しください。';
/** Teams waits 3 s for an answer; a process that shares its machine with other tests is heard a little later. */
const teamsWaits = 3_000 + 500;

export interface PressedButton {
  verb: string;
  data: object;
  card: string;
}

/** The button of a language on the card that 言語 brought. */
export async function languageButton(
  connector: FakeConnector,
  staff: string,
  language: string,
): Promise<PressedButton> {
  for (const { id, stored } of await chat(connector, staff)) {
    const button = buttonsOf(cardIn(stored)).find(({ data }) => data['language'] === language);
    if (button) return { verb: button.verb, data: button.data, card: id };
  }
  throw new Error('No card offers a language.');
}

const press = (product: Product, { serviceUrl }: FakeConnector, staff: string, button: PressedButton) =>
  inTime(product.activity(pressed(staff, serviceUrl, button, button.card)));

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const began = performance.now();
  const given = await answer;
  expect(performance.now() - began, 'milliseconds until the answer').toBeLessThan(teamsWaits);
  return given;
}

/**
 * A press gets its sentence, what somebody writes is to be repeated by Teams, and `/readyz`, asked once somebody was
 * told so, says what is missing: each within 3 s.
 */
export async function expectAway(
  product: Product,
  connector: FakeConnector,
  staff: string,
  button: PressedButton,
): Promise<void> {
  const answered = press(product, connector, staff, button);
  const [answer, message, ready] = await Promise.all([
    answered,
    inTime(product.activity(wrote(staff, connector.serviceUrl, 'ヘルプ'))),
    answered.then(() => inTime(readiness(product))),
  ]);
  expect([answer.status, returnedText(answer)]).toEqual([200, CANNOT_RECORD]);
  expect(message.status).toBe(503);
  expect(ready).toEqual({ status: 503, failing: expect.arrayContaining(['database']) });
}

/** The same press, made again, is taken and answered with the card. */
export async function expectRecorded(
  product: Product,
  connector: FakeConnector,
  staff: string,
  button: PressedButton,
): Promise<void> {
  expect(buttonsOf(returnedCard(await press(product, connector, staff, button)))).not.toEqual([]);
}

async function readiness({ url }: Product): Promise<{ status: number; failing: string[] }> {
  const answer = await fetch(`${url}/readyz`);
  const { items } = (await answer.json()) as { items: { name: string; ok: boolean }[] };
  return { status: answer.status, failing: items.filter(({ ok }) => !ok).map(({ name }) => name) };
}

/** The service, which nobody has touched, is in order again. */
export function untilReady(product: Product, within: number): Promise<void> {
  return until('the service is ready', async () => (await readiness(product)).status === 200, within);
}

/** Looks until it is so: real stores come back in real time. */
export async function until(what: string, holds: () => Promise<boolean>, within = 30_000): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > within) throw new Error(`It never came to this: ${what}`);
    await wait(50);
  }
}

/** The one state of each item adds up to all items, and the chain of the audit is whole. */
export async function expectBalanced(product: Product, env: Record<string, string>): Promise<void> {
  const { items, totals } = await product.ledger();
  expect(Object.values(totals).reduce((sum, count) => sum + count, 0)).toBe(items.length);
  const { status, stderr } = await kaeruJson(['audit', 'verify'], env);
  expect(status, stderr).toBe(0);
}
