import type { OwnHoursWords } from './words.ts';

export const easy: OwnHoursWords = {
  programme: '残業(ざんぎょう)の 時間(じかん)',
  title: (month) => `${month}月(がつ)の 残業(ざんぎょう)`,
  duration: (minutes) => `${Math.floor(minutes / 60)}時間(じかん)${String(minutes % 60).padStart(2, '0')}分(ふん)`,
  body: {
    plain:
      'あなたの 残業(ざんぎょう)の 時間(じかん)です。あと どれだけ はたらけるかも わかります。これからの 時間は、だいたいの 数(かず)です。',
    shared: 'みんなで 使(つか)う パソコンでは、時間(じかん)を 出(だ)しません。',
    manager: '管理職(かんりしょく)の 時間(じかん)は、べつに 数(かぞ)えます。',
  },
  through: (day) => `${day}までの 記録(きろく)`,
  nothingYet: '今月(こんげつ)の 記録(きろく)は まだ ありません。',
  facts: {
    month: '今月(こんげつ)',
    year: '今年度(こんねんど)',
    months45: '45時間(じかん)より 多(おお)い 月(つき)',
    manager: '管理職(かんりしょく)の 時間(じかん)',
    flagged: '災害(さいがい)などの 時間(じかん)',
    health: 'からだの ための 時間(じかん)（休日(きゅうじつ)も）',
    monthEnd: '月(つき)の おわり（だいたい）',
    yearEnd: '年度(ねんど)の おわり（だいたい）',
  },
  months: (count, allowed) => `${count}回(かい)（${allowed}回(かい)まで）`,
  room: {
    month: (hours) => `月(つき)${hours}時間(じかん)まで`,
    year: (hours) => `年(ねん)${hours}時間(じかん)まで`,
    average: (hours) => `平均(へいきん)${hours}時間(じかん)まで`,
    restriction: 'あなたの 制限(せいげん)まで',
  },
  left: (duration) => `あと ${duration}`,
  nothingLeft: 'のこりは ありません',
  noRecord: (month) => `${month}より まえの 記録(きろく)なし`,
  noAverage: '平均(へいきん)は まだ ありません',
  passed: '▲ 上限(じょうげん)より 多(おお)いです',
  within: '✓ 上限(じょうげん)の 中(なか)です',
  whatIf: {
    label: 'あと 何時間(なんじかん) はたらくと どう なりますか',
    choice: (hours) => `あと ${hours}時間(じかん)`,
    button: 'ためしに 計算(けいさん)する',
    passes: (hours, limits) => `● あと ${hours}時間(じかん)で、${limits}より 多(おお)く なります`,
    passesNothing: (hours) => `✓ あと ${hours}時間(じかん)でも、上限(じょうげん)の 中(なか)です`,
    limit: {
      month: (hours) => `月(つき)${hours}時間(じかん)`,
      year: (hours) => `年(ねん)${hours}時間(じかん)`,
      average: (hours) => `平均(へいきん)${hours}時間(じかん)`,
      months45: '45時間(じかん)より 多(おお)い 月(つき)の 数(かず)',
    },
    between: '、',
  },
  breaks: (months, when, hours) =>
    `${when}月(がつ)に ${months}か月(げつ)の 平均(へいきん)が ${hours}時間(じかん)より 多(おお)く なりそうです`,
  breaksLabel: '平均(へいきん)',
  about: {
    purpose: 'あなたの 時間(じかん)を 見(み)る ため。健康(けんこう)の ため',
    readers: 'この 画面(がめん)は あなただけ。時間(じかん)は 上司(じょうし)と 人事(じんじ)の 人(ひと)も 見(み)ます。',
    kept: '時間(じかん)の 記録(きろく)は 7年(ねん)。ためしの 計算(けいさん)は のこしません。',
  },
};
