import type { Language } from '../../ports/cards.ts';
import type { AboutWords, AnswerKind } from './words.ts';

/** Every sentence of C03. The bodies are those of personnel.md 2. */
export interface PriorWords {
  programme: string;
  title: string;
  body: string;
  buttons: Record<AnswerKind, string>;
  /** State strip after an answer; `at` is HH:MM. */
  answered: Record<AnswerKind, (at: string) => string>;
  after: Record<AnswerKind, string>;
  nowAnswered: (answer: string) => string;
  chooseAgain: string;
  closedWith: string;
  closedWithout: string;
  factAnswer: string;
  about: AboutWords;
}

const ja: PriorWords = {
  programme: '事前手続',
  title: '時間外勤務の事前手続のお願い',
  body: '本日、時間外勤務の予定があるときは、始める前に職員情報システムで申請してください。事前に申請できなかったときは、勤務後速やかに申請してください。勤務した時間は全て申請の対象です。',
  buttons: { applied: '申請しました', none: '時間外勤務の予定はありません', off: '本日は勤務していません' },
  answered: {
    applied: (at) => `✓ 申請しました（${at}）`,
    none: (at) => `✓ 時間外勤務の予定はありません（${at}）`,
    off: (at) => `－ 本日は勤務していません（${at}）`,
  },
  after: {
    applied: '回答を記録しました。',
    none: '回答を記録しました。予定が変わったときは、始める前に申請してください。',
    off: '対象外として記録しました。',
  },
  nowAnswered: (answer) => `現在の回答　${answer}`,
  chooseAgain: '新しい回答を選んでください。選ばないときは、現在の回答のままです。',
  closedWith: '記録した内容は次のとおりです。事前に申請できなかったときは、勤務後速やかに申請してください。',
  closedWithout: '回答の記録はありません。事前に申請できなかったときは、勤務後速やかに申請してください。',
  factAnswer: '回答',
  about: {
    purpose: '時間外勤務の事前手続の御案内。この回答は申請ではありません。',
    readers: '御本人だけ。所属長には伝わりません。',
    kept: '回答は93日',
  },
};

const easy: PriorWords = {
  programme: 'きょうの おねがい',
  title: 'はじめる まえに 申請(しんせい)',
  body: 'きょう 残業(ざんぎょう)を する 人(ひと)は、はじめる まえに 申請(しんせい)して ください。先(さき)に できなかった ときは、あとで かならず 申請(しんせい)して ください。',
  buttons: {
    applied: '申請(しんせい)しました',
    none: '残業(ざんぎょう)は しません',
    off: 'きょうは 休(やす)みです',
  },
  answered: {
    applied: (at) => `✓ 申請(しんせい)しました（${at}）`,
    none: (at) => `✓ 残業(ざんぎょう)は しません（${at}）`,
    off: (at) => `－ きょうは 休(やす)みです（${at}）`,
  },
  after: {
    applied: 'こたえを 書(か)きました。',
    none: 'こたえを 書(か)きました。残業(ざんぎょう)を する ことに なったら、はじめる まえに 申請(しんせい)して ください。',
    off: 'こたえを 書(か)きました。',
  },
  nowAnswered: (answer) => `いまの こたえ　${answer}`,
  chooseAgain: '新(あたら)しい こたえを えらんで ください。えらばない ときは、いまの こたえの ままです。',
  closedWith:
    '書(か)いた ことは、つぎの とおりです。先(さき)に 申請(しんせい)できなかった ときは、あとで かならず 申請(しんせい)して ください。',
  closedWithout:
    'こたえは ありません。先(さき)に 申請(しんせい)できなかった ときは、あとで かならず 申請(しんせい)して ください。',
  factAnswer: 'こたえ',
  about: {
    purpose:
      '残業(ざんぎょう)の まえの 申請(しんせい)を 知(し)らせるため。ここで おしても、申請(しんせい)には なりません。',
    readers: 'あなただけ。上司(じょうし)は 見(み)ません。',
    kept: 'こたえは 93日(にち)',
  },
};

const en: PriorWords = {
  programme: 'Before overtime',
  title: 'Before you work late',
  body: 'If you plan overtime today, apply in the staff system before you start. If you could not, apply soon afterwards. All time worked can be claimed.',
  buttons: { applied: 'I have applied', none: 'No overtime today', off: 'I am not at work today' },
  answered: {
    applied: (at) => `✓ I have applied (${at})`,
    none: (at) => `✓ No overtime today (${at})`,
    off: (at) => `– I am not at work today (${at})`,
  },
  after: {
    applied: 'Your answer was recorded.',
    none: 'Your answer was recorded. If your plans change, apply before you start.',
    off: 'Recorded as not applicable.',
  },
  nowAnswered: (answer) => `Your answer now: ${answer}`,
  chooseAgain: 'Choose a new answer. If you do not, your answer stays as it is.',
  closedWith: 'This is what was recorded. If you could not apply beforehand, apply soon afterwards.',
  closedWithout: 'No answer was recorded. If you could not apply beforehand, apply soon afterwards.',
  factAnswer: 'Answer',
  about: {
    purpose: 'To remind you to apply before overtime. An answer here is no application.',
    readers: 'You alone. Your manager is not told.',
    kept: 'Answers 93 days',
  },
};

/** The words of C03 in one language. */
export function priorWords(language: Language): PriorWords {
  return { ja, easy, en }[language];
}
