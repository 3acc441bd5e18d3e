import type { CardContent } from '../ports/cards.ts';
import type { DrawExtra, Ports, Reader } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import { cardLine, isPressable } from './card-line.ts';
import { type CarriedLine, withCarried } from './frame.ts';
import type { Registry } from './registry.ts';
import { commonWords } from './wording.ts';

/** A card of several items is never above this (cards.md), in bytes of UTF-16 JSON: lines go first. */
const mostBytes = 28 * 1024;

/** What a message looks like, and the items that are on it: the first in full, the others as lines. None on a card that moved. */
export interface Drawing {
  items: ItemTable[];
  outgoing: { card: object | Uint8Array; summary: string };
}

/** One item in full, the others as lines. */
export interface Together {
  focus: ItemTable;
  rest: ItemTable[];
  /** Those of the rest that stand on other messages: they come over only where they can still be pressed. */
  moving: ItemTable[];
  reader: Reader;
  extra: DrawExtra;
}

/** What the room of an item says its card holds now. */
export function contentOf(
  ports: Ports,
  registry: Registry,
  item: ItemTable,
  reader: Reader,
  extra: DrawExtra,
): Promise<CardContent> {
  const draw = registry.draw(item.rule);
  if (!draw) throw new Error(`No room draws the cards of ${item.rule}.`);
  return draw(ports, ports.database.db, item, reader, extra);
}

/**
 * One card of several items: the one in focus in full, each other as a line with its state, which opens it. A line that
 * cannot be drawn, or that would make the card larger than 28 KB, is not on the card and not among its items.
 */
export async function drawTogether(
  ports: Ports,
  registry: Registry,
  { focus, rest, moving, reader, extra }: Together,
  write: (content: CardContent) => object | Uint8Array,
): Promise<Drawing> {
  const content = await contentOf(ports, registry, focus, reader, extra);
  const lines: CarriedLine[] = [];
  for (const item of rest) lines.push(...(await lineOf(ports, registry, item, reader, moving.includes(item))));
  for (;;) {
    const card = write(withCarried(content, lines, reader.language));
    if (lines.length === 0 || bytesOf(card) <= mostBytes) {
      const shown = new Set(lines.map((line) => line.itemId));
      const items = [focus, ...rest.filter((item) => shown.has(item.id))];
      return { items, outgoing: { card, summary: content.summary } };
    }
    lines.pop();
  }
}

function bytesOf(card: object | Uint8Array): number {
  const json = card instanceof Uint8Array ? new TextDecoder().decode(card) : JSON.stringify(card);
  return json.length * 2;
}

async function lineOf(
  ports: Ports,
  registry: Registry,
  item: ItemTable,
  reader: Reader,
  moves: boolean,
): Promise<CarriedLine[]> {
  try {
    const content = await contentOf(ports, registry, item, reader, {});
    if (moves && !isPressable(content)) return [];
    const { title, state } = cardLine(content);
    const { unanswered } = commonWords(reader.language);
    return [{ itemId: item.id, revision: item.revision, title, state: state ?? unanswered }];
  } catch (error) {
    ports.log.error('An item could not be drawn as a line of a card', {
      item: item.id,
      reason: error instanceof Error ? error.name : 'unknown',
    });
    return [];
  }
}
