import type { ChatTarget } from './chat.ts';
import type { Patience } from './database.ts';

/** Teams waits 3 s for an answer. A store that has not taken it by then counts as away: nothing is recorded, and that is said. */
export const promptly: Patience = { within: 2_500 };

/** Who wrote, from the signed activity only. */
export interface Sender extends ChatTarget {
  /** Lower case; empty where the activity carries none. */
  aadObjectId: string;
  userId: string | null;
  botId: string | null;
  /** A personal chat; anything else gets only 「個人チャットでお話しください」. */
  personal: boolean;
}

export interface IncomingPress {
  sender: Sender;
  /** Null for a press that came as Action.Submit (a message with `value`). */
  verb: string | null;
  /** `action.data` of the activity, unchecked. */
  data: unknown;
  activityId: string | null;
  /** The message the button stands on, as Teams says; used only where our own record of it is missing. */
  replyToId: string | null;
}

/** The card to show now, as an object or as its JSON in UTF-8; or why not, in a sentence for the person (`code` as in Teams' invoke errors: BadRequest, ...). */
export type PressAnswer =
  | { card: object | Uint8Array }
  | { error: { code: string; message: string } }
  | { text: string };

/** What the Teams edge hands over. It resolves within 3 s or the edge answers for it. */
export interface Incoming {
  press(press: IncomingPress): Promise<PressAnswer>;
  message(message: { sender: Sender; text: string; activityId: string | null }): Promise<void>;
  installed(sender: Sender): Promise<void>;
  removed(sender: Sender): Promise<void>;
}
