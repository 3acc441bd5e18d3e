import { readFileSync } from 'node:fs';
import { systemClock } from './adapters/clock.ts';
import { addDays, builtInHolidaysOf, instantAt, localAt } from './calendar/index.ts';
import { type Config, type ConfigOverrides, environment, readConfig } from './config.ts';
import { openDatabase, openPorts } from './open-ports.ts';
import { resolveSection, staffOn } from './people/index.ts';
import { currentPolicy, type Policy } from './policy/index.ts';
import { type CliResult, type Ports, Refusal } from './ports/room.ts';

/** One line of `check`; `todo` is there when something is to be done, also where the service would start without it. */
export interface CheckItem {
  name: string;
  ok: boolean;
  todo?: string;
}

/** The product was released after this; a clock that stands before it is wrong. */
const earliest = instantAt('2026-01-01', 0, 'Asia/Tokyo');
const holidaysAhead = 183;

/** `check`: configuration, database, policy, clock, holidays, manifest, agreements: a line each, and what to do about every problem. */
export async function check(overrides: ConfigOverrides): Promise<CliResult> {
  const items = [...(await serviceItems(overrides)), manifestItem()];
  const wrong = items.filter((item) => !item.ok);
  const lines = items.map((item) => `${item.ok ? '○' : '×'} ${item.name}${item.todo ? `: ${item.todo}` : ''}`);
  if (wrong.length === 0) return { document: { items }, lines };
  const message = `確認した項目のうち${wrong.length}件に問題があります。`;
  return {
    document: { items },
    lines,
    failed: { code: 'check', message, where: wrong.map((item) => item.name).join(', ') },
  };
}

async function serviceItems(overrides: ConfigOverrides): Promise<CheckItem[]> {
  const read = attempt(() => readConfig(environment, overrides));
  if ('todo' in read) return [{ name: 'configuration', ok: false, todo: read.todo }];
  const config = read.value;
  return [{ name: 'configuration', ok: true }, clockItem(), ...(await storeItems(config))];
}

async function storeItems(config: Config): Promise<CheckItem[]> {
  try {
    const database = await openDatabase(config);
    try {
      const ports = await openPorts(config, database);
      return [{ name: 'database', ok: true }, ...(await policyItems(ports))];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{ name: 'database', ok: false, todo: todoOf(error) }];
  }
}

async function policyItems(ports: Ports): Promise<CheckItem[]> {
  try {
    const book = await currentPolicy(ports.database.db, ports.settings);
    const today = localAt(ports.clock.now(), book.timeZone).date;
    const sample =
      book.version === 0 ? { todo: '見本の方針を使っています。policy apply で市の方針を適用してください。' } : {};
    return [
      { name: 'policy', ok: true, ...sample },
      holidaysItem(today),
      agreementsItem(book.on(today).agreements.map((one) => one.programme)),
      ...(await sectionItems(ports, book.on(today), today)),
    ];
  } catch (error) {
    return [{ name: 'policy', ok: false, todo: todoOf(error) }];
  }
}

/** A warning when the known holidays end within six months. */
function holidaysItem(today: string): CheckItem {
  const year = Number(addDays(today, holidaysAhead).slice(0, 4));
  if (builtInHolidaysOf(year).length > 0) return { name: 'holidays', ok: true };
  return {
    name: 'holidays',
    ok: true,
    todo: `${year}年の祝日が入っていません。import holidays で取り込んでください。`,
  };
}

const agreed: Record<string, string> = {
  'late-work': '午後8時の通知（C02）',
  interval: '勤務間インターバルの案内（C12）',
  'clock-gaps': '退庁記録との差の一覧',
  'wlb-rate': '退庁記録による定時退庁率',
};

/** Programmes that stay off until an agreement with the staff side is recorded (P12). */
function agreementsItem(recorded: string[]): CheckItem {
  const off = Object.entries(agreed).flatMap(([programme, name]) => (recorded.includes(programme) ? [] : [name]));
  if (off.length === 0) return { name: 'agreements', ok: true };
  return {
    name: 'agreements',
    ok: true,
    todo: `労使の合意の記録（agreements）がないため、動きません: ${off.join('、')}。`,
  };
}

/** Sections that the policy names and the roster does not know: what is said of them holds for nobody. Nothing without a roster. */
async function sectionItems(ports: Ports, policy: Policy, today: string): Promise<CheckItem[]> {
  const { db } = ports.database;
  if ((await staffOn(db, today)).length === 0) return [];
  const named = [
    ...policy.noOvertime.sectionDays.map((one) => one.section),
    ...policy.priorApplication.sections,
    ...policy.peaks.filter((peak) => peak.to >= today).flatMap((peak) => peak.sections),
  ];
  const found = await Promise.all([...new Set(named)].map((section) => resolveSection(db, section, today)));
  const problems = found.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (problems.length === 0) return [];
  return [{ name: 'sections', ok: true, todo: `方針（policy.yaml）の所属を直してください。${problems.join('')}` }];
}

function clockItem(): CheckItem {
  if (systemClock().now() >= earliest) return { name: 'clock', ok: true };
  return { name: 'clock', ok: false, todo: 'この計算機の時計が合っていません。時刻の同期（NTP）を確かめてください。' };
}

function manifestItem(): CheckItem {
  const read = attempt((): unknown =>
    JSON.parse(readFileSync(new URL('../manifest/manifest.json', import.meta.url), 'utf8')),
  );
  if ('todo' in read)
    return {
      name: 'manifest',
      ok: false,
      todo: 'manifest/manifest.json を読めません。配布物をもう一度展開してください。',
    };
  return { name: 'manifest', ok: true };
}

function attempt<T>(work: () => T): { value: T } | { todo: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { todo: todoOf(error) };
  }
}

function todoOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return 'データベースを読み書きできません。保存先の空き容量と権限を確かめてください。';
}
