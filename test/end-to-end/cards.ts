import type { FakeActivity, FakeConnector } from '../fakes/start-connector.ts';
import { chatOf } from './teams.ts';

/* Adaptive Cards looked at from outside: as a client would, by walking over what was sent. */

export interface Element {
  type: string;
  [key: string]: unknown;
}

export interface Button {
  title: string;
  verb: string;
  data: Record<string, unknown> & { i: string; r: number };
  style?: string;
  fallback?: { type: string; data: unknown };
}

/** Everything with a `type` in a card, in reading order; what stands in a `fallback` is not drawn beside it and is left out. */
export function elementsOf(card: unknown): Element[] {
  if (Array.isArray(card)) return card.flatMap(elementsOf);
  if (typeof card !== 'object' || card === null) return [];
  const own = 'type' in card && typeof card.type === 'string' ? [card as Element] : [];
  const inner = Object.entries(card).filter(([key]) => key !== 'fallback' && key !== 'refresh');
  return [...own, ...inner.flatMap(([, value]) => elementsOf(value))];
}

/** All the words a reader sees, in order. */
export function wordsOf(card: unknown): string {
  return elementsOf(card)
    .flatMap((one) => [one['text'], one['title'], ...factsOf(one)])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

function factsOf(element: Element): unknown[] {
  const facts = Array.isArray(element['facts']) ? element['facts'] : [];
  return facts.map((fact: { title: string; value: string }) => `${fact.title}: ${fact.value}`);
}

export function titleOf(card: unknown): string {
  return String(elementsOf(card).find((one) => one['style'] === 'heading')?.['text'] ?? '');
}

/** The text on coloured ground: the state of the card. Empty where it has none. */
export function stripOf(card: unknown): string {
  const strip = elementsOf(card).find(
    (one) => one.type === 'Container' && ['good', 'warning', 'attention', 'accent'].includes(String(one['style'])),
  );
  return strip ? wordsOf(strip) : '';
}

export function buttonsOf(card: unknown): Button[] {
  return elementsOf(card).filter((one) => one.type === 'Action.Execute') as unknown as Button[];
}

/** The button with that title; the test fails with the titles there are. */
export function buttonOf(card: unknown, title: string): Button {
  const found = buttonsOf(card).find((one) => one.title === title);
  if (!found) throw new Error(`No button 「${title}」 but: ${buttonsOf(card).map((one) => one.title)}`);
  return found;
}

/** The button that sends this answer, whatever it is called in the reader's language. */
export function answerButton(card: unknown, answer: string): Button {
  const found = buttonsOf(card).find((one) => one.data['answer'] === answer);
  if (!found) throw new Error(`No button answers ${answer}: ${JSON.stringify(buttonsOf(card).map((one) => one.data))}`);
  return found;
}

export const cardIn = (body: unknown): unknown =>
  (body as { attachments?: { content?: unknown }[] }).attachments?.[0]?.content;

/** Everything the person's chat holds, oldest first. */
export async function chat(connector: FakeConnector, staff: string): Promise<FakeActivity[]> {
  return (await connector.conversation(chatOf(staff)))?.activities ?? [];
}

export interface Stored {
  id: string;
  card: unknown;
  summary: string;
  updates: number;
}

/** The stored messages of a chat whose title is that. */
export async function storedTitled(connector: FakeConnector, staff: string, title: string): Promise<Stored[]> {
  const all = (await chat(connector, staff)).map(({ id, stored, updates }) => ({
    id,
    updates,
    card: cardIn(stored),
    summary: String((stored as { summary?: string }).summary ?? ''),
  }));
  return all.filter((one) => titleOf(one.card) === title);
}

/** The one stored message with that title. */
export async function oneTitled(connector: FakeConnector, staff: string, title: string): Promise<Stored> {
  const found = await storedTitled(connector, staff, title);
  const [only] = found;
  if (!only || found.length !== 1) throw new Error(`${found.length} messages 「${title}」 instead of one for ${staff}`);
  return only;
}

/** The card that a press returned. */
export function returnedCard(answer: { status: number; text: string }): unknown {
  const body = JSON.parse(answer.text) as { statusCode: number; type: string; value: unknown };
  if (answer.status !== 200 || body.type !== 'application/vnd.microsoft.card.adaptive')
    throw new Error(`The press returned no card: ${answer.status} ${answer.text.slice(0, 300)}`);
  return body.value;
}

/** The sentence that a press returned. */
export function returnedText(answer: { status: number; text: string }): string {
  const body = JSON.parse(answer.text) as { type: string; value: unknown };
  return body.type === 'application/vnd.microsoft.activity.message' ? String(body.value) : '';
}
