import type { CardContent, Cards, Language } from './cards.ts';
import type { Chat } from './chat.ts';
import type { Clock, Instant, LocalDate } from './clock.ts';
import type { Database, Db } from './database.ts';
import type { Contact, DecidePage, DueMinute, PagesOf, Urgency } from './decision.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';
import type { Secrets } from './secrets.ts';
import type { Sheets } from './sheets.ts';
import type { ItemTable, StaffRowTable } from './tables.ts';

export type * from './decision.ts';

/** Everything a use-case may touch of the world. */
export interface Ports {
  database: Database;
  clock: Clock;
  random: Random;
  secrets: Secrets;
  chat: Chat;
  cards: Cards;
  log: Log;
  settings: Settings;
  /** Shows how far a long piece of work is; only where somebody watches a terminal. */
  progress?: (what: string) => Progress;
  /** Writes workbooks; only at a command line. */
  sheets?: Sheets;
}

/** Says how much is done of how much. */
export type Progress = (done: number, of: number) => void;

/** The part of the configuration that rooms may know. */
export interface Settings {
  mode: 'rehearsal' | 'production';
  /** Connector calls a second, all kinds together. */
  pace: number;
  /** Service URL for people who never wrote; null where none is set. */
  serviceUrl: string | null;
  /** The organisation's tenant; null in rehearsal. */
  tenantId: string | null;
  /** Folder of the store and of what stands beside it. */
  dataFolder: string;
  /** The policy that rehearsal falls back to when none was applied: path of a YAML file, null in production. */
  samplePolicy: string | null;
  /** One piece of work (a minute, a press, a card): everything asked with the same one sees the same policy. */
  moment?: object;
}

/** Who looks at a card, and in which language. */
export interface Reader {
  staff: string;
  language: Language;
}

/** What a press and the card that answers it have to know of the roster's row. */
export type CardPerson = Pick<StaffRowTable, 'staff' | 'head' | 'end_minute'>;

/** What was pressed, after sign-in and after the item was found to belong to the person. `data` is still unchecked. */
export interface Press {
  item: ItemTable;
  reader: Reader;
  /** The roster's row of the person that holds on the item's date; null where the roster has none. */
  person: CardPerson | null;
  revision: number;
  data: Record<string, unknown>;
  at: Instant;
}

/** What a press did. `changed` bumps the item's revision and queues one update of the stored message. `view` goes to `draw`. */
export interface PressOutcome {
  changed: boolean;
  /** Other items whose cards now look different. */
  touched?: string[];
  note?: CardNote;
  view?: CardView;
  /** The language in which the person reads from now on, where the press has chosen one. */
  language?: Language;
  /** What the press found and left behind in the store: the room's own, so that `draw` need not read it again. */
  known?: object;
  /** True: the verb has written nothing to the item's own row, which need not be read again either. */
  itemStands?: boolean;
}

/** One line above the card that says what just happened to a press. */
export type CardNote = 'recorded' | 'stale' | 'closed' | 'not-yours' | 'incomplete';

/** What the person asked to see in this answer only; it is never stored in Teams. */
export interface CardView {
  /** Show names (audited before). */
  named?: boolean;
  /** Page of a list, from 0. */
  page?: number;
  /** Show the question again, to answer it anew. */
  again?: boolean;
  /** A number the person chose to reckon with. */
  figure?: number;
}

export interface OccasionRule {
  /** Public name: `no-overtime-day`. */
  name: string;
  /** Public name of the card: `wed-on-time`. */
  card: string;
  /** 1 time-bound, 2 update after a press, 3 may wait. */
  priority: number;
  urgency: Urgency;
  contact: Contact;
  /** How the roster is gone through: so many people at a time, or teams of so many people together, by the number of their 所属長. */
  pages: PagesOf;
  /**
   * The minutes of that date at which the rule may have something for somebody; none on a day it does not name. They follow from
   * policy, holidays and the own hours that occur in the roster, not from the people. One too many costs a look at everybody.
   */
  minutes(ports: Ports, db: Db, date: LocalDate): Promise<DueMinute[]>;
  /**
   * Reads what the decisions of that date have in common, once for all pages; null where it names nobody. Who is due is asked
   * when the minute comes, and may depend on anything in the store (clock, orders, answers).
   */
  decide(ports: Ports, db: Db, date: LocalDate): Promise<DecidePage | null>;
}

