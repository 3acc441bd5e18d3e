import type { Language } from '../ports/cards.ts';
import type { CardNote } from '../ports/room.ts';

/** Outside a personal chat Kaeru says this and nothing else, in every language. */
export const personalChatOnly = '個人チャットでお話しください';

/** Answers to a press that reaches no card of the person. */
export const pressSentences = {
  unreadable: 'このボタンの内容を読み取れませんでした。「今日」と入力すると、現在のカードを表示します。',
  notRegistered: 'この方はまだ登録されていません。人事課にお問い合わせください。',
  closed: '受付を終了しました。',
  notYours: 'この通知の宛先の方だけが回答できます。',
};

/** The same thing has the same words on every card; `docs/words.md` lists them. */
export interface CommonWords {
  service: string;
  neutralToast: string;
  notes: Record<CardNote, string>;
  corrected: string;
  closed: string;
  recalled: string;
  recalledBody: string;
  unanswered: string;
  change: string;
  show: string;
  nextPage: string;
  previousPage: string;
  others: (n: number) => string;
  people: (n: number) => string;
  claim: string;
  openSystem: string;
  about: string;
  purpose: string;
  readers: string;
  kept: string;
  contact: string;
  contactDefault: string;
  noEvaluation: string;
  deputy: (name: string) => { before: string; name: string; after: string };
}

const ja: CommonWords = {
  service: 'Kaeru',
  neutralToast: 'Kaeruからのお知らせがあります',
  notes: {
    recorded: '記録しました。',
    stale: '表示が古くなっていました。現在の内容は次のとおりです。',
    closed: '受付は終了しています。記録は変わっていません。',
    'not-yours': 'この通知の宛先の方だけが回答できます。',
    incomplete: '入力が足りないため、記録していません。もう一度お選びください。',
  },
  corrected: '訂正',
  closed: '受付を終了しました',
  recalled: 'この通知は取り消されました',
  recalledBody: '回答の必要はありません。',
  unanswered: '未回答',
  change: '変更する',
  show: '表示する',
  nextPage: '次のページ',
  previousPage: '前のページ',
  others: (n) => `ほか ${n}人`,
  people: (n) => `${n}人`,
  claim: '勤務した時間は全て申請の対象です。',
  openSystem: '職員情報システムを開く',
  about: 'この通知について',
  purpose: '利用目的',
  readers: '見る人',
  kept: '保存期間',
  contact: '問合せ先',
  contactDefault: '人事課',
  noEvaluation: '回答は人事評価・懲戒の資料に用いません。',
  deputy: (name) => ({ before: '', name, after: 'さんの代理として表示しています。' }),
};

const easy: CommonWords = {
  service: 'Kaeru',
  neutralToast: 'Kaeruから お知(し)らせが あります',
  notes: {
    recorded: '書(か)きました。',
    stale: '古(ふる)い カードでした。いまの カードを 見(み)せます。',
    closed: 'もう おわりました。書(か)いた ことは かわりません。',
    'not-yours': 'この カードを もらった 人(ひと)だけ、こたえられます。',
    incomplete: 'たりない ところが あります。もういちど えらんで ください。',
  },
  corrected: 'なおしました',
  closed: 'もう おわりました',
  recalled: 'この お知(し)らせは 取(と)り消(け)しました',
  recalledBody: 'こたえなくて いいです。',
  unanswered: 'まだ こたえて いません',
  change: 'かえる',
  show: '見(み)る',
  nextPage: 'つぎの ページ',
  previousPage: 'まえの ページ',
  others: (n) => `ほか ${n}人(にん)`,
  people: (n) => `${n}人(にん)`,
  claim: 'はたらいた 時間(じかん)は、ぜんぶ 申請(しんせい)できます。',
  openSystem: 'システムを ひらく',
  about: 'この お知(し)らせに ついて',
  purpose: '何(なに)の ため',
  readers: '見(み)る 人(ひと)',
  kept: '残(のこ)す 期間(きかん)',
  contact: '聞(き)く ところ',
  contactDefault: '人事課(じんじか)',
  noEvaluation: 'こたえは、あなたの 評価(ひょうか)や 処分(しょぶん)に 使(つか)いません。',
  deputy: (name) => ({ before: '', name, after: 'さんの かわりに 見(み)て います。' }),
};

const en: CommonWords = {
  service: 'Kaeru',
  neutralToast: 'You have a notice from Kaeru',
  notes: {
    recorded: 'Recorded.',
    stale: 'That card was out of date. This is how things stand now.',
    closed: 'This is closed. What was recorded has not changed.',
    'not-yours': 'Only the person this was sent to can answer.',
    incomplete: 'Something was missing, so nothing was recorded. Please choose again.',
  },
  corrected: 'Corrected',
  closed: 'Closed',
  recalled: 'This notice was withdrawn',
  recalledBody: 'You do not need to answer.',
  unanswered: 'Not answered yet',
  change: 'Change',
  show: 'Show names',
  nextPage: 'Next page',
  previousPage: 'Previous page',
  others: (n) => `${n} more`,
  people: (n) => String(n),
  claim: 'All time worked can be claimed.',
  openSystem: 'Open the staff system',
  about: 'About this notice',
  purpose: 'Purpose',
  readers: 'Who sees it',
  kept: 'Kept for',
  contact: 'Contact',
  contactDefault: 'Personnel section',
  noEvaluation: 'Answers are not used for appraisal or discipline.',
  deputy: (name) => ({ before: 'Shown to you as deputy for ', name, after: '.' }),
};

/** The common words of a language. */
export function commonWords(language: Language): CommonWords {
  return { ja, easy, en }[language];
}
