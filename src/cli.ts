import { Command, CommanderError } from 'commander';
import { type Config, type ConfigOverrides, environment, readConfig } from './config.ts';
import { type CliCommand, type CliResult, Refusal } from './ports/room.ts';
import { rooms } from './rooms.ts';

type Options = Record<string, string | boolean | undefined>;

/** Exit codes (docs/contracts.md 1): 0 done, 1 refused or failed, 2 wrong usage, 130 stopped by hand. */
export async function main(argv: string[]): Promise<void> {
  const json = argv.includes('--json');
  try {
    await program().parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = fail(error, json);
  }
}

function program(): Command {
  const top = new Command('kaeru');
  top.description('Kaeru: 働き方・仕事の進め方改革を Microsoft Teams のチャットで進めるボット');
  strict(top).enablePositionalOptions().option('--json', '結果を JSON で表示する');
  addRehearse(top);
  addServe(top);
  addCheck(top);
  addSimulate(top);
  for (const command of rooms.flatMap((room) => room.cli ?? [])) addCommand(top, command);
  return top;
}

/** Wrong usage is thrown, not printed: `fail` says it in one place. */
function strict(command: Command): Command {
  return command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
}

function addRehearse(top: Command): void {
  const command = strict(top.command('rehearse').description('見本の組織で予行します（npm start と同じ）'));
  command
    .option('--at <iso>', '予行の時計を始める日時（時差を付けて書く）')
    .option('--port <n>', '待ち受けるポート（0 は空いているもの）')
    .option('--data <dir>', '保存先のフォルダ')
    .option('--fresh', '前の予行の記録を消して始める')
    .option('--bare', '見本の組織を入れずに始める')
    .option('--json', '結果を JSON で表示する')
    .action((options: Options) => runRehearsal(options));
}

function addServe(top: Command): void {
  const command = strict(top.command('serve').description('本番のサービスを動かします'));
  command
    .option('--port <n>', '待ち受けるポート')
    .option('--data <dir>', '保存先のフォルダ')
    .option('--json', '結果を JSON で表示する')
    .action(async (options: Options) => {
      const config = configOf('serve', options);
      const { serve } = await import('./main.ts');
      const service = await serve(config);
      process.stdout.write(`Kaeru: ${service.url}/\n`);
      stopOnSignal(service);
    });
}

function addCheck(top: Command): void {
  const command = strict(top.command('check').description('設定・方針・データベース・時計・マニフェストを確かめます'));
  command.option('--data <dir>', '保存先のフォルダ').option('--json', '結果を JSON で表示する');
  command.action(async (options: Options) => {
    const { check } = await import('./check.ts');
    report(await check(overridesOf('check', options)), options.json === true);
  });
}

function addSimulate(top: Command): void {
  const command = strict(
    top.command('simulate').description('仮想の時計と障害の中で、送信の帳簿が合うことを確かめます'),
  );
  command
    .requiredOption('--days <n>', '何日分か（1から800まで）')
    .option('--staff <n>', '何人の組織か（24から20000まで）')
    .option('--sample', '見本の組織（samples/kawasaki）で行います（--staff は要りません）')
    .requiredOption('--seed <n>', '同じ番号は同じ結果になります')
    .option('--data <dir>', '保存先のフォルダ（使いません）')
    .option('--json', '結果を JSON で表示する')
    .action((options: Options) => runSimulation(options));
}

