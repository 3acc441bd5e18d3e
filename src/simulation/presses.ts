import type { CardContent, Cards } from '../ports/cards.ts';
import type { IncomingPress, Sender } from '../ports/incoming.ts';
import type { SeededRandom } from './seeded-random.ts';

interface Action {
  verb: string | null;
  data: Record<string, unknown>;
}

/** What somebody presses on a card: one of its buttons, with something chosen or written in its inputs. Null where it has none. */
export function pressOn(
  cards: Cards,
  content: CardContent,
  random: SeededRandom,
): Pick<IncomingPress, 'verb' | 'data'> | null {
  const card = cards.expand(content);
  const actions: Action[] = [];
  const inputs: Record<string, unknown> = {};
  walk(card, (element) => {
    if (element['type'] === 'Action.Execute') actions.push(actionOf(element));
    const id = element['id'];
    if (typeof id === 'string' && String(element['type']).startsWith('Input.')) inputs[id] = filled(element, random);
  });
  const action = random.pick(actions);
  if (!action) return null;
  return { verb: random.chance(0.1) ? null : action.verb, data: { ...inputs, ...action.data } };
}

function actionOf(element: Record<string, unknown>): Action {
  const data = typeof element['data'] === 'object' && element['data'] !== null ? element['data'] : {};
  return { verb: typeof element['verb'] === 'string' ? element['verb'] : null, data: { ...data } };
}

/** Mostly a value the input allows, sometimes nothing, sometimes nonsense. */
function filled(element: Record<string, unknown>, random: SeededRandom): unknown {
  if (random.chance(0.05)) return '';
  if (random.chance(0.02)) return '𠮷'.repeat(400);
  const choices = Array.isArray(element['choices']) ? element['choices'] : [];
  const choice: unknown = random.pick(choices);
  if (typeof choice === 'object' && choice !== null && 'value' in choice) return choice.value;
  if (element['type'] === 'Input.Toggle') return random.chance(0.5) ? 'true' : 'false';
  return typeof element['value'] === 'string' ? element['value'] : '模擬の記入';
}

function walk(value: unknown, visit: (element: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) for (const entry of value) walk(entry, visit);
  if (!isElement(value)) return;
  visit(value);
  for (const [key, entry] of Object.entries(value)) if (key !== 'fallback' && key !== 'data') walk(entry, visit);
}

const isElement = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Somebody of the city, as the signed activity says. */
export function senderOf(staff: string, aad: string): Sender {
  return {
    serviceUrl: 'http://127.0.0.1:1/',
    conversationId: `chat-${staff}`,
    tenantId: null,
    aadObjectId: aad,
    userId: `29:${staff}`,
    botId: '28:kaeru',
    personal: true,
  };
}
