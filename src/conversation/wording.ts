import type { Language } from '../ports/cards.ts';

/** Each language under its own name. */
export const languageNames: Record<Language, string> = {
  ja: '日本語',
  easy: 'やさしい日本語(にほんご)',
  en: 'English',
};

interface AboutWords {
  purpose: string;
  readers: string;
  kept: string;
}

interface ConversationWords {
  organisation: string;
  welcome: { title: string; body: string; facts: { title: string; value: string }[]; sentence: string };
  /** `also` repeats the message for somebody who reads no Japanese. */
  unknown: { title: string; body: string; also: string };
  help: { title: string; body: string };
  notUnderstood: { title: string; body: string };
  language: { title: string; body: string; now: (name: string) => string };
  today: {
    title: string;
    body: (n: number) => string;
    nothing: string;
    kept: (n: number) => string;
    more: (n: number) => string;
    about: AboutWords;
  };
  about: AboutWords;
}

const ja: ConversationWords = {
  organisation: '設置者',
  welcome: {
    title: 'Kaeruを使う前に',
    body: '定時退庁など働き方のお知らせを、このチャットに届けます。「ヘルプ」と入力すると使い方を表示します。',
    facts: [
      { title: '利用目的', value: '働き方・仕事の進め方改革の推進' },
      { title: '保存するもの', value: '届けたお知らせと回答' },
      { title: '見る人', value: 'お知らせごとに「この通知について」で示します。' },
      { title: '保存期間', value: '定時退庁日の回答は93日、補足の文章は31日' },
    ],
    sentence: '回答は人事評価・懲戒の資料に用いません。',
  },
  unknown: {
    title: 'まだ登録がありません',
    body: '職員の名簿で確認できないため、お知らせを表示できません。登録については人事課にお問い合わせください。',
    also: 'You are not registered yet. Please ask the personnel section.',
  },
  help: { title: 'Kaeruの使い方', body: '次の言葉を入力してください。' },
  notUnderstood: {
    title: '内容を読み取れませんでした',
    body: '次の言葉を入力してください。お知らせへの回答は、カードのボタンでお願いします。',
  },
  language: {
    title: '言語を選んでください',
    body: '選んだ言語で、これからのカードを表示します。',
    now: (name) => `現在の言語　${name}`,
  },
  today: {
    title: '今日のお知らせ',
    body: (n) => `今日は${n}件あります。`,
    nothing: '今日、お知らせや回答をお願いするものはありません。',
    kept: (n) => `控えたものが${n}件あります。`,
    more: (n) => `ほか ${n}件`,
    about: { purpose: '今日お届けしたものの確認', readers: '御本人だけ', kept: 'この表示は保存しません。' },
  },
  about: {
    purpose: 'Kaeruの利用の案内',
    readers: '御本人だけ',
    kept: '選んだ言語は変更するまで、お知らせの記録は5年',
  },
};

const easy: ConversationWords = {
  organisation: '作(つく)った ところ',
  welcome: {
    title: 'Kaeruを 使(つか)う まえに',
    body: '早(はや)く 帰(かえ)る 日(ひ)などの お知(し)らせを します。「ヘルプ」と 書(か)くと、使(つか)いかたが わかります。',
    facts: [
      { title: '何(なに)の ため', value: 'みんなの はたらきかたを よく するため' },
      { title: '残(のこ)す もの', value: 'お知(し)らせと あなたの こたえ' },
      { title: '見(み)る 人(ひと)', value: '「この お知(し)らせに ついて」に 書(か)いて あります。' },
      {
        title: '残(のこ)す 期間(きかん)',
        value: '早(はや)く 帰(かえ)る 日(ひ)の こたえは 93日(にち)、書(か)いた 文(ぶん)は 31日(にち)',
      },
    ],
    sentence: 'こたえは、あなたの 評価(ひょうか)や 処分(しょぶん)に 使(つか)いません。',
  },
  unknown: {
    title: 'まだ 登録(とうろく)が ありません',
    body: 'あなたの 名前(なまえ)が ありません。お知(し)らせを 見(み)せられません。人事課(じんじか)に 聞(き)いて ください。',
    also: 'You are not registered yet. Please ask the personnel section.',
  },
  help: { title: 'Kaeruの 使(つか)いかた', body: 'つぎの ことばを 書(か)いて ください。' },
  notUnderstood: {
    title: 'わかりませんでした',
    body: 'つぎの ことばを 書(か)いて ください。こたえる ときは、カードの ボタンを おして ください。',
  },
  language: {
    title: 'ことばを えらんで ください',
    body: 'えらんだ ことばで カードを 見(み)せます。',
    now: (name) => `いまの ことば　${name}`,
  },
  today: {
    title: 'きょうの お知(し)らせ',
    body: (n) => `きょうは ${n}件(けん) あります。`,
    nothing: 'きょうは、お知(し)らせは ありません。こたえる ものも ありません。',
    kept: (n) => `すぐに とどけなかった ものが ${n}件(けん) あります。`,
    more: (n) => `ほか ${n}件(けん)`,
    about: {
      purpose: 'きょうの お知(し)らせを 見(み)るため',
      readers: 'あなただけ',
      kept: 'この カードは 残(のこ)しません。',
    },
  },
  about: {
    purpose: 'Kaeruの 使(つか)いかたを 知(し)らせるため',
    readers: 'あなただけ',
    kept: 'えらんだ ことばは、かえるまで。お知(し)らせの 記録(きろく)は 5年(ねん)',
  },
};

const en: ConversationWords = {
  organisation: 'Run by',
  welcome: {
    title: 'Before you use Kaeru',
    body: 'Notices about leaving on time and working style come to this chat. Type “help” to see what you can do.',
    facts: [
      { title: 'Purpose', value: 'To carry out the work-style reform' },
      { title: 'What is kept', value: 'The notices sent and your answers' },
      { title: 'Who sees it', value: 'Each notice says so under “About this notice”.' },
      { title: 'Kept for', value: 'Answers of no-overtime days 93 days, details 31 days' },
    ],
    sentence: 'Answers are not used for appraisal or discipline.',
  },
  unknown: {
    title: 'Not registered yet',
    body: 'You are not in the staff list, so there is nothing to show. Please ask the personnel section.',
    also: '',
  },
  help: { title: 'How to use Kaeru', body: 'Type one of these words.' },
  notUnderstood: {
    title: 'Not understood',
    body: 'Type one of these words. To answer a notice, press a button on its card.',
  },
  language: {
    title: 'Choose a language',
    body: 'Cards from now on are shown in the language you choose.',
    now: (name) => `Language now: ${name}`,
  },
  today: {
    title: "Today's notices",
    body: (n) => (n === 1 ? 'There is 1 today.' : `There are ${n} today.`),
    nothing: 'There is nothing for you today and nothing to answer.',
    kept: (n) => (n === 1 ? '1 was kept back.' : `${n} were kept back.`),
    more: (n) => `${n} more`,
    about: { purpose: 'To look up what was sent to you today', readers: 'You only', kept: 'This view is not stored.' },
  },
  about: {
    purpose: 'To explain how Kaeru is used',
    readers: 'You only',
    kept: 'Your language until you change it; records of notices 5 years',
  },
};

/** The words of this room in one language. */
export function conversationWords(language: Language): ConversationWords {
  return { ja, easy, en }[language];
}
