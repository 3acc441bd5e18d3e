import type { ChatCommand, CliOption, DrawItem, Room } from '../ports/room.ts';
import { whatIfVerb } from './own-hours/take-what-if.ts';

export { ownHoursCard } from './own-hours/card.ts';

const dryRun: CliOption = { flags: '--dry-run', description: '確認だけを行い、保存しません' };
const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : '');

const ownHoursCommand: ChatCommand = {
  name: 'own-hours',
  words: ['残業', 'ざんぎょう', '時間外', 'overtime'],
  help: {
    ja: '自分の時間外勤務の時間と、上限までの残りを見ます',
    easy: 'じぶんの 残業(ざんぎょう)の 時間(じかん)を 見(み)ます',
    en: 'See your own overtime and what is left under the limits',
  },
  for: 'everybody',
  rule: 'overtime.own-hours',
  card: 'own-hours',
  run: async () => {},
};

const drawOwnHours: DrawItem = async (...item) => (await import('./own-hours/draw-own-hours.ts')).drawOwnHours(...item);

/** The overtime ledger: every minute in its class, every limit to the minute. What only a command or a look at one's own hours needs is loaded by it. */
export const overtimeRoom: Room = {
  name: 'overtime',
  cards: [{ rules: [ownHoursCommand.rule], draw: drawOwnHours }],
  verbs: [whatIfVerb],
  commands: [ownHoursCommand],
  cli: [
    {
      name: 'import hours',
      description: '時間外勤務などの時間を取り込みます（職員・日・区分ごとの分）',
      arguments: '<file>',
      options: [
        dryRun,
        { flags: '--replace', description: 'ファイルにある職員・日の、取込済みの行を取り下げて入れ替えます' },
        { flags: '--opening', description: '記録が始まる前の月の合計（職員番号・年月・分）として読みます' },
      ],
      run: async (ports, args, options) => {
        const take =
          options.opening === true
            ? (await import('./import/import-opening.ts')).importOpening
            : (await import('./import/import-hours.ts')).importHours;
        return take(ports, args[0] ?? '', { dryRun: options.dryRun === true, replace: options.replace === true });
      },
    },
    {
      name: 'import restrictions',
      description: '時間外勤務の制限（時間外不可、月24年150、深夜不可、要相談）を取り込みます。理由は取り込みません',
      arguments: '<file>',
      options: [dryRun],
      run: async (ports, args, options) =>
        (await import('./import/import-restrictions.ts')).importRestrictions(
          ports,
          args[0] ?? '',
          options.dryRun === true,
        ),
    },
    {
      name: 'overtime status',
      description: '月末時点の時間数、段階、上限までの残りを、職員と上限の組ごとに示します',
      options: [
        { flags: '--month <month>', description: '年月（2021-10）', required: true },
        { flags: '--staff <no>', description: '一人の職員番号' },
        { flags: '--as-of <iso>', description: 'その日まで、その時点までに取り込んだ分だけを数えます' },
      ],
      run: async (ports, _args, options) => (await import('./status-command.ts')).overtimeStatus(ports, options),
    },
    {
      name: 'overtime table',
      description: '480時間・1000時間超の表（D-1、D-2、D-3）と月次上限管理表（E）を示します',
      arguments: '<name>',
      options: [
        { flags: '--years <years>', description: '年度（2016-2021 又は 2021）。D-1、D-2、D-3' },
        { flags: '--month <month>', description: '年月（2021-10）。E' },
        {
          flags: '--out <file>',
          description: '印刷できる XLSX のファイルに書きます（同じ名前のファイルには書きません）',
        },
      ],
      run: async (ports, args, options) =>
        (await import('./list-tables.ts')).overtimeTable(ports, args[0] ?? '', options),
    },
    {
      name: 'overtime crossings',
      description: 'ある取込みより後に新しく達した段階を示します',
      options: [{ flags: '--since <digest>', description: '取込みが示した digest', required: true }],
      run: async (ports, _args, options) =>
        (await import('./list-crossings.ts')).overtimeCrossings(ports, text(options.since)),
    },
  ],
};
