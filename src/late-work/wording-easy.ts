import { formatTimeOfDay } from '../calendar/index.ts';
import type { Words } from './words.ts';

const NOT_AN_ORDER =
  '「わかりました」は、残業(ざんぎょう)の 命令(めいれい)では ありません。手続(てつづ)きは、システムで して ください。';
const KEPT = 'こたえは 93日(にち)、書(か)いた 文(ぶん)は 31日(にち)、上司(じょうし)の こたえは 3年(ねん)';
const READERS =
  '上司(じょうし)と、いない ときの かわりの 人(ひと)。ちがう 課(か)の 人(ひと)が いる ときは、教(おし)えて ください。';
const SHARED = 'みんなで つかう パソコンでは、数(かず)だけ 見(み)えます。';

/** やさしい日本語. The texts of C02 are those of personnel.md 2, with their readings. */
export const easy: Words = {
  programme: 'よるの しごと',
  hour: (minute) => {
    const hour = Math.floor(minute / 60);
    if (minute % 60 !== 0) return formatTimeOfDay(minute);
    return `${hour < 18 ? '' : '夜(よる)の '}${hour % 12 || 12}時(じ)`;
  },
  evening: {
    title: {
      cutoff: (hour) => `もうすぐ ${hour}です`,
      stay: '残(のこ)る ことを 知(し)らせる',
      'last-word': 'おわる 時間(じかん)です',
    },
    body: {
      cutoff: (hour) =>
        `${hour}より あとは、ふつう 仕事(しごと)を しません。まだ 仕事(しごと)が ある ときは、上司(じょうし)に 知(し)らせて ください。はたらいた 時間(じかん)は、かならず 申請(しんせい)して ください。`,
      stay: '残(のこ)る わけと おわる 時間(じかん)を、上司(じょうし)に 知(し)らせます。',
      'last-word': (until) =>
        `${until}に なりました。きりの いい ところで おわって ください。まだ 仕事(しごと)が ある ときは、上司(じょうし)に 知(し)らせて ください。`,
    },
    buttons: {
      finish: (minute) =>
        minute % 60 === 0
          ? `${Math.floor(minute / 60) % 12 || 12}時(じ)までに おわります`
          : '時間(じかん)までに おわります',
      continue: 'まだ 仕事(しごと)が あります',
      left: 'もう 帰(かえ)りました',
      stop: 'おわります',
      notNeeded: '残(のこ)りません',
    },
    answered: {
      finish: (at, hour) => (hour === null ? `✓ おわります（${at}）` : `✓ ${hour}までに おわります（${at}）`),
      continue: (at) => `● まだ 仕事(しごと)が あります（${at}）`,
      left: (at) => `✓ もう 帰(かえ)りました（${at}）`,
    },
    after: {
      finish: { open: 'かわった ときは 「かえる」を おして ください。', fixed: 'こたえを 書(か)きました。' },
      left: { open: 'こたえを 書(か)きました。', fixed: 'こたえを 書(か)きました。' },
    },
    nowAnswered: (answer) => `いまの こたえ　${answer}`,
    chooseAgain: '新(あたら)しい こたえを えらんで ください。えらばない ときは、いまの こたえの ままです。',
    undecided: '上司(じょうし)の こたえは まだ ありません。急(いそ)ぎの 仕事(しごと)は、つづけて いいです。',
    acknowledged: (at, until) =>
      until
        ? `✓ 上司(じょうし)が ${until}まで 「わかりました」と 言(い)いました（${at}）`
        : `✓ 上司(じょうし)が 「わかりました」と 言(い)いました（${at}）`,
    acknowledgedBody: NOT_AN_ORDER,
    askedToFinish: (at) => `▲ 上司(じょうし)が 「おわって ください」と 言(い)いました（${at}）`,
    askedToFinishBody:
      'きりの いい ところで おわって ください。まだ 仕事(しごと)が ある ときは、上司(じょうし)に 話(はな)して ください。',
    closedWith: '書(か)いた ことは、つぎの とおりです。',
    closedUnanswered:
      '上司(じょうし)の こたえは ありませんでした。はたらいた 時間(じかん)は、システムで 申請(しんせい)して ください。',
    closedWithout: 'こたえは ありません。はたらいた 時間(じかん)は、システムで 申請(しんせい)して ください。',
    facts: {
      answer: 'こたえ',
      reason: 'わけ',
      until: 'いつまで',
      head: '上司(じょうし)',
      next: 'あしたの はじまり',
    },
    noTime: 'まだ わかりません',
    laterStart: 'おそく はじめる つもりです（手続(てつづ)きが いります）',
    noteLabel: 'あなたが 書(か)いた こと',
    noteSays: { open: '「', close: '」' },
    form: {
      reason: '残(のこ)る わけ',
      reasonHint: 'えらんで ください',
      reasonMissing: '残(のこ)る わけを えらんで ください。',
      until: 'おわる 時間(じかん)',
      note: 'くわしく（「ほか」の ときは 書(か)いて ください）',
      noteHint: '人(ひと)の 名前(なまえ)は 書(か)かないで ください',
      send: '上司(じょうし)に 知(し)らせる',
    },
    about: {
      purpose: '夜(よる) おそい 仕事(しごと)を へらし、体(からだ)を 守(まも)るため',
      readers:
        '残(のこ)る 人(ひと)の 名前(なまえ)・わけ・時間(じかん)は、上司(じょうし)（いない ときは かわりの 人(ひと)）が 見(み)ます。ほかの こたえは、人数(にんずう)だけを 上司(じょうし)が 見(み)ます。',
      kept: KEPT,
    },
  },
  decision: {
    title: '残(のこ)る 人(ひと)が います',
    counts: {
      wishes: '残(のこ)りたい 人(ひと)',
      unanswered: (hour) => `${hour}に こたえが ない 人(ひと)`,
      acknowledged: 'わかりました',
      askedToFinish: 'おわって ください',
    },
    waiting: (n) => `● こたえを まつ 人(ひと)が ${n}人(にん) います`,
    nothing: '✓ こたえを まつ 人(ひと)は いません',
    allDecided: '✓ あなたの こたえを 書(か)きました',
    bodyHidden: '名前(なまえ)と わけは 「見(み)る」で 見(み)られます。見(み)た ことは 記録(きろく)します。',
    bodyShared: SHARED,
    bodyNamed: NOT_AN_ORDER,
    bodyNothing: '何(なに)も しなくて いいです。',
    optional: '仕事(しごと)が おわって いるので、こたえなくて いいです。',
    vacant: '上司(じょうし)が いないので、庶務(しょむ)の 人(ひと)に 知(し)らせて います。',
    columns: { name: '名前(なまえ)', reason: 'わけ', until: 'おわる 時間(じかん)' },
    noAnswer: 'こたえが ない',
    wait: 'こたえて ください',
    decided: {
      acknowledged: (until) => (until ? `わかりました（${until}まで）` : 'わかりました'),
      'asked-to-finish': () => 'おわって ください',
    },
    choose: 'だれに こたえますか',
    chooseMissing: '人(ひと)を えらんで ください。',
    until: '何時(なんじ)まで いいですか',
    asAsked: 'その 人(ひと)が 書(か)いた 時間(じかん)まで',
    buttons: { acknowledged: '「わかりました」', 'asked-to-finish': '「おわって ください」' },
    laterStart: {
      body: (hours) => `あしたの はじまりまで ${hours}時間(じかん) ない 人(ひと)が います。`,
      choose: 'あした おそく はじめる 人(ひと)',
      button: 'あした おそく はじめる',
      noted: 'あした おそく はじめる',
    },
    about: {
      purpose: '残(のこ)る 人(ひと)の 仕事(しごと)を 助(たす)け、体(からだ)を 守(まも)るため',
      readers: READERS,
      kept: KEPT,
    },
  },
  ahead: {
    title: 'まえもって 「わかりました」',
    body: (hour) => `${hour}の あとも はたらく 人(ひと)を、仕事(しごと)が おわる 時間(じかん)までに 書(か)けます。`,
    bodyShared: SHARED,
    bodyNamed: (from) => `${from}からです。残業(ざんぎょう)の 命令(めいれい)では ありません。`,
    bodyWithdraw: '取(と)り消(け)す 人(ひと)を えらんで ください。',
    count: '書(か)いた 人(ひと)',
    columns: { name: '名前(なまえ)', days: 'いつ', work: '時間(じかん)・仕事(しごと)' },
    choose: 'だれですか',
    chooseMissing: '人(ひと)を えらんで ください。',
    days: '何日(なんにち)ですか（はたらく 日(ひ)）',
    day: (n) => `${n}日(にち)`,
    until: 'おわる 時間(じかん)',
    reason: '仕事(しごと)',
    reasonHint: 'えらんで ください',
    reasonMissing: '仕事(しごと)を えらんで ください。',
    note: 'くわしく（「ほか」の ときは 書(か)いて ください）',
    noteHint: '人(ひと)の 名前(なまえ)は 書(か)かないで ください',
    buttons: {
      record: 'まえもって わかりました',
      choose: '取(と)り消(け)したい',
      withdraw: '取(と)り消(け)す',
      back: 'もどる',
    },
    about: {
      purpose: '夜(よる) おそい 仕事(しごと)を 知(し)り、体(からだ)を 守(まも)るため',
      readers: READERS,
      kept: '上司(じょうし)の こたえは 3年(ねん)、書(か)いた 文(ぶん)は 31日(にち)',
    },
  },
  missing: {
    title: { acknowledged: '命令(めいれい)が まだ ありません', unanswered: '命令(めいれい)が まだ ありません' },
    open: (n) => `● 命令(めいれい)が ない ものが ${n}あります`,
    done: '✓ ぜんぶ おわりました',
    body: {
      head: '残業(ざんぎょう)の 命令(めいれい)が まだ ありません。システムを 見(み)て ください。',
      office: '3日(みっか)たっても 命令(めいれい)が ありません。上司(じょうし)に 聞(き)いて ください。',
    },
    bodyShared: SHARED,
    bodyHidden: '名前(なまえ)は 「見(み)る」で 見(み)られます。見(み)た ことは 記録(きろく)します。',
    bodyDone: '何(なに)も しなくて いいです。',
    counts: {
      acknowledged: '「わかりました」と 言(い)ったが、命令(めいれい)が ない',
      unanswered: 'こたえも 命令(めいれい)も ない',
    },
    columns: { name: '名前(なまえ)', day: '日(ひ)', what: '書(か)いた こと' },
    what: {
      acknowledged: (until) => (until ? `わかりました（${until}まで）` : 'わかりました'),
      unanswered: (until) => (until ? `残(のこ)る（${until}まで）・こたえが ない` : 'こたえが ない'),
    },
    about: {
      purpose: '命令(めいれい)の 手続(てつづ)きの ため。はたらいた 時間(じかん)は、ぜんぶ 申請(しんせい)できます。',
      readers: READERS,
      kept: KEPT,
    },
  },
  list: {
    title: '命令(めいれい)が ない もの',
    body: (from, to) => `${from}から ${to}までの 数(かず)です。名前(なまえ)は 出(で)ません。`,
    nothing: '✓ ぜんぶ おわりました',
    open: (n) => `● 命令(めいれい)が ない ものが ${n}あります`,
    counts: {
      acknowledged: '「わかりました」と 言(い)ったが、命令(めいれい)が ない',
      unanswered: 'こたえも 命令(めいれい)も ない',
      withOffice: '庶務(しょむ)が 見(み)て いる もの',
    },
    columns: { section: '課(か)', acknowledged: 'わかりました', unanswered: 'こたえが ない' },
    ofOffice: (n) => `庶務(しょむ) ${n}`,
    more: (n) => `ほか ${n}の 課(か)`,
    about: {
      purpose: '命令(めいれい)の 手続(てつづ)きの ため',
      readers: '労務(ろうむ)の 人(ひと)。数(かず)だけ 見(み)ます。',
      kept: KEPT,
    },
  },
};
