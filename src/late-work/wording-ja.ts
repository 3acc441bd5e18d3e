import type { Words } from './words.ts';

const NOT_AN_ORDER = '了承は時間外勤務命令ではありません。命令の手続は職員情報システムで行ってください。';
const KEPT = '回答は93日、補足は31日、了承の記録は3年';

/** 日本語. The texts of C02 are those of personnel.md 2. */
export const ja: Words = {
  programme: '午後8時',
  hour: (minute) => {
    const [hour, rest] = [Math.floor(minute / 60), minute % 60];
    return `${hour < 12 ? '午前' : '午後'}${hour % 12 || 12}時${rest === 0 ? '' : `${rest}分`}`;
  },
  evening: {
    title: {
      cutoff: (hour) => `まもなく${hour}です`,
      stay: '残る予定の連絡',
      'last-word': '了承の時刻になりました',
    },
    body: {
      cutoff: (hour) =>
        `まもなく${hour}です。${hour}以降の時間外勤務は、緊急時などやむを得ない場合を除き、原則禁止です。継続が必要なときは所属長にお知らせください。勤務した時間は全て申請の対象です。`,
      stay: '残る理由と終了予定の時刻を所属長に知らせます。勤務した時間は全て申請の対象です。',
      'last-word': (until) =>
        `所属長が了承した${until}になりました。区切りのよいところで業務を終えてください。続ける必要があるときは所属長にお知らせください。`,
    },
    buttons: {
      finish: (minute) => `${minute % 60 === 0 ? `${Math.floor(minute / 60) % 12 || 12}時` : '定刻'}までに終了します`,
      continue: '継続が必要です（理由を入力）',
      left: 'すでに退庁しています',
      stop: '業務を終了します',
      notNeeded: '残る必要はありません',
    },
    answered: {
      finish: (at, hour) => (hour === null ? `✓ 業務を終了します（${at}）` : `✓ ${hour}までに終了します（${at}）`),
      continue: (at) => `● 継続が必要です（${at}）`,
      left: (at) => `✓ すでに退庁しています（${at}）`,
    },
    after: {
      finish: {
        open: '回答を記録しました。予定が変わったときは「変更する」を押してください。',
        fixed: '回答を記録しました。',
      },
      left: { open: '回答を記録しました。お疲れさまでした。', fixed: '回答を記録しました。お疲れさまでした。' },
    },
    nowAnswered: (answer) => `現在の回答　${answer}`,
    chooseAgain: '新しい回答を選んでください。選ばないときは、現在の回答のままです。',
    undecided: '所属長の回答はまだありません。緊急の業務は続けて差し支えありません。',
    acknowledged: (at, until) =>
      until ? `✓ 所属長が${until}まで了承しました（${at}）` : `✓ 所属長が了承しました（${at}）`,
    acknowledgedBody: NOT_AN_ORDER,
    askedToFinish: (at) => `▲ 所属長が切上げを依頼しました（${at}）`,
    askedToFinishBody: '区切りのよいところで業務を終えてください。続ける必要があるときは所属長にお知らせください。',
    closedWith: '記録した内容は次のとおりです。',
    closedUnanswered: '所属長の回答はありませんでした。勤務した時間は、職員情報システムで申請してください。',
    closedWithout: '回答の記録はありません。時間外に勤務したときは、職員情報システムで申請してください。',
    facts: { answer: '回答', reason: '理由', until: '終了予定', head: '所属長', next: '翌日の始業' },
    noTime: '未定',
    laterStart: '繰下げの意向あり（変更には手続が必要です）',
    noteLabel: '補足（御本人）',
    noteSays: { open: '「', close: '」' },
    form: {
      reason: '継続の理由',
      reasonHint: '選んでください',
      reasonMissing: '継続の理由を選んでください。',
      until: '終了予定の時刻',
      note: '補足（「その他」のときは必ず、ほかは任意）',
      noteHint: '個人が特定される記載は避けてください',
      send: '所属長に知らせる',
    },
    about: {
      purpose: '午後8時以降の時間外勤務の縮減と健康の確保',
      readers:
        '継続が必要な方の氏名・理由・時刻・補足は所属長（不在のときは代理）。ほかの回答は人数だけを所属長に示します。',
      kept: KEPT,
    },
  },
  decision: {
    title: '午後8時以降の勤務の申出',
    counts: {
      wishes: '継続の申出',
      unanswered: (hour) => `${hour}に未回答`,
      acknowledged: '了承',
      askedToFinish: '切上げを依頼',
    },
    waiting: (n) => `● 回答待ちの方が${n}人います`,
    nothing: '✓ 回答待ちの方はいません',
    allDecided: '✓ 所属長の回答を記録しました',
    bodyHidden: '氏名と理由は「表示する」で見られます。表示は記録されます。',
    bodyShared: '共用の端末では、人数だけを表示します。',
    bodyNamed: NOT_AN_ORDER,
    bodyNothing: '操作は必要ありません。',
    optional: '退庁後のため、回答は任意です。',
    vacant: '所属長が欠員のため、庶務担当にお知らせしています。',
    columns: { name: '氏名', reason: '理由', until: '終了予定' },
    noAnswer: '在庁（回答なし）',
    wait: '回答待ち',
    decided: {
      acknowledged: (until) => (until ? `了承（${until}まで）` : '了承'),
      'asked-to-finish': () => '切上げを依頼',
    },
    choose: '回答する職員',
    chooseMissing: '職員を一人以上選んでください。',
    until: '了承する時刻',
    asAsked: '申出の時刻まで',
    buttons: { acknowledged: '了承する', 'asked-to-finish': '切上げを依頼する' },
    laterStart: {
      body: (hours) => `了承の時刻から翌日の始業まで${hours}時間に満たない方がいます。`,
      choose: '翌日の始業を繰り下げる職員',
      button: '翌日の始業を繰り下げる',
      noted: '翌日の始業の繰下げを記録',
    },
    about: {
      purpose: '残る方の業務の調整と健康の確保',
      readers: '所属長と、不在のときの代理。所管が異なる方が載っているときは、お知らせください。',
      kept: KEPT,
    },
  },
  ahead: {
    title: '事前了承の記録',
    body: (hour) =>
      `${hour}以降も続ける必要がある職員を、終業時刻までに記録できます。記録した職員には${hour}の案内を送りません。`,
    bodyShared: '共用の端末では、人数だけを表示します。',
    bodyNamed: (from) =>
      `${from}から有効です。了承は時間外勤務命令ではありません。命令の手続は職員情報システムで行ってください。`,
    bodyWithdraw: '取り消す記録を選んでください。取り消すと、当日から案内を送ります。',
    count: '有効な記録',
    columns: { name: '氏名', days: '期間', work: '時刻・業務' },
    choose: '記録する職員',
    chooseMissing: '職員を一人以上選んでください。',
    days: '期間（勤務日）',
    day: (n) => (n === 1 ? '1日だけ' : `${n}日間`),
    until: '終了予定の時刻',
    reason: '業務',
    reasonHint: '選んでください',
    reasonMissing: '業務を選んでください。',
    note: '補足（「その他」のときは必ず、ほかは任意）',
    noteHint: '個人が特定される記載は避けてください',
    buttons: { record: '事前に了承する', choose: '記録を取り消す', withdraw: '取り消す', back: '戻る' },
    about: {
      purpose: '午後8時以降も続ける業務の把握と健康の確保',
      readers: '所属長と、不在のときの代理',
      kept: '了承の記録は3年、補足は31日',
    },
  },
  missing: {
    title: { acknowledged: '了承あり・命令未登録', unanswered: '回答なし・命令未登録' },
    open: (n) => `● 命令の登録がないものが${n}件あります`,
    done: '✓ 全て登録されました',
    body: {
      head: '命令の登録がまだありません。職員情報システムで手続を確認してください。',
      office: '了承から3勤務日たっても命令の登録がありません。所属長に手続の確認をお願いしてください。',
    },
    bodyShared: '共用の端末では、件数だけを表示します。',
    bodyHidden: '氏名は「表示する」で見られます。表示は記録されます。',
    bodyDone: '操作は必要ありません。',
    counts: { acknowledged: '了承あり・命令未登録', unanswered: '回答なし・命令未登録' },
    columns: { name: '氏名', day: '勤務日', what: '記録' },
    what: {
      acknowledged: (until) => (until ? `了承（${until}まで）` : '了承'),
      unanswered: (until) => (until ? `申出（${until}まで）・回答なし` : '在庁・回答なし'),
    },
    about: {
      purpose: '時間外勤務命令の手続の確認。勤務した時間は全て申請の対象です。',
      readers: '所属長（不在のときは代理）。3勤務日を過ぎたものは庶務担当課。労務担当は件数を見ます。',
      kept: '了承の記録は3年、回答は93日',
    },
  },
  list: {
    title: '命令未登録の状況',
    body: (from, to) => `${from}から${to}までの件数です。氏名は示しません。勤務した時間は全て申請の対象です。`,
    nothing: '✓ 命令未登録はありません',
    open: (n) => `● 命令未登録が${n}件あります`,
    counts: {
      acknowledged: '了承あり・命令未登録',
      unanswered: '回答なし・命令未登録',
      withOffice: 'うち庶務担当課で確認中',
    },
    columns: { section: '所属', acknowledged: '了承あり', unanswered: '回答なし' },
    ofOffice: (n) => `庶務 ${n}件`,
    more: (n) => `ほか ${n}所属`,
    about: {
      purpose: '時間外勤務命令の手続の確認',
      readers: '労務担当。件数だけを示します。',
      kept: '了承の記録は3年、回答は93日',
    },
  },
};
