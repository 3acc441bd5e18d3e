import type { Language } from '../ports/cards.ts';

/** What is said of items that share a card, wait for one, or were left out. */
export interface CarriedWords {
  /** Over the lines of a card. */
  others: (n: number) => string;
  /** What pressing a line does. */
  open: string;
  /** The one line of a card whose items stand on a newer one. */
  moved: string;
  about: { purpose: string; readers: string; kept: string };
  /** Why an item came, waits or was left out as it was (今日, 停止); `budget`: so many pings a week. */
  merged: { budget: (budget: number) => string; digest: string; today: string };
  held: { budget: (budget: number) => string; digest: string; hours: string };
  skipped: { budget: (budget: number) => string; digest: string; hours: string };
}

const ja: CarriedWords = {
  others: (n) => `ほかのお知らせ（${n}件）`,
  open: '開く',
  moved: '下の新しいカードに移りました',
  about: {
    purpose: '一日のお知らせを一つのカードにまとめるため',
    readers: '御本人だけ',
    kept: 'お知らせの記録は5年',
  },
  merged: {
    budget: (budget) => `週${budget}回を超えたため、ほかのお知らせに添えました`,
    digest: 'ほかのお知らせに添えました',
    today: '新しいお知らせにまとめました',
  },
  held: {
    budget: (budget) => `週${budget}回を超えたため、次のお知らせに添えます`,
    digest: '次のお知らせに添えます',
    hours: '勤務時間になってからお届けします',
  },
  skipped: {
    budget: (budget) => `週${budget}回を超えたため、届けませんでした`,
    digest: '添えるお知らせがなく、届けませんでした',
    hours: '勤務時間にお届けできませんでした',
  },
};

const easy: CarriedWords = {
  others: (n) => `ほかの お知(し)らせ（${n}件(けん)）`,
  open: 'あける',
  moved: '下(した)の カードに あります',
  about: {
    purpose: '一日(いちにち)の お知(し)らせを 一(ひと)つの カードに するため',
    readers: 'あなただけ',
    kept: 'お知(し)らせの 記録(きろく)は 5年(ねん)',
  },
  merged: {
    budget: (budget) =>
      `1週間(しゅうかん)に ${budget}回(かい)までなので、ほかの お知(し)らせと いっしょに とどけました`,
    digest: 'ほかの お知(し)らせと いっしょに とどけました',
    today: '新(あたら)しい カードに まとめました',
  },
  held: {
    budget: (budget) => `1週間(しゅうかん)に ${budget}回(かい)までなので、つぎの お知(し)らせと いっしょに とどけます`,
    digest: 'つぎの お知(し)らせと いっしょに とどけます',
    hours: '仕事(しごと)の 時間(じかん)に なったら とどけます',
  },
  skipped: {
    budget: (budget) => `1週間(しゅうかん)に ${budget}回(かい)までなので、とどけませんでした`,
    digest: 'いっしょに とどける お知(し)らせが なくて、とどけませんでした',
    hours: '仕事(しごと)の 時間(じかん)に とどけられませんでした',
  },
};

const en: CarriedWords = {
  others: (n) => `Other notices (${n})`,
  open: 'Open',
  moved: 'See the newer card',
  about: {
    purpose: 'To keep the notices of a day on one card',
    readers: 'You only',
    kept: 'Records of notices 5 years',
  },
  merged: {
    budget: (budget) => `Sent with another notice: more than ${budget} this week`,
    digest: 'Sent with another notice',
    today: 'Now on a newer card',
  },
  held: {
    budget: (budget) => `Waits for your next notice: more than ${budget} this week`,
    digest: 'Waits for your next notice',
    hours: 'Comes in your working hours',
  },
  skipped: {
    budget: (budget) => `Not sent: more than ${budget} this week`,
    digest: 'Not sent: there was no notice to go with',
    hours: 'Not sent: it could not come in your working hours',
  },
};

/** The words for items that share a card. */
export function carriedWords(language: Language): CarriedWords {
  return { ja, easy, en }[language];
}
