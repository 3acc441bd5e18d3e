import type { CallKind } from './connector-script.ts';

export interface FakeActivity {
  id: string;
  /** What a reload shows: the last body that was sent or updated. */
  stored: object;
  /** What the client shows now: the stored one, or the card that a press returned. */
  shown: object;
  updates: number;
}

export interface FakeConversation {
  id: string;
  /** Requests of each kind that arrived, accepted or not. */
  posts: number;
  puts: number;
  accepted: number;
  activities: FakeActivity[];
  /** Who it was opened for; null where it was only written to. */
  member: string | null;
}

export interface FakeState {
  conversations: FakeConversation[];
  /** Every request to /v3, in order of arrival. */
  calls: {
    kind: CallKind;
    conversation: string;
    at: number;
    accepted: boolean;
    status: number | null;
    /** Refused because it was over the limits that are enforced, not because the script said so. */
    over?: true;
  }[];
}

/** Per conversation: its id, the POSTs of cards that arrived, and how many of them were accepted. */
export type FakeCounts = [id: string, posts: number, accepted: number][];

/** What the fake Bot Connector remembers. Stored and shown cards are kept apart, as Teams does. */
export class ConnectorState {
  readonly conversations = new Map<string, FakeConversation>();
  readonly calls: FakeState['calls'] = [];
  private numbers = 0;
  private accepted = 0;
  private waiting: { sends: number; tell: () => void }[] = [];
  /** True: cards and calls are counted and not kept, for cities of tens of thousands. */
  countsOnly = false;
  /** True: calls are kept although cards are only counted. */
  keepsCalls = false;

  conversation(id: string, member: string | null = null): FakeConversation {
    const known = this.conversations.get(id);
    if (known) return known;
    const made: FakeConversation = { id, posts: 0, puts: 0, accepted: 0, activities: [], member };
    this.conversations.set(id, made);
    return made;
  }

  /** The chat of a person: a second create answers the first chat, as Teams does. */
  open(member: string): FakeConversation {
    const known = [...this.conversations.values()].find((one) => one.member === member);
    return known ?? this.conversation(`a:chat-${this.nextNumber()}`, member);
  }

  send(conversation: FakeConversation, body: object): FakeActivity {
    const activity = { id: `f:${this.nextNumber()}`, stored: body, shown: body, updates: 0 };
    if (!this.countsOnly) conversation.activities.push(activity);
    conversation.accepted += 1;
    this.accepted += 1;
    this.tell();
    return activity;
  }

  called(call: FakeState['calls'][number]): void {
    if (!this.countsOnly || this.keepsCalls) this.calls.push(call);
  }

  /** Resolves with the number of cards accepted since the last `forget` as soon as it is that many. */
  reached(sends: number): Promise<number> {
    return new Promise((resolve) => {
      this.waiting.push({ sends, tell: () => resolve(this.accepted) });
      this.tell();
    });
  }

  counts(): FakeCounts {
    return [...this.conversations.values()].map(({ id, posts, accepted }) => [id, posts, accepted]);
  }

  update(conversation: FakeConversation, id: string, body: object): boolean {
    const activity = conversation.activities.find((one) => one.id === id);
    if (!activity) return false;
    Object.assign(activity, { stored: body, shown: body, updates: activity.updates + 1 });
    return true;
  }

  show(conversationId: string, activityId: string, card: object): void {
    const activity = this.conversations.get(conversationId)?.activities.find((one) => one.id === activityId);
    if (activity) activity.shown = { ...activity.stored, attachments: [{ content: card }] };
  }

  reload(): void {
    for (const { activities } of this.conversations.values()) {
      for (const activity of activities) activity.shown = activity.stored;
    }
  }

  forget(): void {
    this.conversations.clear();
    this.calls.length = 0;
    this.accepted = 0;
  }

  whole(): FakeState {
    return { conversations: [...this.conversations.values()], calls: this.calls };
  }

  private tell(): void {
    for (const one of this.waiting.filter(({ sends }) => sends <= this.accepted)) one.tell();
    this.waiting = this.waiting.filter(({ sends }) => sends > this.accepted);
  }

  private nextNumber(): string {
    this.numbers += 1;
    return String(this.numbers).padStart(6, '0');
  }
}
