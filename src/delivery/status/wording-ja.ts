import type { Words } from './words.ts';

export const ja: Words = {
  programme: '配信の状況',
  alarm: {
    title: { open: 'Teamsから送信を断られています', closed: 'Teamsへの送信が再開しました' },
    strip: { open: '▲ 送信を控えています', closed: '✓ 送信しています' },
    body: {
      open: '続けて20人への送信が断られました。Teams管理センターで、Kaeruのアプリが有効で、割当てから外れていないかを確かめてください。1分に1人ずつ試し、届けば自動で再開します。',
      closed:
        '断られたもののうち期限内のものは、自動で送り直します。操作は要りません。今も届かない方は「未配信」と入力すると表示します。',
    },
    since: '断られ始めた時刻',
    until: '再開した時刻',
    undone: '未配信を取り消した方',
    about: {
      purpose: '送信が止まったことを担当に知らせ、原因を確かめていただくため',
      readers: '人事課とICTの担当',
      kept: '93日',
    },
  },
  list: {
    title: 'カードが届かない方',
    some: (n) => `▲ ${n}人に届きません`,
    nobody: '✓ 全員に届きます',
    body: '在職中で、カードを送れない方です。休職中の方は含みません。',
    hidden: '氏名を表示すると、そのことを記録します。',
    named: '氏名を表示したことを記録しました。',
    shared: '共用の端末では、人数だけを表示します。',
    denied: 'この一覧は、人事課とICTの担当だけが見られます。',
    classes: {
      'no-id': 'IDが名簿にない',
      'no-chat': 'チャットがない',
      unreachable: '受信できなくなった',
      sender: '名簿にない送信者',
    },
    todo: {
      'no-id': 'IDが名簿にない方: 職員ファイルにAADオブジェクトIDを書き、取り込んでください。',
      'no-chat': 'チャットがない方: Teams管理センターで、アプリの配付を確かめてください。',
      unreachable: '受信できなくなった方: アプリを入れ直すか、Kaeruに一言書くよう伝えてください。',
      sender: '名簿にない送信者: 誰のIDかを確かめ、職員ファイルを直してください。',
    },
    why: {
      'no-id': 'IDが名簿にない',
      'not-opened': 'アプリを使ったことがない',
      'opening-pending': 'チャットの作成待ち',
      'opening-refused': 'チャットの作成を断られた',
      'opening-unknown': 'チャットの作成の結果が不明',
      uninstalled: 'アプリを削除した',
      blocked: 'ブロックされた',
      'not-found': 'チャットが見つからない',
      refused: 'Teamsに断られた',
    },
    byBureau: '局区別',
    noBureau: '局区なし',
    others: (n) => `ほか ${n}局区`,
    columns: { staff: '職員番号', name: '氏名', section: '所属', why: '理由', since: 'いつから' },
    senderColumns: { aad: 'AADオブジェクトID', first: '最初', last: '最後', times: '回数' },
    about: {
      purpose: '届かない理由を直し、直るまでは紙などでお知らせするため',
      readers: '人事課とICTの担当',
      kept: '一覧は保存しません。表示した記録は5年',
    },
  },
};
