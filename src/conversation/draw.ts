import { type ContactItem, contactWeekOf, drawContactLines, type Registry } from '../delivery/index.ts';
import { currentPolicy } from '../policy/index.ts';
import type { Db } from '../ports/database.ts';
import type { DrawExtra, DrawItem, Ports, Reader } from '../ports/room.ts';
import type { ItemTable } from '../ports/tables.ts';
import {
  type HelpView,
  helpCard,
  languageCard,
  notUnderstoodCard,
  todayCard,
  unknownSenderCard,
  welcomeCard,
} from './card.ts';
import { commandsFor } from './commands-for.ts';

export const drawWelcome: DrawItem = async (ports, db, item, reader, extra) =>
  welcomeCard({ ...viewOf(item, reader, extra), organisation: (await currentPolicy(db, ports.settings)).organisation });

export const drawUnknownSender: DrawItem = async (ports, db, item, reader) => {
  const { organisation } = await currentPolicy(db, ports.settings);
  return unknownSenderCard({ ...viewOf(item, reader), itemId: null, organisation });
};

export const drawLanguage: DrawItem = async (_ports, _db, item, reader, extra) =>
  languageCard(viewOf(item, reader, extra));

/** ヘルプ: the commands this person may use. */
export function drawHelp(registry: () => Registry): DrawItem {
  return async (ports, db, item, reader) => helpCard(await helpView(ports, db, item, reader, registry()));
}

export function drawNotUnderstood(registry: () => Registry): DrawItem {
  return async (ports, db, item, reader) => notUnderstoodCard(await helpView(ports, db, item, reader, registry()));
}

/** 今日: what reached the person today and how it stands, each line as its own card says it; what was merged, waits or was left out, and why. */
export function drawToday(registry: () => Registry): DrawItem {
  return async (ports, db, item, reader) => {
    const week = await contactWeekOf(ports, db, reader.staff, item.due_at);
    const today = week.items.filter((one) => one.on === week.today);
    const came = today.filter(({ fate }) => fate.is === 'reached' || fate.is === 'merged');
    const kept = today.filter(({ fate }) => fate.is === 'held' || fate.is === 'skipped');
    const lines = (items: ContactItem[]) => drawContactLines(ports, db, registry(), reader, items, week.budget);
    return todayCard({ ...viewOf(item, reader), items: await lines(came), kept: await lines(kept) });
  };
}

async function helpView(ports: Ports, db: Db, item: ItemTable, reader: Reader, registry: Registry): Promise<HelpView> {
  const may = await commandsFor(ports, db, reader.staff, item.date);
  const commands = registry.commands.flatMap((command) => {
    if (command.help === null || !may(command)) return [];
    const word = reader.language === 'en' ? command.words.find((one) => /^[a-z]/.test(one)) : command.words[0];
    return [{ word: word ?? command.name, help: command.help[reader.language] }];
  });
  return { ...viewOf(item, reader), commands };
}

function viewOf(item: ItemTable, reader: Reader, extra: DrawExtra = {}) {
  const note = extra.note ? { note: extra.note } : {};
  return { itemId: item.id, revision: item.revision, language: reader.language, date: item.date, ...note };
}
