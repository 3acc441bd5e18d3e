/* What Teams sends, written by hand from the Bot Framework's pages: nothing of the product is used here. */

/** The id by which Entra knows the person of a 職員番号. */
export function aadOf(staff: string): string {
  return `aaaaaaaa-0000-4000-8000-${staff.padStart(12, '0')}`;
}

export const chatOf = (staff: string) => `a:chat-of-${staff}`;

let activities = 0;

/** The parts that every activity from the personal chat of one person has. */
function from(staff: string, serviceUrl: string): Record<string, unknown> {
  activities += 1;
  return {
    id: `f:activity-${process.pid}-${activities}`,
    timestamp: '2026-11-18T07:15:00.0000000Z',
    serviceUrl,
    channelId: 'msteams',
    from: { id: `29:user-${staff}`, aadObjectId: aadOf(staff) },
    conversation: { id: chatOf(staff), conversationType: 'personal', tenantId: 'tenant-1' },
    recipient: { id: '28:kaeru', name: 'Kaeru' },
    channelData: { tenant: { id: 'tenant-1' } },
  };
}

export const installed = (staff: string, serviceUrl: string) => ({
  ...from(staff, serviceUrl),
  type: 'installationUpdate',
  action: 'add',
});

export const uninstalled = (staff: string, serviceUrl: string) => ({
  ...from(staff, serviceUrl),
  type: 'installationUpdate',
  action: 'remove',
});

export const wrote = (staff: string, serviceUrl: string, text: string) => ({
  ...from(staff, serviceUrl),
  type: 'message',
  textFormat: 'plain',
  locale: 'ja-JP',
  text,
});

/** A press on Action.Execute: `data` is the button's own and, merged in by Teams, what stands in the inputs. */
export const pressed = (
  staff: string,
  serviceUrl: string,
  button: { verb: string; data: object },
  replyToId: string,
  inputs: object = {},
) => ({
  ...from(staff, serviceUrl),
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId,
  value: {
    action: { type: 'Action.Execute', verb: button.verb, data: { ...button.data, ...inputs } },
    trigger: 'manual',
  },
});

/** The same press from a client that only knows Action.Submit: a message with a value. */
export const submitted = (staff: string, serviceUrl: string, data: object, replyToId: string) => ({
  ...from(staff, serviceUrl),
  type: 'message',
  replyToId,
  value: data,
});

const COLUMNS =
  '職員番号,氏名,メール,AADオブジェクトID,局区,部,課,職位,管理職,所属長,勤務区分,始業,終業,採用日,退職日,言語';

export interface Person {
  staff: string;
  name?: string;
  head?: string;
  type?: string;
  start?: string;
  end?: string;
  hired?: string;
  language?: string;
  aad?: string;
}

/** A staff file as a city exports it. Names are plainly invented. */
export function staffFile(people: Person[], separator = ','): string {
  const rows = people.map((person) => [
    person.staff,
    person.name ?? `試験 ${person.staff}`,
    '',
    person.aad ?? aadOf(person.staff),
    '試験局',
    '試験部',
    '試験課',
    person.head ? '主事' : '課長',
    person.head ? '0' : '1',
    person.head ?? '',
    person.type ?? '日勤',
    person.start ?? '08:30',
    person.end ?? '17:15',
    person.hired ?? '2020-04-01',
    '',
    person.language ?? 'ja',
  ]);
  return `${[COLUMNS.split(','), ...rows].map((row) => row.join(separator)).join('\n')}\n`;
}