async function runSimulation(options: Options): Promise<void> {
  const days = numberOption(options, 'days', 1, 800);
  const sample = options['sample'] === true;
  const staff = sample ? 0 : numberOption(options, 'staff', 24, 20_000);
  const seed = numberOption(options, 'seed', 0, 2 ** 31 - 1);
  const { simulateCity } = await import('./main.ts');
  const { listenForStop } = await import('./adapters/interruption.ts');
  const { watched } = await import('./adapters/progress.ts');
  const stop = listenForStop();
  const terminal = watched(process.stderr);
  const bar = terminal.progress?.('日数');
  const { counts, ...document } = await simulateCity({
    days,
    staff,
    seed,
    sample,
    signal: stop.signal,
    onDay: (day) => bar?.(day, days),
  });
  terminal.close();
  const found = document.violations.map(({ at, what, rule, staff: who }) => [at, what, rule, who].join('  '));
  const lines = [
    ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`),
    ...found,
    `約束と違うこと: ${found.length} 件（乱数の番号 ${seed}、${days} 日、${document.staff} 人）`,
  ];
  const failed = stop.signal.aborted
    ? { code: 'stopped', message: '途中で止められました。ここまでの結果です。' }
    : { code: 'violations', message: `約束と違うことが ${found.length} 件ありました。` };
  const wrong = stop.signal.aborted || found.length > 0;
  report({ document, lines, ...(wrong ? { failed } : {}) }, options.json === true);
}

function numberOption(options: Options, name: string, least: number, most: number): number {
  const written = String(options[name] ?? '');
  const value = /^[0-9]{1,10}$/.test(written) ? Number(written) : Number.NaN;
  if (value >= least && value <= most) return value;
  const message = `「${written.slice(0, 20)}」は使えません。${least}から${most}までの整数を書いてください。`;
  throw new Refusal('usage', message, `--${name}`);
}

function addCommand(top: Command, spec: CliCommand): void {
  const words = spec.name.split(' ');
  const last = words.pop() ?? spec.name;
  const parent = words.reduce(groupOf, top);
  const command = strict(
    parent.command(`${last}${spec.arguments ? ` ${spec.arguments}` : ''}`).description(spec.description),
  );
  for (const { flags, description, required } of spec.options ?? []) {
    if (required) command.requiredOption(flags, description);
    else command.option(flags, description);
  }
  command.option('--data <dir>', '保存先のフォルダ').option('--json', '結果を JSON で表示する');
  command.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2).map(String);
    const options = command.optsWithGlobals<Options>();
    const config = configOf(spec.name, options);
    const { runCommand } = await import('./run-command.ts');
    report(await runCommand(spec, args, config, options, process.stderr), options.json === true);
  });
}

function groupOf(parent: Command, word: string): Command {
  return parent.commands.find((one) => one.name() === word) ?? strict(parent.command(word));
}

function say(notice: string | null): void {
  if (notice !== null) process.stderr.write(`${notice}\n`);
}

function configOf(command: string, options: Options): Config {
  return readConfig(environment, overridesOf(command, options));
}

function overridesOf(command: string, options: Options): ConfigOverrides {
  const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);
  return { command, data: text(options.data), port: text(options.port), at: text(options.at) };
}

function report(result: CliResult, json: boolean): void {
  const { document, lines, failed } = result;
  if (json) process.stdout.write(`${JSON.stringify(failed ? { ...document, error: failed } : document)}\n`);
  else process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  if (!failed) return;
  process.stderr.write(`${failed.where ? `${failed.where}: ` : ''}${failed.message}\n`);
  process.exitCode = exitCodeOf(failed.code);
}

async function runRehearsal(options: Options): Promise<void> {
  const config = configOf('rehearse', options);
  // Loaded here and not above: the commands need neither the server nor the Teams edge.
  const { rehearse } = await import('./main.ts');
  const service = await rehearse(config, { bare: options.bare === true, fresh: options.fresh === true });
  say(service.notice);
  process.stdout.write(`Kaeru rehearsal: ${service.url}/\n`);
  stopOnSignal(service);
}

/** Ctrl-C and SIGTERM finish what is under way and then end the process. */
function stopOnSignal(service: { stop(): Promise<void> }): void {
  const stop = () => {
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => process.exit(fail(error, false)),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

/** Says what went wrong: a sentence on stderr, with `--json` also a document on stdout; a stack trace only under KAERU_LOG=debug. */
function fail(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const usage = error instanceof CommanderError;
  const { code, message, where } = usage ? usageProblem(error) : problemOf(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, ...(where ? { where } : {}) } })}\n`);
  process.stderr.write(`${where ? `${where}: ` : ''}${message}\n`);
  if (environment.KAERU_LOG === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodeOf(code);
}

function exitCodeOf(code: string): number {
  if (code === 'stopped') return 130;
  return code === 'usage' ? 2 : 1;
}

/** What commander objects to, in our words; `%` stands for what it quotes. */
const usageSentences: Record<string, string> = {
  'commander.help': 'コマンドを書いてください。',
  'commander.unknownCommand': '「%」というコマンドはありません。',
  'commander.unknownOption': '「%」という指定はありません。',
  'commander.missingArgument': '「%」を書いてください。',
  'commander.missingMandatoryOptionValue': '「%」を書いてください。',
  'commander.optionMissingArgument': '「%」の後に値を書いてください。',
  'commander.excessArguments': '書かれた値が多すぎます。',
};

function usageProblem(error: CommanderError): { code: string; message: string; where?: string } {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const sentence = usageSentences[error.code] ?? '書き方が違います。';
  const message = `${sentence.replace('%', quoted)}書き方は npm run -s kaeru -- --help で表示します。`;
  return { code: 'usage', message, ...(quoted === '' ? {} : { where: quoted }) };
}

function problemOf(error: unknown): { code: string; message: string; where?: string | undefined } {
  if (error instanceof Refusal) return { code: error.code, message: error.message, where: error.where };
  const name = error instanceof Error ? error.name : 'unknown';
  if (name === 'StoreUnavailable')
    return {
      code: 'store',
      message: 'データベースを読み書きできません。サーバーの稼働、空き容量、権限を確かめてください。',
    };
  return {
    code: 'internal',
    message: `思わぬ誤りで終わりました（${name}）。KAERU_LOG=debug を付けると詳しく表示します。`,
  };
}
