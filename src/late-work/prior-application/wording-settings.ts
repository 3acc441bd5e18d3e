import type { Language } from '../../ports/cards.ts';
import type { AboutWords } from './words.ts';

/** The weekdays on which a section may have its own day. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
export type OwnDay = (typeof WEEKDAYS)[number];

/** Every sentence of the card on which a head sets the own section. */
export interface SettingsWords {
  programme: string;
  title: string;
  body: string;
  sharedBody: string;
  section: string;
  prior: { label: string; missing: string; on: string; off: string };
  days: { label: string; names: Record<OwnDay, string>; none: string; and: string };
  now: { prior: string; days: string };
  save: string;
  next: string;
  saved: (at: string, day: string) => string;
  savedBody: string;
  noSection: string;
  about: AboutWords;
}

const ja: SettingsWords = {
  programme: '所属の設定',
  title: '所属の設定',
  body: '所属の事前手続の案内とノー残業デーを設定できます。変更は明日から有効です。',
  sharedBody: '市の方針で決まっている所属でも、ここで変えられます。',
  section: '所属',
  prior: {
    label: '事前手続の案内（終業前）',
    missing: '入・切を選んでください。',
    on: '入：所属の職員に届けます',
    off: '切：届けません',
  },
  days: {
    label: '所属のノー残業デー',
    names: { mon: '月曜日', tue: '火曜日', wed: '水曜日', thu: '木曜日', fri: '金曜日' },
    none: 'なし',
    and: '、',
  },
  now: { prior: '事前手続の案内', days: 'ノー残業デー' },
  save: 'この内容で設定する',
  next: '次の所属',
  saved: (at, day) => `✓ 設定しました（${at}、${day}から）`,
  savedBody: '設定は明日から有効です。',
  noSection: '設定できる所属がありません。',
  about: {
    purpose: '所属に合わせた案内',
    readers: '所属長と人事課。変更は記録されます。',
    kept: '次に変更するまで',
  },
};

const easy: SettingsWords = {
  programme: 'せってい',
  title: '課(か)の せってい',
  body: '課(か)の お知(し)らせと ノー残業(ざんぎょう)デーを きめます。あしたから かわります。',
  sharedBody: '市(し)が きめた 課(か)でも、ここで かえられます。',
  section: '課(か)',
  prior: {
    label: '残業(ざんぎょう)の まえの お知(し)らせ',
    missing: 'どちらかを えらんで ください。',
    on: 'だす：課(か)の 人(ひと)に とどけます',
    off: 'ださない',
  },
  days: {
    label: '課(か)の ノー残業(ざんぎょう)デー',
    names: {
      mon: '月曜日(げつようび)',
      tue: '火曜日(かようび)',
      wed: '水曜日(すいようび)',
      thu: '木曜日(もくようび)',
      fri: '金曜日(きんようび)',
    },
    none: 'なし',
    and: '、',
  },
  now: { prior: '残業(ざんぎょう)の まえの お知(し)らせ', days: 'ノー残業(ざんぎょう)デー' },
  save: 'これに する',
  next: 'つぎの 課(か)',
  saved: (at, day) => `✓ きめました（${at}、${day}から）`,
  savedBody: 'あしたから かわります。',
  noSection: 'きめられる 課(か)が ありません。',
  about: {
    purpose: '課(か)に あわせて お知(し)らせするため',
    readers: '上司(じょうし)と 人事課(じんじか)。かえた ことは 記録(きろく)します。',
    kept: 'つぎに かえるまで',
  },
};

const en: SettingsWords = {
  programme: 'Your section',
  title: 'Section settings',
  body: 'Set the notice before overtime and the no-overtime days of your section. Changes hold from tomorrow.',
  sharedBody: 'What the city has set for your section can be changed here.',
  section: 'Section',
  prior: {
    label: 'Notice before overtime',
    missing: 'Choose on or off.',
    on: 'On: your staff receive it',
    off: 'Off',
  },
  days: {
    label: 'No-overtime days of the section',
    names: { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday' },
    none: 'None',
    and: ', ',
  },
  now: { prior: 'Notice before overtime', days: 'No-overtime days' },
  save: 'Save',
  next: 'Next section',
  saved: (at, day) => `✓ Saved (${at}), from ${day}`,
  savedBody: 'It holds from tomorrow.',
  noSection: 'There is no section for you to set.',
  about: {
    purpose: 'Notices that fit the section',
    readers: 'You and the personnel section. Changes are audited.',
    kept: 'Until it is changed',
  },
};

/** The words of the section settings in one language. */
export function settingsWords(language: Language): SettingsWords {
  return { ja, easy, en }[language];
}
