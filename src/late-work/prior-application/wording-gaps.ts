import type { Language } from '../../ports/cards.ts';
import type { AboutWords, GapAnswer } from './words.ts';

/** Every sentence of the gap list. It asks; it never says that something was wrong (P1, P2). */
export interface GapWords {
  programme: string;
  title: string;
  body: string;
  columns: { day: string; left: string; applied: string };
  applied: (until: string) => string;
  notApplied: string;
  choose: string;
  chooseMissing: string;
  buttons: Record<GapAnswer, string>;
  answers: Record<GapAnswer, string>;
  open: (n: number) => string;
  done: string;
  doneBody: string;
  closedBody: string;
  about: AboutWords;
}

const ja: GapWords = {
  programme: '勤務時間の確認',
  title: '退庁の記録と申請の確認のお願い',
  body: '先月、退庁の記録が申請より遅い日があります。勤務していたときは、申請を追加してください。',
  columns: { day: '日', left: '退庁の記録', applied: '申請の終わり' },
  applied: (until) => `${until}まで`,
  notApplied: '申請なし',
  choose: '回答する日',
  chooseMissing: '日を一つ以上選んでください。',
  buttons: { claimed: '申請を追加した', 'not-work': '業務外の在庁', 'wrong-record': '記録の誤り' },
  answers: { claimed: '✓ 申請を追加した', 'not-work': '－ 業務外の在庁', 'wrong-record': '？ 記録の誤り' },
  open: (n) => `● 回答していない日が${n}日あります`,
  done: '✓ 全ての日の回答を記録しました',
  doneBody: '回答は期限まで変更できます。',
  closedBody: '記録した内容は次のとおりです。勤務した時間は、これからも申請できます。',
  about: {
    purpose: '勤務した時間が漏れなく申請されるようにするため',
    readers: '御本人だけ。所属長には、回答のない日の数だけを示します。',
    kept: '回答は93日',
  },
};

const easy: GapWords = {
  programme: '時間(じかん)の 確認(かくにん)',
  title: 'はたらいた 時間(じかん)',
  body: '先月(せんげつ)、申請(しんせい)より おそく 帰(かえ)った 日(ひ)が あります。はたらいて いた ときは、申請(しんせい)して ください。',
  columns: { day: '日(ひ)', left: '帰(かえ)った 時間(じかん)', applied: '申請(しんせい)の おわり' },
  applied: (until) => `${until}まで`,
  notApplied: '申請(しんせい) なし',
  choose: 'どの 日(ひ)に ついて こたえますか',
  chooseMissing: '日(ひ)を えらんで ください。',
  buttons: {
    claimed: '申請(しんせい)しました',
    'not-work': '仕事(しごと)では ない',
    'wrong-record': '時間(じかん)が ちがう',
  },
  answers: {
    claimed: '✓ 申請(しんせい)しました',
    'not-work': '－ 仕事(しごと)では ない',
    'wrong-record': '？ 時間(じかん)が ちがう',
  },
  open: (n) => `● こたえて いない 日(ひ)が ${n}日(にち) あります`,
  done: '✓ ぜんぶの 日(ひ)に こたえました',
  doneBody: 'こたえは、しめきりまで かえられます。',
  closedBody: '書(か)いた ことは、つぎの とおりです。はたらいた 時間(じかん)は、これからも 申請(しんせい)できます。',
  about: {
    purpose: 'はたらいた 時間(じかん)を、ぜんぶ 申請(しんせい)できるように するため',
    readers: 'あなただけ。上司(じょうし)は、こたえが ない 日(ひ)の 数(かず)だけ 見(み)ます。',
    kept: 'こたえは 93日(にち)',
  },
};

const en: GapWords = {
  programme: 'Working time',
  title: 'Check your hours',
  body: 'Last month the clock shows days on which you left later than you applied for. If you were working, please add an application.',
  columns: { day: 'Day', left: 'Clock: left', applied: 'Applied until' },
  applied: (until) => until,
  notApplied: 'Nothing applied for',
  choose: 'Days you answer for',
  chooseMissing: 'Choose at least one day.',
  buttons: {
    claimed: 'I added an application',
    'not-work': 'I was not working',
    'wrong-record': 'The record is wrong',
  },
  answers: { claimed: '✓ Application added', 'not-work': '– Not working', 'wrong-record': '? Record is wrong' },
  open: (n) => `● ${n} days without an answer`,
  done: '✓ You have answered for every day',
  doneBody: 'You may change your answers until this closes.',
  closedBody: 'This is what was recorded. You may still apply for time you worked.',
  about: {
    purpose: 'So that all time worked is applied for',
    readers: 'You alone. Your manager sees only how many days have no answer.',
    kept: 'Answers 93 days',
  },
};

/** The words of the gap list in one language. */
export function gapWords(language: Language): GapWords {
  return { ja, easy, en }[language];
}
