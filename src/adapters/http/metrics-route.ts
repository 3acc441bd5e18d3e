import { createHash, timingSafeEqual } from 'node:crypto';
import type { Gauge } from 'prom-client';
import type { HttpRoute } from '../../ports/http.ts';
import { refusal } from './answer.ts';

/** Figures read at each scrape: no names, no people, only counts. */
export interface Figures {
  messages: Record<string, number>;
  updatesWaiting: number;
  lastMinute: number | null;
  breakerOpen: boolean;
  unreachablePeople: number;
  chatOpenings: Record<string, number>;
}

/** `GET /metrics` for Prometheus. With a token (`Authorization: Bearer …`) or, on a port of its own, without; else 401. */
export function metricsRoute(token: string | null, figures: () => Promise<Figures>): HttpRoute {
  let gauges: ReturnType<typeof makeGauges> | null = null;
  return {
    method: 'GET',
    path: '/metrics',
    handle: async ({ headers }) => {
      if (token !== null && !isBearer(headers.authorization, token)) return refusal(401);
      gauges ??= makeGauges();
      const { registry, show } = await gauges;
      show(await figures());
      return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
    },
  };
}

/** The library is loaded at the first scrape: most services have none, and all would wait for it at their start. */
async function makeGauges() {
  const { collectDefaultMetrics, Gauge: Made, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Made({ name, help, labelNames, registers: [registry] });
  const messages = gauge('kaeru_messages', 'Messages in the delivery ledger by state', ['state']);
  const updates = gauge('kaeru_updates_waiting', 'Stored messages that wait for their update');
  const minute = gauge(
    'kaeru_last_minute_seconds',
    'The last minute whose occasions were dealt with, seconds since 1970',
  );
  const breaker = gauge(
    'kaeru_breaker_open',
    '1 while Teams refuses one person after another and sending is held back',
  );
  const unreachable = gauge(
    'kaeru_unreachable_people',
    'People in service who cannot be reached, at most a minute old',
  );
  const openings = gauge('kaeru_chat_openings', 'Chats with people who never wrote, by state', ['state']);
  const show = (now: Figures) => {
    setByState(messages, now.messages);
    setByState(openings, now.chatOpenings);
    breaker.set(now.breakerOpen ? 1 : 0);
    unreachable.set(now.unreachablePeople);
    updates.set(now.updatesWaiting);
    if (now.lastMinute !== null) minute.set(now.lastMinute / 1000);
  };
  return { registry, show };
}

/** A state that is empty now is forgotten. */
function setByState(gauge: Gauge, counts: Record<string, number>): void {
  gauge.reset();
  for (const [state, count] of Object.entries(counts)) gauge.set({ state }, count);
}

/** Compared by hash, so that neither length nor content shows in the time it takes. */
function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
