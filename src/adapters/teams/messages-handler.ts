import type { Clock } from '../../ports/clock.ts';
import { StoreUnavailable } from '../../ports/database.ts';
import type { HttpResponse } from '../../ports/http.ts';
import type { Incoming } from '../../ports/incoming.ts';
import type { Log } from '../../ports/log.ts';
import { refusal } from '../http/answer.ts';
import type { MessagesHandler } from '../http/endpoint.ts';
import { Acknowledged } from './acknowledged.ts';
import { activitySchema, type IncomingActivity, namesTenantTwice, tenantOf } from './activity.ts';
import { accepted, CANNOT_RECORD, invokeAnswer, invokeFailed, TAKES_LONG } from './answers.ts';
import { Deadline } from './deadline.ts';
import { pressKind, pressOf } from './press.ts';
import { allowedServiceUrl, type ServiceHosts } from './service-url.ts';
import type { SignIn } from './sign-in.ts';
import type { Turnstile } from './turnstile.ts';

/** Teams waits 3 s for an answer; the network keeps the rest. */
const ANSWER_WITHIN = 2_800;

interface MessagesOptions {
  incoming: Incoming;
  signIn: SignIn;
  serviceHosts: ServiceHosts;
  /** Tenants that may write; empty: any in rehearsal, none in production. */
  tenants: readonly string[];
  /** Conversation and channelData must both name the tenant, and it must be listed. */
  production?: boolean;
  /** Where the store answers over a network; one that answers at once needs none. */
  turnstile?: Turnstile | undefined;
  clock: Clock;
  log: Log;
}

/** The Teams edge of `POST /api/messages`: what may come in, and who hears of it. */
export function messagesHandler(options: MessagesOptions): MessagesHandler {
  const take = activityTaker(options);
  const listed = new Set(options.tenants.map((one) => one.toLowerCase()));
  return {
    async admit(headers) {
      const turn = options.turnstile?.pass();
      if (turn) await turn;
      const claims = await options.signIn.verify(headers);
      if (claims === null) return { refused: 'not-signed-in' };
      return {
        async handle(document) {
          if (!options.signIn.agrees(claims, document)) return refusal(401);
          const parsed = activitySchema.safeParse(document);
          if (!parsed.success) return refusal(400, 'not-an-activity', whatIsWrong(parsed.error.issues[0]?.path));
          const foreign = whyForeign(parsed.data, options, listed);
          return foreign === null ? take(parsed.data) : refusal(403, foreign.code, foreign.message);
        },
      };
    },
  };
}

function whatIsWrong(path: PropertyKey[] = []): string {
  return `The activity is not complete: ${path.map(String).join('.').slice(0, 100) || 'an object'} is missing or malformed.`;
}

function whyForeign(
  activity: IncomingActivity,
  options: MessagesOptions,
  listed: ReadonlySet<string>,
): { code: string; message: string } | null {
  if (allowedServiceUrl(activity.serviceUrl, options.serviceHosts) === null) {
    return { code: 'foreign-service-url', message: 'The serviceUrl is not on the list of allowed hosts.' };
  }
  const tenant = tenantOf(activity);
  if (tenant === 'differ') {
    return { code: 'tenants-differ', message: 'conversation and channelData name different tenants.' };
  }
  if (options.production && !namesTenantTwice(activity)) {
    return { code: 'tenant-missing', message: 'conversation and channelData must both name the tenant.' };
  }
  if ((options.production || listed.size > 0) && (tenant === null || !listed.has(tenant))) {
    return { code: 'foreign-tenant', message: 'The tenant is not on the list of allowed tenants.' };
  }
  return null;
}

/** Nothing is recorded; but where the commit was asked for and not answered, nobody knows. */
const awayText = (error: StoreUnavailable) => (error.unclear ? TAKES_LONG : CANNOT_RECORD);

/**
 * Hands an activity over and answers within 3 s, whatever happens behind; the work itself always goes on to its end. Whoever
 * pressed is told that it takes long; anything else is acknowledged, and then done although the store should go away.
 */
function activityTaker({
  incoming,
  clock,
  log,
}: MessagesOptions): (activity: IncomingActivity) => Promise<HttpResponse> {
  const deadline = new Deadline(clock, ANSWER_WITHIN);
  const acknowledged = new Acknowledged(clock, log);
  let turns: Promise<(activity: IncomingActivity) => Promise<void>> | null = null;
  /** botbuilder takes a third of a second to load, and presses do without it: at the first activity that is none. */
  const takeTurn = async (activity: IncomingActivity) => {
    turns ??= import('./turns.ts').then(({ turnsOf }) => turnsOf(incoming));
    await (await turns)(activity);
  };

  async function handOver(activity: IncomingActivity): Promise<HttpResponse> {
    const kind = pressKind(activity);
    if (kind === null) {
      if (activity.type !== 'invoke') await takeTurn(activity);
      return accepted;
    }
    const press = pressOf(activity, kind);
    if ('problem' in press) {
      return kind === 'submit' ? accepted : invokeAnswer({ error: { code: 'BadRequest', message: press.problem } });
    }
    const answer = await incoming.press(press);
    return kind === 'submit' ? accepted : invokeAnswer(answer);
  }

  return async (activity) => {
    const kind = pressKind(activity);
    let isAcknowledged = false;
    const work = handOver(activity).catch((error: unknown) => {
      log.error('An activity failed', {
        error: error instanceof Error ? error.name : typeof error,
        kind: kind ?? 'turn',
      });
      if (error instanceof StoreUnavailable && isAcknowledged) void acknowledged.finish(() => handOver(activity));
      if (error instanceof StoreUnavailable) return kind ? invokeAnswer({ text: awayText(error) }) : refusal(503);
      return kind === 'execute' ? invokeFailed : accepted;
    });
    return deadline.first(work, () => {
      log.warn('An activity took too long', { kind: kind ?? 'turn' });
      if (kind === 'execute') return invokeAnswer({ text: TAKES_LONG });
      isAcknowledged = true;
      return accepted;
    });
  };
}