/** Draws the present state of an item for its reader; `extra` belongs to this answer alone. */
export type DrawItem = (
  ports: Ports,
  db: Db,
  item: ItemTable,
  reader: Reader,
  extra: DrawExtra,
) => Promise<CardContent>;

/** `person`: the roster's row of the item's date, where it has been read already. `known`: after a press only, what its transaction has read. */
export interface DrawExtra {
  note?: CardNote;
  view?: CardView;
  person?: CardPerson;
  known?: object;
}

/** A kind of card: how items of these rules are drawn. */
export interface CardKind {
  rules: string[];
  draw: DrawItem;
}

export interface CardVerb {
  /** `room.verb`. */
  name: string;
  /** Rules whose items it takes; a press that arrives without a verb (Action.Submit) goes to the verb of its item's rule. */
  rules: string[];
  /**
   * It changes nothing but what belongs to its item or its person, reads nothing else that a press changes, and leaves nothing
   * behind but in the store; other items are only `touched`. Such presses go side by side and may be taken twice (decision 0020).
   */
  ownOnly?: boolean;
  /** Decides and writes inside the given transaction. Bad data is an outcome (`incomplete`), never an exception. */
  take(ports: Ports, db: Db, press: Press): Promise<PressOutcome>;
}

export interface ChatCommand {
  name: string;
  /** What a person may type, lower case, in any language. */
  words: string[];
  /** Line of the help card; null is not listed. */
  help: Record<Language, string> | null;
  /** Who sees and uses it: everybody, or those who have direct reports (`head`) or hold one of these roles (`hr`, `labour`, …). */
  for: 'everybody' | readonly string[];
  /** Rule name its reply is filed under in the ledger; its card is drawn by the CardKind of that rule. */
  rule: string;
  card: string;
  /** Writes what the command changes; what it shows is drawn when it is sent. `argument` is the text behind the word. */
  run(ports: Ports, db: Db, reader: Reader, argument: string): Promise<void>;
}

export interface CliOption {
  /** As commander writes it: `--effective <date>`. */
  flags: string;
  description: string;
  required?: boolean;
}

export interface CliCommand {
  /** `import staff`. */
  name: string;
  description: string;
  /** As commander writes it: `<file>`. */
  arguments?: string;
  options?: CliOption[];
  run(ports: Ports, args: string[], options: Record<string, string | boolean | undefined>): Promise<CliResult>;
}

/** A file that another system of the city sends: `POST /feeds/<name>` with `text/csv`. It is answered as its command is. */
export interface Feed {
  name: string;
  /** `sender` is the application that signed in. Bad input is a result that `failed`, never an exception. */
  take(ports: Ports, content: Uint8Array, sender: string): Promise<CliResult>;
}

/** `document` is what `--json` prints; `lines` is what a person reads. `failed` makes the exit code 1 with `error` in the document. */
export interface CliResult {
  document: object;
  lines: string[];
  failed?: { code: string; message: string; where?: string };
}

/** A refusal a person can act on: what, where, what was expected. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly where: string | undefined;
  constructor(code: string, message: string, where?: string) {
    super(message);
    this.code = code;
    this.where = where;
  }
}

/** The door of a room, as data. */
export interface Room {
  name: string;
  rules?: OccasionRule[];
  cards?: CardKind[];
  verbs?: CardVerb[];
  commands?: ChatCommand[];
  cli?: CliCommand[];
  feeds?: Feed[];
  /** Work of the minute that is no occasion: unsealing, closing. Runs before the occasions of that minute. */
  everyMinute?(ports: Ports, minute: Instant): Promise<void>;
}
