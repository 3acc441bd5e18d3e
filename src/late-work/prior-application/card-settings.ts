import { formatTimeOfDay } from '../../calendar/index.ts';
import { button, cardDay, commonWords, drawCard, type ItemView, quoted, type Strip } from '../../delivery/index.ts';
import type { CardContent } from '../../ports/cards.ts';
import type { LocalDate, MinuteOfDay } from '../../ports/clock.ts';
import { type OwnDay, type SettingsWords, settingsWords, WEEKDAYS } from './wording-settings.ts';

const VERB = 'late-work.section';

/** What a head may set for the own section, as it holds from tomorrow. */
export interface SectionSettingsView extends ItemView {
  itemId: string;
  state: 'open' | 'closed' | 'recalled';
  /** Null where the reader heads no section. */
  section: { key: string; name: string } | null;
  prior: 'on' | 'off';
  days: OwnDay[];
  /** Index of the section among those the reader heads, and how many there are. */
  page: number;
  pages: number;
  /** The last change of this section by its head: when, and from which day on. */
  saved?: { at: MinuteOfDay; from: LocalDate };
}

/** 事前手続: C03 on or off and the section's own no-overtime days, in one place (contracts: `priorApplication`). */
export function sectionSettingsCard(view: SectionSettingsView): CardContent {
  const words = settingsWords(view.language);
  const open = view.state === 'open' && view.section !== null;
  return drawCard(
    'late-work/section-settings',
    view,
    {
      mark: 'kaeru',
      programme: words.programme,
      title: words.title,
      strip: stripOf(view, words),
      body: [bodyOf(view, words)],
      about: words.about,
    },
    {
      sections: view.section ? [{ label: words.section, text: quoted(view.section.name) }] : [],
      facts: open || view.section === null || view.state === 'recalled' ? [] : factsOf(view, words),
      setting: open ? [settingOf(view, words)] : [],
      buttons: open ? [{ saves: [saveButton(view, words)], actions: nextButton(view, words) }] : [],
    },
  );
}

function stripOf(view: SectionSettingsView, words: SettingsWords): Strip | null {
  const common = commonWords(view.language);
  if (view.state === 'recalled') return { style: 'attention', text: `× ${common.recalled}` };
  if (view.state === 'closed') return { style: 'accent', text: `■ ${common.closed}` };
  if (!view.saved) return null;
  const { at, from } = view.saved;
  return { style: 'good', text: words.saved(formatTimeOfDay(at), cardDay(from, view.language)) };
}

function bodyOf(view: SectionSettingsView, words: SettingsWords): string {
  if (view.state === 'recalled') return commonWords(view.language).recalledBody;
  if (view.section === null) return words.noSection;
  return view.saved || view.state === 'closed' ? words.savedBody : words.body;
}

function factsOf(view: SectionSettingsView, words: SettingsWords) {
  const days = view.days.map((day) => words.days.names[day]).join(words.days.and);
  return [
    { title: words.now.prior, value: words.prior[view.prior] },
    { title: words.now.days, value: days === '' ? words.days.none : days },
  ];
}

function settingOf(view: SectionSettingsView, words: SettingsWords) {
  return {
    prior: {
      label: words.prior.label,
      missing: words.prior.missing,
      value: view.prior,
      choices: (['on', 'off'] as const).map((value) => ({ title: words.prior[value], value })),
    },
    days: {
      label: words.days.label,
      value: view.days.join(','),
      choices: WEEKDAYS.map((value) => ({ title: words.days.names[value], value })),
    },
  };
}

/** The answer is the section: a card drawn before a change of posts never writes to another one. */
function saveButton(view: SectionSettingsView, words: SettingsWords) {
  return button(view, VERB, words.save, { answer: view.section?.key ?? '' }, 'positive');
}

function nextButton(view: SectionSettingsView, words: SettingsWords) {
  if (view.pages < 2) return [];
  const page = (view.page + 1) % view.pages;
  return [button(view, VERB, words.next, { show: 'section', page })];
}
