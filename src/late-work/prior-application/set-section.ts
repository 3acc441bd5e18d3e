import { noteAct } from '../../audit/index.ts';
import { addDays, localAt } from '../../calendar/index.ts';
import { type OwnSection, ownSections, setSection } from '../../people/index.ts';
import { currentPolicy } from '../../policy/index.ts';
import type { Db } from '../../ports/database.ts';
import type { CardVerb, ChatCommand, Ports, Press, PressOutcome } from '../../ports/room.ts';
import { type SectionState, settingsOfSection } from './find-settings.ts';
import { settingsSchema } from './schema.ts';
import { WEEKDAYS } from './wording-settings.ts';

/** 事前手続: a head sees and changes what holds for the own section. */
export const settingsCommand: ChatCommand = {
  name: 'prior',
  words: ['事前手続', 'じぜんてつづき', 'prior'],
  help: {
    ja: '所属の事前手続の案内とノー残業デーを設定します（所属長）',
    easy: '課(か)の お知(し)らせと ノー残業(ざんぎょう)デーを きめます',
    en: 'Set the notice before overtime and the no-overtime days of your section (heads)',
  },
  for: ['head'],
  rule: 'prior-application.settings',
  card: 'section-settings',
  run: async () => {},
};

/**
 * Takes a head's settings for a section that is the head's own on that day; they hold from the next day on, until changed.
 * Only what differs from what holds is written, so that the city's policy goes on holding for the rest. Audited.
 */
export const settingsVerb: CardVerb = {
  name: 'late-work.section',
  rules: [settingsCommand.rule],
  async take(ports, db, press) {
    const read = settingsSchema.safeParse(press.data);
    if (!read.success) return { changed: false, note: 'incomplete' };
    const { answer, show, page = 0, prior, days } = read.data;
    const today = localAt(press.at, (await currentPolicy(db, ports.settings)).timeZone).date;
    if (press.item.state !== 'open' || press.item.date !== today) return { changed: false, note: 'closed' };
    const sections = await ownSections(db, press.reader.staff, today);
    if (show === 'section') return { changed: false, view: { page } };
    const section = sections.find((one) => one.key === answer);
    if (!section) return { changed: false, note: 'not-yours' };
    const wanted = WEEKDAYS.filter((day) => days.includes(day));
    if (!prior || days.length !== wanted.length) return { changed: false, note: 'incomplete' };
    const view = { page: sections.indexOf(section) };
    const outcome = await write(ports, db, press, section, { prior, days: wanted });
    return { ...outcome, view };
  },
};

async function write(
  ports: Ports,
  db: Db,
  press: Press,
  section: OwnSection,
  wanted: SectionState,
): Promise<PressOutcome> {
  const from = addDays(press.item.date, 1);
  const held = await settingsOfSection(ports, db, section, from);
  const changes = [
    { name: 'prior-application' as const, value: wanted.prior, before: held.prior as string },
    { name: 'no-overtime-days' as const, value: wanted.days.join(','), before: held.days.join(',') },
  ].filter((change) => change.value !== change.before);
  if (changes.length === 0) return { changed: false, note: 'recorded' };
  if (press.revision < press.item.revision) return { changed: false, note: 'stale' };
  for (const { name, value } of changes) {
    const head = press.reader.staff;
    await setSection(db, { section: section.key, name, value, from, head, at: press.at });
    const detail = { section: section.path, value, from };
    await noteAct(ports, db, { actor: head, action: 'section-setting', subject: name, detail });
  }
  return { changed: true };
}
