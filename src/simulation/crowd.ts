import type { Cards } from '../ports/cards.ts';
import type { IncomingPress } from '../ports/incoming.ts';
import { pressOn, senderOf } from './presses.ts';
import type { RunningCore } from './program.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import type { SimulatedTeams, StoredCard } from './simulated-teams.ts';
import type { Citizen } from './town.ts';

interface World {
  clock: SimulatedClock;
  random: SeededRandom;
  cards: Cards;
  people: Citizen[];
  /** How often somebody looks at a card or presses, as a part of what is usual. */
  liveliness: number;
}

/** What the crowd tells those who watch: something wrong, and whose chat the service hears from. */
interface Told {
  wrong(what: string): void;
  heard(chat: string): void;
}

const oneMinute = 60_000;
const oneDay = 24 * 60 * oneMinute;
const typed = ['今日', 'ヘルプ', 'today', 'チーム', '残る', '停止', '言語', '何でもない言葉', '残業'];

/** The people: they install, look, press (late, twice, in the wrong order, on old cards) and type. */
export class Crowd {
  readonly #world: World;
  readonly #service: () => RunningCore | null;
  readonly #report: (what: string) => void;
  readonly #heard: (chat: string) => void;
  readonly #byChat: Map<string, Citizen>;
  /** Chats whose installation the service has heard of, with the elapsed time since when. */
  readonly #installed = new Map<string, number>();
  #count = 0;
  #over = false;
  presses = 0;

  constructor(world: World, service: () => RunningCore | null, told: Told) {
    this.#world = world;
    this.#service = service;
    this.#report = told.wrong;
    this.#heard = told.heard;
    this.#byChat = new Map(world.people.map((one) => [`chat-${one.staff}`, one]));
  }

  installEverybody(): void {
    for (const citizen of this.#world.people)
      if (citizen.installed) this.#install(citizen, this.#world.random.whole(1, 60) * oneMinute);
  }

  /** Teams knows the app there again, and says so to the service. */
  installsAgain(chat: string, teams: SimulatedTeams): void {
    teams.setGone(chat, false);
    const citizen = this.#byChat.get(chat);
    if (citizen?.installed) this.#install(citizen, 0);
  }

  /** A card has come or was changed: somebody may look, press, and press again. */
  looksAt(card: StoredCard, kind: 'send' | 'update'): void {
    const { random, liveliness } = this.#world;
    const citizen = this.#byChat.get(card.conversation);
    if (this.#over || !citizen) return;
    if (card.item !== null && random.chance(0.1 * liveliness))
      this.#refresh(citizen, card, random.whole(1, 90) * oneMinute);
    if (!random.chance((kind === 'send' ? 0.5 : 0.15) * liveliness)) return;
    const delay = random.chance(0.03) ? random.whole(1, 200) * 24 * 60 * oneMinute : random.whole(5, 5400) * 1000;
    this.#later(delay, () => this.#press(citizen, card));
    if (random.chance(0.002)) this.#later(delay, () => this.#says(citizen));
  }

  /** Whose chat that is. */
  citizenOf(chat: string): Citizen | null {
    return this.#byChat.get(chat) ?? null;
  }

  /** Nobody does anything any more. */
  stop(): void {
    this.#over = true;
  }

  /** Whether the app has stood in somebody's Teams for a day, and the service was told. */
  hasApp(staff: string, teams: SimulatedTeams): boolean {
    const chat = `chat-${staff}`;
    const since = this.#installed.get(chat) ?? Number.POSITIVE_INFINITY;
    return since < this.#world.clock.elapsed() - oneDay && !teams.isGone(chat);
  }

  /** Teams tells it; where no service answers, Teams tells it no more, and the person's next message does. */
  #install(citizen: Citizen, after: number): void {
    const chat = `chat-${citizen.staff}`;
    this.#installed.delete(chat);
    this.#later(after, async () => {
      const service = this.#service();
      await service?.incoming.installed(senderOf(citizen.staff, citizen.aad));
      if (service) this.#installed.set(chat, this.#world.clock.elapsed());
    });
  }

  #says(citizen: Citizen): Promise<void> {
    const sender = senderOf(citizen.staff, citizen.aad);
    const text = this.#world.random.pick(typed) ?? '今日';
    this.#heard(sender.conversationId);
    return this.#service()?.incoming.message({ sender, text, activityId: this.#activity() }) ?? Promise.resolve();
  }

  async #press(citizen: Citizen, card: StoredCard): Promise<void> {
    const { random, cards } = this.#world;
    const pressed = pressOn(cards, card.content, random);
    if (!pressed) return;
    const press = {
      ...pressed,
      sender: senderOf(citizen.staff, citizen.aad),
      activityId: this.#activity(),
      replyToId: card.activityId,
    };
    await this.#send(press);
    if (random.chance(0.05)) this.#otherDevice(citizen, card);
    if (random.chance(0.01)) await this.#meddle(pressed, citizen);
    if (random.chance(0.1)) {
      const again = random.chance(0.5) ? press : { ...press, activityId: this.#activity() };
      this.#later(15_000, () => this.#send(again));
    }
  }

  /** What was pressed before on another device arrives after it, drawn from the same old card. */
  #otherDevice(citizen: Citizen, card: StoredCard): void {
    const pressed = pressOn(this.#world.cards, card.content, this.#world.random);
    const sender = senderOf(citizen.staff, citizen.aad);
    if (!pressed) return;
    const press = { ...pressed, sender, activityId: this.#activity(), replyToId: card.activityId };
    this.#later(this.#world.random.whole(1, 5000), () => this.#send(press));
  }

  /** Somebody else sends what stands on that card: it must have no effect and give no card. */
  async #meddle(pressed: Pick<IncomingPress, 'verb' | 'data'>, owner: Citizen): Promise<void> {
    const service = this.#service();
    const other = this.#world.random.pick(this.#world.people);
    if (!service || !other || other === owner) return;
    const sender = senderOf(other.staff, other.aad);
    const answer = await service.incoming.press({ ...pressed, sender, activityId: this.#activity(), replyToId: null });
    if ('card' in answer) this.#report('a press on somebody else’s card gave a card');
  }

  #refresh(citizen: Citizen, card: StoredCard, after: number): void {
    const sender = senderOf(citizen.staff, citizen.aad);
    const data = { i: card.item, r: 0 };
    const press = { verb: 'delivery.refresh', data, sender, activityId: this.#activity(), replyToId: card.activityId };
    this.#later(after, () => this.#send(press));
  }

  async #send(press: IncomingPress): Promise<void> {
    const service = this.#service();
    if (!service) return;
    this.presses += 1;
    this.#heard(press.sender.conversationId);
    const answer = await service.incoming.press(press);
    if ('error' in answer) this.#report(`a press on a card of ours was refused: ${answer.error.code}`);
  }

  #activity(): string {
    this.#count += 1;
    return `pressed-${this.#count}`;
  }

  #later(milliseconds: number, what: () => unknown): void {
    void this.#world.clock
      .wait(milliseconds)
      .then(() => (this.#over ? undefined : what()))
      .catch((error: unknown) => this.#report(`a service failed at what somebody did: ${nameOf(error)}`));
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 80)}` : 'unknown';
}
