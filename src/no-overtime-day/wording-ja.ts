import type { Words } from './words.ts';

const REST =
  '緊急時などやむを得ない場合を除き、定時に退庁してください。やむを得ず勤務したときは、勤務した時間を必ず申請してください。';

/** 日本語. The texts of C01 are those of personnel.md 2. */
export const ja: Words = {
  programme: '定時退庁日',
  reasons: {
    emergency: '緊急対応',
    counter: '窓口・電話対応',
    deadline: '期限のある業務',
    meeting: '会議・打合せ',
    assembly: '議会対応',
    disaster: '災害・事故対応',
    other: 'その他',
  },
  onTime: {
    title: { wednesday: '本日は定時退庁日です', section: '本日は所属のノー残業デーです' },
    body: {
      wednesday: (end) => `本日は定時退庁日です。終業時刻は${end}です。${REST}`,
      section: (end) => `本日は所属のノー残業デーです。終業時刻は${end}です。${REST}`,
    },
    buttons: {
      leave: '定時に退庁する予定です',
      stay: '残る予定です（理由・時刻）',
      unsure: 'まだ分かりません',
      off: '本日は対象外です',
    },
    answered: {
      leave: (at) => `✓ 定時に退庁する予定です（${at}）`,
      stay: (at) => `● 残る予定です（${at}）`,
      unsure: (at) => `？ まだ分かりません（${at}）`,
      off: (at) => `－ 本日は対象外です（${at}）`,
    },
    after: {
      leave: {
        fixed: '回答を記録しました。',
        open: '回答を記録しました。予定が変わったときは「変更する」を押してください。',
      },
      stay: { fixed: '', open: '' },
      unsure: { fixed: '回答を記録しました。', open: '予定が決まったときは「変更する」を押してください。' },
      off: { fixed: '対象外として記録しました。', open: '対象外として記録しました。' },
    },
    nowAnswered: (answer) => `現在の回答　${answer}`,
    chooseAgain: '新しい回答を選んでください。選ばないときは、現在の回答のままです。',
    undecided: '所属長の回答はまだありません。緊急の業務は続けて差し支えありません。',
    acknowledged: (at, until) =>
      until ? `✓ 所属長が${until}まで了承しました（${at}）` : `✓ 所属長が了承しました（${at}）`,
    acknowledgedBody: '了承は時間外勤務命令ではありません。命令の手続は職員情報システムで行ってください。',
    askedToFinish: (at) => `▲ 所属長が切上げを依頼しました（${at}）`,
    askedToFinishBody: '区切りのよいところで業務を終えてください。続ける必要があるときは所属長にお知らせください。',
    closedWith: '記録した内容は次のとおりです。',
    closedWithout: '回答の記録はありません。手続は必要ありません。',
    factAnswer: '回答',
    factReason: '理由',
    factUntil: '終了予定',
    factHead: '所属長',
    noTime: '未定',
    noteLabel: '補足（御本人）',
    noteSays: { open: '「', close: '」' },
    form: {
      reason: '残る理由',
      reasonHint: '選んでください',
      reasonMissing: '残る理由を選んでください。',
      until: '終了予定の時刻',
      note: '補足（「その他」のときは必ず、ほかは任意）',
      noteHint: '個人が特定される記載は避けてください',
      send: '残る予定を知らせる',
    },
    about: {
      purpose: '定時退庁の推進と、残る方の業務の調整',
      readers: '残る方の氏名・理由・時刻・補足は所属長（不在のときは代理）。ほかの回答は人数だけを所属長に示します。',
      kept: '回答は93日、補足は31日、了承の記録は3年',
    },
  },
  summary: {
    title: '本日の定時退庁の状況',
    teamTitle: 'チームの今の状況',
    resultTitle: '定時退庁日の結果',
    counts: {
      leave: '定時に退庁',
      stay: '残る予定',
      unsure: '未定',
      off: '対象外',
      unanswered: '未回答',
      notSent: '未配信',
    },
    nobodyStays: '✓ 残る予定の方はいません',
    someStay: (n) => `● 残る予定の方が${n}人います`,
    allDecided: '✓ 所属長の回答を記録しました',
    bodyNobody: '操作は必要ありません。',
    bodyShared: '共用の端末では、人数だけを表示します。',
    bodyHidden: '氏名と理由は「表示する」で見られます。表示は記録されます。',
    bodyNamed: '了承は時間外勤務命令ではありません。命令の手続は職員情報システムで行ってください。',
    growing: '回答に応じて更新します。',
    final: '回答の受付は終了しました。',
    columns: { name: '氏名', reason: '理由', until: '終了予定' },
    waiting: '回答待ち',
    decided: {
      acknowledged: (until) => (until ? `了承（${until}まで）` : '了承'),
      'asked-to-finish': () => '切上げを依頼',
    },
    choose: '回答する職員',
    chooseMissing: '職員を一人以上選んでください。',
    buttons: { acknowledged: '了承する', 'asked-to-finish': '切上げを依頼する' },
    about: {
      purpose: '残る方の業務の調整と健康の確保',
      readers: '所属長と、不在のときの代理。所管が異なる方が載っているときは、お知らせください。',
      kept: '回答は93日、補足は31日、了承の記録は3年',
    },
  },
  result: {
    body: '定時退庁日の回答の集計です。氏名は示しません。',
    button: '確認しました',
    seen: '✓ 確認しました',
    about: {
      purpose: '所属の業務の見直しの参考',
      readers: '所属長と、不在のときの代理。所管が異なるときは、お知らせください。',
      kept: '回答は93日。その後は人数だけを残します。',
    },
  },
};
