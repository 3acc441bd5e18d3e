import type { ChatCommand } from '../ports/room.ts';

const nothing = async () => {};

/** 残る / stay: an own statement on any day, before or after C02; it goes the same way as 「継続が必要です」. */
export const stayCommand: ChatCommand = {
  name: 'stay',
  words: ['残る', 'のこる', 'stay'],
  help: {
    ja: '残る理由と終了予定を所属長に知らせます',
    easy: '残(のこ)ることを 上司(じょうし)に 知(し)らせます',
    en: 'Tell your manager that you stay',
  },
  for: 'everybody',
  rule: 'late-work.stay',
  card: 'stay',
  run: nothing,
};

/** 事前了承 (P3). */
export const aheadCommand: ChatCommand = {
  name: 'prior-ok',
  words: ['事前了承', 'じぜんりょうしょう', 'prior-ok'],
  help: {
    ja: '午後8時以降も続ける職員を前もって記録します（所属長）',
    easy: 'まえもって 「わかりました」と 書(か)きます',
    en: 'Acknowledge ahead who may go on (heads)',
  },
  for: ['head'],
  rule: 'late-work.prior-ok',
  card: 'prior-ok',
  run: nothing,
};

/** 命令未登録: the list of 労務 (P1). */
export const missingCommand: ChatCommand = {
  name: 'orders',
  words: ['命令未登録', 'めいれいみとうろく', 'orders'],
  help: {
    ja: '了承があり命令の登録がないものの件数を見ます（労務）',
    easy: '命令(めいれい)が ない ものの 数(かず)を 見(み)ます',
    en: 'See where orders are missing (labour)',
  },
  for: ['labour'],
  rule: 'late-work.order-missing-list',
  card: 'order-missing-list',
  run: nothing,
};
