import type { ChatCommand, CliOption, Room } from '../ports/room.ts';
import { importHours } from './import/import-hours.ts';
import { importOpening } from './import/import-opening.ts';
import { importRestrictions } from './import/import-restrictions.ts';
import { overtimeCrossings } from './list-crossings.ts';
import { overtimeTable } from './list-tables.ts';
import { drawOwnHours } from './own-hours/draw-own-hours.ts';
import { whatIfVerb } from './own-hours/take-what-if.ts';
import { overtimeStatus } from './status-command.ts';

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

/** The overtime ledger: every minute in its class, every limit to the minute. */
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
      run: (ports, args, options) =>
        (options.opening === true ? importOpening : importHours)(ports, args[0] ?? '', {
          dryRun: options.dryRun === true,
          replace: options.replace === true,
        }),
    },
    {
      name: 'import restrictions',
      description: '時間外勤務の制限（時間外不可、月24年150、深夜不可、要相談）を取り込みます。理由は取り込みません',
      arguments: '<file>',
      options: [dryRun],
      run: (ports, args, options) => importRestrictions(ports, args[0] ?? '', options.dryRun === true),
    },
    {
      name: 'overtime status',
      description: '月末時点の時間数、段階、上限までの残りを、職員と上限の組ごとに示します',
      options: [
        { flags: '--month <month>', description: '年月（2021-10）', required: true },
        { flags: '--staff <no>', description: '一人の職員番号' },
        { flags: '--as-of <iso>', description: 'その日まで、その時点までに取り込んだ分だけを数えます' },
      ],
      run: (ports, _args, options) => overtimeStatus(ports, options),
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
      run: (ports, args, options) => overtimeTable(ports, args[0] ?? '', options),
    },
    {
      name: 'overtime crossings',
      description: 'ある取込みより後に新しく達した段階を示します',
      options: [{ flags: '--since <digest>', description: '取込みが示した digest', required: true }],
      run: (ports, _args, options) => overtimeCrossings(ports, text(options.since)),
    },
  ],
};
