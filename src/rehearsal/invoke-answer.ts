/** What came of a press, as the person's client understands it. */
export type InvokeAnswer =
  | { kind: 'card'; card: object }
  | { kind: 'sentence'; text: string }
  | { kind: 'nothing' }
  | { kind: 'no-answer' };

/** Reads the answer to an `adaptiveCard/action` invoke as Teams does: a card to show, a sentence (message or error), or no usable answer. */
export function readInvokeAnswer(response: { status: number; body: string }): InvokeAnswer {
  const { statusCode, type, value } = parsed(response.body);
  if (response.status >= 300) return sentence(value) ?? { kind: 'no-answer' };
  if (type === 'application/vnd.microsoft.card.adaptive' && statusCode === 200 && isObject(value)) {
    return { kind: 'card', card: value };
  }
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    return { kind: 'sentence', text: value };
  }
  return sentence(value) ?? { kind: 'no-answer' };
}

function sentence(value: unknown): InvokeAnswer | null {
  return isObject(value) && 'message' in value && typeof value.message === 'string'
    ? { kind: 'sentence', text: value.message }
    : null;
}

function parsed(body: string): { statusCode?: unknown; type?: unknown; value?: unknown } {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
