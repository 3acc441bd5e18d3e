import { pino } from 'pino';
import type { Log } from '../ports/log.ts';

type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** The only fields that reach the log. A new one is added here, after asking whether it can say who somebody is. */
const allowedFields: ReadonlySet<string> = new Set([
  'added',
  'attempt',
  'attempts',
  'bytes',
  'cancelled',
  'card',
  'caught',
  'code',
  'command',
  'count',
  'date',
  'due',
  'duration',
  'error',
  'failed',
  'fired',
  'from',
  'host',
  'item',
  'kind',
  'left',
  'method',
  'message',
  'milliseconds',
  'minute',
  'minutes',
  'missed',
  'mode',
  'outcome',
  'owner',
  'pace',
  'pending',
  'person',
  'planned',
  'policyVersion',
  'port',
  'problems',
  'reason',
  'refused',
  'retryAfter',
  'rows',
  'rule',
  'seed',
  'sent',
  'signal',
  'skipped',
  'state',
  'status',
  'to',
  'total',
  'unknown',
  'verb',
  'version',
  'waiting',
  'why',
]);

/** Codes, names of rules and states, dates, hashes. A sentence, a Japanese name or a mail address is none of these. */
const harmless = /^[A-Za-z0-9_.:/+-]{0,100}$/;

/** A log of one JSON line each to stderr (or to `write`). Fields outside the allow-list are dropped and only counted. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const out = pino({ level, base: null }, write ? { write } : pino.destination({ dest: 2, sync: true }));
  return {
    info: (message, data) => out.info(allowed(data), message),
    warn: (message, data) => out.warn(allowed(data), message),
    error: (message, data) => out.error(allowed(data), message),
  };
}

function allowed(data: Record<string, string | number | boolean | null> = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  let dropped = 0;
  for (const [field, value] of Object.entries(data)) {
    if (!allowedFields.has(field)) dropped += 1;
    else kept[field] = typeof value === 'string' && !harmless.test(value) ? '[text]' : value;
  }
  return dropped > 0 ? { ...kept, dropped } : kept;
}
