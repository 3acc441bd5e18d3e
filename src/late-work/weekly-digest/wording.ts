import type { Language } from '../../ports/cards.ts';

/** Every sentence of the weekly digest. Counts only; nobody is named. */
export interface DigestWords {
  programme: string;
  title: string;
  body: (from: string, to: string) => string;
  merged: string;
  /** The two that stand side by side at equal size (P2). */
  beside: { afterTheFact: string; gaps: string; cases: (n: number) => string; notCounted: string };
  reasons: string;
  noReason: string;
  late: string;
  ahead: string;
  heldBack: string;
  openGaps: string;
  shortRests: (month: number) => string;
  details: string;
  columns: { day: string; leave: string; stay: string };
  unanswered: (n: number) => string;
  comment: {
    write: string;
    label: string;
    hint: string;
    missing: string;
    save: string;
    now: string;
    before: string;
    open: string;
    close: string;
    saved: (at: string) => string;
  };
  about: { purpose: string; readers: string; kept: string };
}

const ja: DigestWords = {
  programme: '週のまとめ',
  title: '先週の勤務のまとめ',
  body: (from, to) => `${from}から${to}までの件数です。氏名は示しません。`,
  merged: '定時退庁日の結果も、このカードでお知らせします。',
  beside: {
    afterTheFact: '事後の申請',
    gaps: '退庁記録が申請より遅い件数',
    cases: (n) => `${n}件`,
    notCounted: '集計していません',
  },
  reasons: '事後の申請の理由',
  noReason: '理由の記録なし',
  late: '午後8時に在庁（延べ）',
  ahead: '事前了承（延べ）',
  heldBack: '午後8時の通知を控えた件数',
  openGaps: '先月の記録の確認で御本人の回答がない日',
  shortRests: (month) => `${month}月に勤務の間隔が目安より短かった件数`,
  details: '詳しく見る',
  columns: { day: '定時退庁日', leave: '定時に退庁', stay: '残る予定' },
  unanswered: (n) => `未回答 ${n}人`,
  comment: {
    write: 'コメントを書く',
    label: 'コメント（次回のまとめで、御自身だけに示します）',
    hint: '個人が特定される記載は避けてください',
    missing: 'コメントを書いてください。',
    save: 'コメントを残す',
    now: 'コメント',
    before: '前回のコメント',
    open: '「',
    close: '」',
    saved: (at) => `✓ コメントを記録しました（${at}）`,
  },
  about: {
    purpose: '所属の業務の調整と、勤務した時間の申請の確認',
    readers: '所属長と、不在のときの代理。所管が異なるときは、お知らせください。',
    kept: '件数は記録の保存期間、コメントは31日',
  },
};

const easy: DigestWords = {
  programme: '先週(せんしゅう)の まとめ',
  title: '先週(せんしゅう)の まとめ',
  body: (from, to) => `${from}から ${to}までの 数(かず)です。名前(なまえ)は 出(で)ません。`,
  merged: '早(はや)く 帰(かえ)る 日(ひ)の 結果(けっか)も、ここに あります。',
  beside: {
    afterTheFact: 'あとからの 申請(しんせい)',
    gaps: '申請(しんせい)より おそく 帰(かえ)った 数(かず)',
    cases: (n) => `${n}件(けん)`,
    notCounted: '数(かぞ)えて いません',
  },
  reasons: 'あとから 申請(しんせい)した わけ',
  noReason: 'わけが ない',
  late: '夜(よる)の 8時(じ)に いた 数(かず)',
  ahead: 'まえもって 「わかりました」と 言(い)った 数(かず)',
  heldBack: '8時(じ)の お知(し)らせを ひかえた 数(かず)',
  openGaps: '先月(せんげつ)の 時間(じかん)で、こたえが ない 日(ひ)',
  shortRests: (month) => `${month}月(がつ)に、休(やす)む 時間(じかん)が みじかかった 数(かず)`,
  details: 'くわしく 見(み)る',
  columns: { day: '日(ひ)', leave: '時間(じかん)どおり', stay: '残(のこ)る' },
  unanswered: (n) => `こたえが ない ${n}人(にん)`,
  comment: {
    write: 'メモを 書(か)く',
    label: 'メモ（つぎの まとめで、あなただけに 見(み)せます）',
    hint: '人(ひと)の 名前(なまえ)は 書(か)かないで ください',
    missing: 'メモを 書(か)いて ください。',
    save: 'メモを 残(のこ)す',
    now: 'メモ',
    before: 'まえの メモ',
    open: '「',
    close: '」',
    saved: (at) => `✓ メモを 書(か)きました（${at}）`,
  },
  about: {
    purpose: '課(か)の 仕事(しごと)を 助(たす)け、はたらいた 時間(じかん)の 申請(しんせい)を たしかめるため',
    readers:
      '上司(じょうし)と、いない ときの かわりの 人(ひと)。あなたの 課(か)では ない ときは、教(おし)えて ください。',
    kept: '数(かず)は もとの 記録(きろく)と おなじ、メモは 31日(にち)',
  },
};

const en: DigestWords = {
  programme: 'Weekly summary',
  title: 'Last week in brief',
  body: (from, to) => `Counts from ${from} to ${to}. No names are shown.`,
  merged: 'The result of the no-overtime day is on this card too.',
  beside: {
    afterTheFact: 'Applied for afterwards',
    gaps: 'Clock later than applied for',
    cases: (n) => String(n),
    notCounted: 'Not counted',
  },
  reasons: 'Reasons for applying afterwards',
  noReason: 'No reason recorded',
  late: 'At work at 8 p.m. (days)',
  ahead: 'Acknowledged beforehand (days)',
  heldBack: '8 p.m. cards held back',
  openGaps: 'Days of last month without an answer',
  shortRests: (month) => `Short rests between shifts in month ${month}`,
  details: 'Details',
  columns: { day: 'No-overtime day', leave: 'Left on time', stay: 'Stayed' },
  unanswered: (n) => `No answer: ${n}`,
  comment: {
    write: 'Write a comment',
    label: 'Comment (shown to you alone, on the next summary)',
    hint: 'Please do not name people',
    missing: 'Please write a comment.',
    save: 'Keep the comment',
    now: 'Comment',
    before: 'Your last comment',
    open: '“',
    close: '”',
    saved: (at) => `✓ Comment kept (${at})`,
  },
  about: {
    purpose: 'To arrange the work of the section, and to see that time worked is applied for',
    readers: 'The manager, or the deputy when away. Tell us if this is not your section.',
    kept: 'Counts as long as their records, the comment 31 days',
  },
};

/** The words of the weekly digest in one language. */
export function digestWords(language: Language): DigestWords {
  return { ja, easy, en }[language];
}
