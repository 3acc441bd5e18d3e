import type { IntervalWords, RequestWords } from './words.ts';

export const ja: IntervalWords = {
  programme: '勤務間インターバル',
  title: '休息時間の確保のお願い',
  body: (rest, target) =>
    `前回の退庁から今回の始業までの間隔は${rest}でした（目安は${target}以上）。体調を優先し、必要なときは時差勤務等を所属長に相談してください。この案内は停止できます。`,
  rest: { label: '今回の間隔', targetLabel: '目安', atLeast: (target) => `${target}以上` },
  buttons: { consult: '相談します', fine: '問題ありません', stop: 'この案内を停止する' },
  form: {
    note: '所属長への相談（送るまで伝わりません）',
    hint: '個人が特定される記載は避けてください',
    missing: '相談の内容を書いてください。',
    draft: '前回の退庁から始業までの間隔が短かったため、時差勤務等について相談させてください。',
    send: 'この内容で相談する',
  },
  strip: {
    sent: (at) => `✓ 所属長に相談を送りました（${at}）`,
    seen: (at) => `✓ 相談が確認されました（${at}）`,
    fine: (at) => `✓ 問題ありません（${at}）`,
    stopped: (at) => `■ この案内を停止しました（${at}）`,
  },
  after: {
    sent: '所属長（不在のときは代理）に届きます。急ぐときは直接お話しください。',
    seen: '所属長（不在のときは代理）が相談を確認しました。',
    fine: '回答を記録しました。体調がすぐれないときは、無理をしないでください。',
    stopped: '「再開」と入力すると、また届くようになります。',
  },
  said: { label: '相談の内容', open: '「', close: '」' },
  closedBody: '体調がすぐれないときは、所属長に相談してください。',
  about: {
    purpose: '健康の確保のための案内です。勤務の評価ではありません。',
    readers: '御本人だけ。所属長は、送られた相談と、所属の月ごとの件数だけを見ます。',
    kept: '回答は93日、相談の内容は31日',
  },
};

export const jaRequest: RequestWords = {
  title: '時差勤務等の相談があります',
  body: '勤務の間隔が目安より短かった職員から、時差勤務等の相談です。本人と話し合ってください。',
  hidden: '氏名と内容は「表示する」で見られます。表示は記録されます。',
  shared: '共用の端末では、氏名と内容を表示しません。',
  who: '職員',
  said: { label: '相談の内容', open: '「', close: '」' },
  rest: '勤務の間隔',
  button: '確認しました',
  seen: (at) => `✓ 確認しました（${at}）`,
  seenBody: '確認したことを本人にお知らせしました。',
  about: {
    purpose: '健康の確保と、勤務時間の割振りの相談',
    readers: '所属長（不在のときは代理）。所管が異なるときは、お知らせください。',
    kept: '回答は93日、相談の内容は31日',
  },
};
