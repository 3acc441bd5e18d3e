import type { HttpResponse } from '../../ports/http.ts';
import type { PressAnswer } from '../../ports/incoming.ts';

/** Shown when the work behind a press takes longer than Teams waits; the work goes on. */
export const TAKES_LONG = '処理に時間がかかっています。しばらくしてからもう一度お試しください。';
/** Shown when the store is down; nothing has been recorded. */
export const CANNOT_RECORD = 'いまは記録できません。しばらくしてからもう一度お試しください。';
/** Shown when we failed in a way nobody foresaw. */
export const FAILED = '処理できませんでした。しばらくしてからもう一度お試しください。';

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';
/** A card that is written already is put in as it stands. */
const beforeCard = Buffer.from(`{"statusCode":200,"type":"${adaptiveCard}","value":`);
const afterCard = Buffer.from('}');

/** HTTP 200 without a body: Teams has nothing to show. */
export const accepted: HttpResponse = { status: 200 };

/** The invoke body Teams expects after `adaptiveCard/action`, always under HTTP 200. */
export function invokeAnswer(answer: PressAnswer): HttpResponse {
  if ('card' in answer) {
    const { card } = answer;
    if (!(card instanceof Uint8Array)) return invoke(200, adaptiveCard, card);
    return { status: 200, body: Buffer.concat([beforeCard, card, afterCard]) };
  }
  if ('text' in answer) return invoke(200, 'application/vnd.microsoft.activity.message', answer.text);
  return invoke(400, 'application/vnd.microsoft.error', answer.error);
}

/** As `invokeAnswer`, for our own failure. */
export const invokeFailed: HttpResponse = invoke(500, 'application/vnd.microsoft.error', {
  code: 'InternalError',
  message: FAILED,
});

function invoke(statusCode: number, type: string, value: unknown): HttpResponse {
  return { status: 200, body: JSON.stringify({ statusCode, type, value }) };
}
