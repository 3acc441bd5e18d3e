import { addDays, localAt } from '../../calendar/index.ts';
import { ownSections, sectionSetAt } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Db } from '../../ports/database.ts';
import type { DrawItem } from '../../ports/room.ts';
import type { ItemTable } from '../../ports/tables.ts';
import { type SectionSettingsView, sectionSettingsCard } from './card-settings.ts';
import { settingsOfSection } from './find-settings.ts';

/** What a head may set, as it holds from the day after the card was asked for. */
export const drawSettings: DrawItem = async (ports, db, item, reader, extra) => {
  const { timeZone } = await currentPolicy(db, ports.settings);
  const sections = await ownSections(db, reader.staff, item.date);
  const page = Math.min(extra.view?.page ?? 0, Math.max(0, sections.length - 1));
  const section = sections[page] ?? null;
  const from = addDays(item.date, 1);
  const held = section ? await settingsOfSection(ports, db, section, from) : { prior: 'off' as const, days: [] };
  const today = localAt(ports.clock.now(), timeZone).date;
  return sectionSettingsCard({
    itemId: item.id,
    revision: item.revision,
    language: reader.language,
    date: item.date,
    state: item.state === 'cancelled' ? 'recalled' : today === item.date ? 'open' : 'closed',
    section: section ? { key: section.key, name: section.path } : null,
    ...held,
    page,
    pages: sections.length,
    ...(section ? await savedOn(db, item, section.key, timeZone) : {}),
    ...(extra.note ? { note: extra.note } : {}),
  });
};

/** A change made on this card. */
async function savedOn(
  db: Db,
  item: ItemTable,
  section: string,
  timeZone: string,
): Promise<Pick<SectionSettingsView, 'saved'> | object> {
  const from = addDays(item.date, 1);
  const at = await sectionSetAt(db, section, from);
  if (at === null || at < item.created_at) return {};
  return { saved: { at: localAt(at, timeZone).minute, from } };
}
