import type { CardContent } from '../ports/cards.ts';

/** A card in one line: its title, and its state strip where it has one. */
export function cardLine(content: CardContent): { title: string; state: string | null } {
  const data: Record<string, unknown> = { ...content.data };
  const strips = Array.isArray(data.strip) ? data.strip : [];
  const state: unknown = strips[0]?.text;
  return { title: String(data.title ?? ''), state: typeof state === 'string' ? state : null };
}

/** Whether a card has a button that answers something. */
export function isPressable(content: CardContent): boolean {
  return hasButton(content.data);
}

function hasButton(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasButton);
  if (typeof value !== 'object' || value === null) return false;
  return ('verb' in value && 'payload' in value) || Object.values(value).some(hasButton);
}
