import { noteAct } from '../../audit/index.ts';
import { isoAt } from '../../calendar/index.ts';
import type { Instant } from '../../ports/clock.ts';
import type { CliCommand, CliResult, Ports } from '../../ports/room.ts';
import type { DeliveryGateTable } from '../../ports/tables/delivery.ts';
import { deliveryFigures } from '../books/queries.ts';
import { readGate } from '../gate/queries.ts';
import { type RepairList, repairList } from './repair-list.ts';
import { countByClass } from './rules.ts';
import { listRule } from './take-list.ts';
import { wordsOf } from './wording.ts';

/** `delivery status`: messages by state, the breaker, and who cannot be reached, without names. Audited as a view of a list. */
export const statusCommand: CliCommand = {
  name: 'delivery status',
  description: '配信の状態と、カードが届かない職員の一覧を表示します（氏名は出しません）',
  run: showStatus,
};

async function showStatus(ports: Ports): Promise<CliResult> {
  return ports.database.transaction(async (db) => {
    const list = await repairList(ports, db, ports.clock.now());
    const { messages: totals, updatesWaiting } = await deliveryFigures(db);
    const detail = { people: list.people.length, senders: list.senders.length };
    await noteAct(ports, db, { actor: 'cli', action: 'view-list', subject: listRule, detail });
    const iso = (at: Instant) => isoAt(at, list.timeZone);
    const breaker = breakerOf(await readGate(db), iso);
    const unreachable = list.people.map((one) => ({
      staff: one.staff,
      class: one.class,
      why: one.why,
      since: iso(one.since),
      section: one.section,
    }));
    const unknownSenders = list.senders.map((one) => ({ ...one, first: iso(one.first), last: iso(one.last) }));
    const document = { totals, updatesWaiting, breaker, unreachable, unknownSenders };
    return { document, lines: [...stateLines(totals, updatesWaiting, breaker), ...listLines(list, iso)] };
  });
}

interface Breaker {
  open: boolean;
  since: string | null;
  refusedInARow: number;
  closedAt: string | null;
  undone: number;
}

function breakerOf(gate: DeliveryGateTable, iso: (at: Instant) => string): Breaker {
  return {
    open: gate.opened_at !== null,
    since: gate.opened_at === null ? null : iso(gate.opened_at),
    refusedInARow: gate.refused,
    closedAt: gate.closed_at === null ? null : iso(gate.closed_at),
    undone: gate.undone,
  };
}

function stateLines(totals: Record<string, number>, updatesWaiting: number, breaker: Breaker): string[] {
  const states = Object.entries(totals).map(([state, count]) => `${state} ${count}`);
  return [
    `送信: ${states.length === 0 ? 'まだありません' : states.join('、')}`,
    `更新待ち: ${updatesWaiting}`,
    breaker.open
      ? `遮断中: ${breaker.since} から、Teamsに続けて断られています（${breaker.refusedInARow} 件）。docs/operating.md を見てください。`
      : '遮断: していません',
  ];
}

function listLines({ people, senders }: RepairList, iso: (at: Instant) => string): string[] {
  const { list } = wordsOf('ja');
  const counts = countByClass(people);
  const classes = (['no-id', 'no-chat', 'unreachable'] as const).map((name) => `${list.classes[name]} ${counts[name]}`);
  return [
    `届かない職員: ${people.length}人（${classes.join('、')}）`,
    ...people.map((one) => `  ${one.staff} ${one.section} ${list.why[one.why]}（${one.why}） ${iso(one.since)} から`),
    `${list.classes.sender}: ${senders.length}人`,
    ...senders.map((one) => `  ${one.aad} ${iso(one.first)} から ${iso(one.last)} まで ${one.times}回`),
  ];
}
