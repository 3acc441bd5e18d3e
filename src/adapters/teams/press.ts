import type { IncomingPress } from '../../ports/incoming.ts';
import { type IncomingActivity, senderOf, writtenText } from './activity.ts';

/** Kinds of activity: a button of a card as invoke, the same as a message (Action.Submit), or anything else. */
type PressKind = 'execute' | 'submit' | null;

export function pressKind(activity: IncomingActivity): PressKind {
  if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') return 'execute';
  const hasValue = activity.value !== undefined && activity.value !== null;
  return activity.type === 'message' && hasValue && writtenText(activity) === '' ? 'submit' : null;
}

/** The press an activity carries, or what is wrong with its payload. `data` stays unchecked but is an object. */
export function pressOf(activity: IncomingActivity, kind: 'execute' | 'submit'): IncomingPress | { problem: string } {
  const rest = { sender: senderOf(activity), activityId: activity.id ?? null, replyToId: activity.replyToId ?? null };
  if (kind === 'submit') {
    return isObject(activity.value)
      ? { ...rest, verb: null, data: activity.value }
      : { problem: 'value must be an object.' };
  }
  const action = isObject(activity.value) ? activity.value['action'] : undefined;
  if (!isObject(action)) return { problem: 'value.action must be an object.' };
  const { verb, data = {} } = action;
  if (typeof verb !== 'string' || verb === '' || verb.length > 100) {
    return { problem: 'value.action.verb must be a name of at most 100 characters.' };
  }
  return isObject(data) ? { ...rest, verb, data } : { problem: 'value.action.data must be an object.' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
