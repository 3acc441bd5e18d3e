import { randomBytes } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Instant } from '../ports/clock.ts';

/** One person's personal chat with Kaeru, as Teams would hold it. */
export interface StandInChat {
  conversationId: string;
  aadObjectId: string;
  userId: string;
  /** The bot may write to this chat. */
  installed: boolean;
  /** The product has answered the news of the installation. */
  told: boolean;
}

/** One message. `stored` is what Teams keeps; `shown` is what this person's client draws now: after a press they differ. */
export interface StandInMessage {
  activityId: string;
  sender: 'bot' | 'person';
  at: Instant;
  editedAt: Instant | null;
  text: string | null;
  summary: string | null;
  stored: object | null;
  shown: object | null;
  /** The line under the card that says why a press was not taken. */
  note: string | null;
  unread: boolean;
  /** Grows with every change, so that a page redraws only what changed. */
  version: number;
}

export interface NewMessage {
  sender: 'bot' | 'person';
  at: Instant;
  text: string | null;
  summary: string | null;
  card: object | null;
}

/** What changes of a message; what is left out stays. */
export type MessageChange = Partial<
  Pick<StandInMessage, 'stored' | 'shown' | 'text' | 'summary' | 'note' | 'editedAt'>
>;

const layout = `
  CREATE TABLE IF NOT EXISTS chat (
    conversation_id TEXT PRIMARY KEY, aad_id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL,
    installed INTEGER NOT NULL, told INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id TEXT NOT NULL, sender TEXT NOT NULL, at INTEGER NOT NULL,
    edited_at INTEGER, text TEXT, summary TEXT, stored TEXT, shown TEXT, note TEXT, unread INTEGER NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_of_chat ON message (conversation_id, seq);
`;

const columns = 'seq, sender, at, edited_at, text, summary, stored, shown, note, unread, version';
const firstActivityId = 1_700_000_000_000;

type Row = Record<string, unknown>;
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);
const json = (card: object | null) => (card === null ? null : JSON.stringify(card));

function cardOf(value: unknown): object | null {
  if (typeof value !== 'string') return null;
  const card: unknown = JSON.parse(value);
  return typeof card === 'object' ? card : null;
}

function chatOf(row: Row | undefined): StandInChat | null {
  if (row === undefined) return null;
  return {
    conversationId: String(row.conversation_id),
    aadObjectId: String(row.aad_id),
    userId: String(row.user_id),
    installed: row.installed === 1,
    told: row.told === 1,
  };
}

function messageOf(row: Row): StandInMessage {
  return {
    activityId: String(firstActivityId + Number(row.seq)),
    sender: row.sender === 'person' ? 'person' : 'bot',
    at: Number(row.at),
    editedAt: numberOf(row.edited_at),
    text: textOf(row.text),
    summary: textOf(row.summary),
    stored: cardOf(row.stored),
    shown: cardOf(row.shown),
    note: textOf(row.note),
    unread: row.unread === 1,
    version: Number(row.version),
  };
}

/** What Teams remembers, in a file of its own: it outlives a killed service, because Teams would. */
export class StandInStore {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  /** Opens or makes the file (`:memory:` for tests). */
  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${layout}`);
  }

  close(): void {
    this.#database.close();
  }

  /** The chat of that person, made when there is none. `aadObjectId` in any case of letters. */
  openChat(aadObjectId: string): StandInChat {
    const aadId = aadObjectId.toLowerCase();
    const known = this.chatOfPerson(aadId);
    if (known !== null) return known;
    const chat: StandInChat = {
      conversationId: `a:1${randomBytes(24).toString('base64url')}`,
      aadObjectId: aadId,
      userId: `29:1${randomBytes(24).toString('base64url')}`,
      installed: false,
      told: false,
    };
    this.#statement('INSERT INTO chat VALUES (?, ?, ?, 0, 0)').run(chat.conversationId, aadId, chat.userId);
    return chat;
  }

  chatOfPerson(aadObjectId: string): StandInChat | null {
    return chatOf(this.#statement('SELECT * FROM chat WHERE aad_id = ?').get(aadObjectId.toLowerCase()));
  }

  chat(conversationId: string): StandInChat | null {
    return chatOf(this.#statement('SELECT * FROM chat WHERE conversation_id = ?').get(conversationId));
  }

  setInstalled(conversationId: string, state: { installed: boolean; told: boolean }): void {
    this.#statement('UPDATE chat SET installed = ?, told = ? WHERE conversation_id = ?').run(
      state.installed ? 1 : 0,
      state.told ? 1 : 0,
      conversationId,
    );
  }

  addMessage(conversationId: string, message: NewMessage): string {
    const card = json(message.card);
    const { lastInsertRowid } = this.#statement(
      `INSERT INTO message (conversation_id, sender, at, text, summary, stored, shown, unread, version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    ).run(
      conversationId,
      message.sender,
      message.at,
      message.text,
      message.summary,
      card,
      card,
      message.sender === 'bot' ? 1 : 0,
    );
    return String(firstActivityId + Number(lastInsertRowid));
  }

  message(conversationId: string, activityId: string): StandInMessage | null {
    const row = this.#statement(`SELECT ${columns} FROM message WHERE conversation_id = ? AND seq = ?`).get(
      conversationId,
      seqOf(activityId),
    );
    return row === undefined ? null : messageOf(row);
  }

  /** The last `limit` messages of a chat, oldest first. */
  messages(conversationId: string, limit: number): StandInMessage[] {
    const sql = `SELECT ${columns} FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT ?`;
    return this.#statement(sql).all(conversationId, limit).map(messageOf).reverse();
  }

  changeMessage(conversationId: string, before: StandInMessage, change: MessageChange): void {
    const now = { ...before, ...change };
    this.#statement(
      `UPDATE message SET stored = ?, shown = ?, text = ?, summary = ?, note = ?, edited_at = ?, version = version + 1
       WHERE conversation_id = ? AND seq = ?`,
    ).run(
      json(now.stored),
      json(now.shown),
      now.text,
      now.summary,
      now.note,
      now.editedAt,
      conversationId,
      seqOf(before.activityId),
    );
  }

  removeMessage(conversationId: string, activityId: string): void {
    this.#statement('DELETE FROM message WHERE conversation_id = ? AND seq = ?').run(conversationId, seqOf(activityId));
  }

  markRead(conversationId: string): void {
    this.#statement('UPDATE message SET unread = 0 WHERE conversation_id = ? AND unread = 1').run(conversationId);
  }

  /** Unread messages by `aadObjectId`; people without any are left out. */
  unread(): Map<string, number> {
    const sql = `SELECT chat.aad_id, count(*) AS unread FROM message JOIN chat USING (conversation_id)
                 WHERE unread = 1 GROUP BY chat.aad_id`;
    return new Map(
      this.#statement(sql)
        .all()
        .map((row) => [String(row.aad_id), Number(row.unread)]),
    );
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }
}

function seqOf(activityId: string): number {
  const seq = /^\d{13}$/.test(activityId) ? Number(activityId) - firstActivityId : -1;
  return Number.isSafeInteger(seq) ? seq : -1;
}
