/** A message in the personal chat of a member of staff, as Teams sends it; `with` replaces parts at the top level. */
export function anActivity(replaced: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1700000000001',
    timestamp: '2026-11-18T07:15:00.000Z',
    serviceUrl: 'http://127.0.0.1:3978/teams/',
    channelId: 'msteams',
    from: { id: '29:mihon-taro', name: '見本 太郎', aadObjectId: 'AAAAAAAA-0000-0000-0000-000000000001' },
    conversation: { id: 'a:chat-1', conversationType: 'personal', tenantId: 'T-1' },
    recipient: { id: '28:kaeru', name: 'カエル' },
    channelData: { tenant: { id: 't-1' } },
    text: 'ヘルプ',
    ...replaced,
  };
}

/** A press on a button of a card (Action.Execute). */
export function aPress(verb: unknown, data: unknown, replaced: Record<string, unknown> = {}): Record<string, unknown> {
  const action = { type: 'Action.Execute', verb, data };
  return anActivity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    replyToId: 'f:000001',
    value: { action, trigger: 'manual' },
    ...replaced,
  });
}
