import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Instant } from './ports/clock.ts';
import { Refusal } from './ports/room.ts';

export type Mode = 'rehearsal' | 'production';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process; nobody else reads it. */
export const environment: Environment = process.env;

/** What the command line says; an option wins over the variable of the same meaning. */
export interface ConfigOverrides {
  /** `rehearse` and `serve` set the mode. */
  command?: string | undefined;
  /** `--data DIR`: wins over KAERU_DATA and over DATABASE_URL. */
  data?: string | undefined;
  /** `--port N` */
  port?: string | undefined;
  /** `--at ISO` */
  at?: string | undefined;
}

export type Config = ReturnType<typeof assemble>;

const FORBIDDEN = ['MICROSOFT_APP_PASSWORD', 'AZURE_CLIENT_SECRET'];
const SECRET = new Set(['KAERU_METRICS_TOKEN', 'DATABASE_URL', 'AZURE_CLIENT_CERTIFICATE_PASSWORD', ...FORBIDDEN]);
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;
const MICROSOFT =
  /(^|\.)(botframework\.com|botframework\.azure\.us|microsoftonline\.com|microsoftonline\.us|windows\.net)$/i;
const SERVICE_HOST = /^(https?:\/\/)?(\*\.)?[a-z0-9.-]+(:(\d{1,5}|\*))?$|^(https?:\/\/)?\[::1\](:(\d{1,5}|\*))?$/i;

function whole(minimum: number, maximum: number) {
  const error = `${minimum}から${maximum}までの整数を書いてください。`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error });
}

function matching(pattern: RegExp, error: string) {
  return z.string().regex(pattern, { error });
}

function listOf(pattern: RegExp, error: string) {
  return z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
    .refine((list) => list.every((one) => pattern.test(one)), { error });
}

function urlWhere(allowed: (url: URL) => boolean, error: string) {
  return z.string().refine((text) => URL.canParse(text) && allowed(new URL(text)), { error });
}

const secureUrl = urlWhere(
  (url) => url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname)),
  'https:// で始まるURL（自分の計算機だけは http://127.0.0.1:ポート も可）を書いてください。',
);
const signInUrl = urlWhere(
  (url) => LOOPBACK.test(url.hostname) || (url.protocol === 'https:' && MICROSOFT.test(url.hostname)),
  'Microsoft のサインイン用URL（試験では自分の計算機のURL）を書いてください。',
);
const guid = matching(GUID, '8-4-4-4-12桁の16進数（GUID）を書いてください。');
const filled = matching(/\S/, '空白ではない値を書いてください。');

/** An ISO date and time with its offset, as milliseconds; null for any other text. */
function instantOf(text: string): Instant | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** Every variable of docs/contracts.md, as it is written. Empty means unset. */
const Variables = z.object({
  KAERU_MODE: z.enum(['rehearsal', 'production'], { error: 'rehearsal か production を書いてください。' }).optional(),
  PORT: whole(0, 65535).default(3978),
  HOST: filled.optional(),
  KAERU_DATA: filled.default('./data'),
  DATABASE_URL: matching(/^postgres(ql)?:\/\/\S+$/, 'postgresql://… の形で書いてください。').optional(),
  KAERU_NOW: z
    .string()
    .refine((text) => instantOf(text) !== null, {
      error: '2026-11-18T16:14:45+09:00 のように、時差を付けた日時を書いてください。',
    })
    .optional(),
  KAERU_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'debug、info、warn、error、silent のどれかを書いてください。',
    })
    .default('info'),
  KAERU_PACE: whole(1, 10_000).default(45),
  KAERU_SERVICE_HOSTS: listOf(
    SERVICE_HOST,
    'ホスト名をコンマで区切って書いてください（例: smba.trafficmanager.net）。',
  ).optional(),
  KAERU_SERVICE_URL: secureUrl.optional(),
  KAERU_TENANTS: listOf(/^[a-z0-9][a-z0-9.-]*$/, 'テナントIDをコンマで区切って書いてください。').default([]),
  KAERU_PUBLIC_URL: secureUrl.optional(),
  KAERU_SIGNIN_ISSUER: signInUrl.optional(),
  KAERU_SIGNIN_KEYS_URL: signInUrl.optional(),
  KAERU_TOKEN_URL: signInUrl.optional(),
  KAERU_METRICS_TOKEN: matching(/^\S+$/, '空白を含まない文字列を書いてください。').optional(),
  KAERU_METRICS_PORT: whole(0, 65535).optional(),
  KAERU_SECRET_FILE: filled.optional(),
  MICROSOFT_APP_ID: guid.optional(),
  MICROSOFT_APP_TENANT_ID: guid.optional(),
  MICROSOFT_APP_TYPE: z
    .enum(['UserAssignedMSI', 'SingleTenant'], { error: 'UserAssignedMSI か SingleTenant を書いてください。' })
    .optional(),
  AZURE_CLIENT_ID: guid.optional(),
  AZURE_TENANT_ID: guid.optional(),
  AZURE_CLIENT_CERTIFICATE_PATH: filled.optional(),
  AZURE_CLIENT_CERTIFICATE_PASSWORD: filled.optional(),
  AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: filled.optional(),
  AZURE_FEDERATED_TOKEN_FILE: filled.optional(),
  AZURE_AUTHORITY_HOST: signInUrl.optional(),
});
type Variables = z.infer<typeof Variables>;

/**
 * The typed configuration of one command, from the environment and its options. Refuses (code `config`) with one sentence
 * for every wrong value: the variable, what was read (never a secret) and what is expected.
 */
export function readConfig(env: Environment, overrides: ConfigOverrides = {}): Config {
  const written = withOptions(env, overrides);
  const parsed = Variables.safeParse(written, { jitless: true });
  const problems = FORBIDDEN.filter((name) => written[name] !== undefined).map(
    (name) => `${name} は使えません。パスワードの代わりに証明書又はマネージドIDを使い、この変数を消してください。`,
  );
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => sentence(issue, written, overrides)));
  const command = overrides.command;
  const mode = modeOf(written, command);
  problems.push(...contradictions(written, mode, command));
  if (!parsed.success || problems.length > 0) throw new Refusal('config', problems.join('\n'), 'environment');
  return assemble(parsed.data, mode, overrides.data !== undefined, written);
}

/** Options take the place of their variables; an empty variable is an unset one. */
function withOptions(env: Environment, overrides: ConfigOverrides): Record<string, string> {
  const options = { PORT: overrides.port, KAERU_NOW: overrides.at, KAERU_DATA: overrides.data };
  const all = Object.entries({
    ...env,
    ...Object.fromEntries(Object.entries(options).filter(([, v]) => v !== undefined)),
  });
  return Object.fromEntries(all.filter((one): one is [string, string] => one[1] !== undefined && one[1].trim() !== ''));
}

function modeOf(written: Record<string, string>, command: string | undefined): Mode {
  if (command === 'rehearse') return 'rehearsal';
  if (command === 'serve' || written.KAERU_MODE === 'production') return 'production';
  if (written.KAERU_MODE !== undefined) return 'rehearsal';
  return written.DATABASE_URL === undefined && written.MICROSOFT_APP_ID === undefined ? 'rehearsal' : 'production';
}

function contradictions(written: Record<string, string>, mode: Mode, command: string | undefined): string[] {
  const found: string[] = [];
  const said = written.KAERU_MODE;
  if ((said === 'rehearsal' || said === 'production') && said !== mode) {
    found.push(
      `KAERU_MODE は「${said}」ですが、${command} は ${mode} で動きます。KAERU_MODE を消すか、値を直してください。`,
    );
  }
  if (mode === 'rehearsal' && written.MICROSOFT_APP_ID !== undefined) {
    found.push('MICROSOFT_APP_ID は本番用の設定です。予行（rehearsal）では消してください。');
  }
  if (mode === 'rehearsal' && written.HOST !== undefined && !LOOPBACK.test(written.HOST)) {
    found.push(
      `HOST: 「${written.HOST}」は使えません。予行ではサインインがないため、127.0.0.1 など自分の計算機だけを書けます。`,
    );
  }
  if (mode === 'production' && written.KAERU_NOW !== undefined) {
    found.push('KAERU_NOW は予行（rehearsal）だけで使えます。本番では消してください。時刻は計算機の時計に従います。');
  }
  for (const name of ['KAERU_SERVICE_HOSTS', 'KAERU_SERVICE_URL', 'KAERU_PUBLIC_URL']) {
    if (mode === 'production' && /http:\/\//i.test(written[name] ?? '')) {
      found.push(`${name}: 本番では http:// を使えません。https:// で書いてください。`);
    }
  }
  return found;
}

function sentence(issue: z.core.$ZodIssue, written: Record<string, string>, overrides: ConfigOverrides): string {
  const name = String(issue.path[0]);
  const option = {
    PORT: overrides.port && '--port',
    KAERU_NOW: overrides.at && '--at',
    KAERU_DATA: overrides.data && '--data',
  }[name];
  return `${option || name}: ${shown(name, written[name] ?? '')}は使えません。${issue.message}`;
}

/** A value as it may be shown: never a secret, no user and password inside a URL. */
function shown(name: string, value: string): string {
  return SECRET.has(name) ? 'その値（表示しません）' : `「${value.replace(/\/\/[^/@\s]*@/, '//…@')}」`;
}

function assemble(v: Variables, mode: Mode, dataGiven: boolean, written: Record<string, string>) {
  return {
    mode,
    port: v.PORT,
    host: v.HOST ?? (mode === 'rehearsal' ? '127.0.0.1' : '0.0.0.0'),
    dataFolder: v.KAERU_DATA,
    /** PostgreSQL instead of a file in `dataFolder`; null where `--data` was given. */
    databaseUrl: dataGiven ? null : (v.DATABASE_URL ?? null),
    /** Where the rehearsal's clock starts. */
    startAt: v.KAERU_NOW === undefined ? null : instantOf(v.KAERU_NOW),
    log: v.KAERU_LOG,
    pace: v.KAERU_PACE,
    /** Hosts a serviceUrl may name, lower case; null where none is listed. */
    serviceHosts: v.KAERU_SERVICE_HOSTS ?? null,
    serviceUrl: v.KAERU_SERVICE_URL ?? null,
    tenants: v.KAERU_TENANTS,
    publicUrl: v.KAERU_PUBLIC_URL ?? null,
    signIn: {
      issuer: v.KAERU_SIGNIN_ISSUER ?? null,
      keysUrl: v.KAERU_SIGNIN_KEYS_URL ?? null,
      tokenUrl: v.KAERU_TOKEN_URL ?? null,
    },
    metrics: { token: v.KAERU_METRICS_TOKEN ?? null, port: v.KAERU_METRICS_PORT ?? null },
    secretFile: v.KAERU_SECRET_FILE ?? null,
    app: {
      id: v.MICROSOFT_APP_ID ?? null,
      tenantId: v.MICROSOFT_APP_TENANT_ID ?? null,
      type: v.MICROSOFT_APP_TYPE ?? null,
    },
    /** How the bot proves who it is to Entra; the names are those of @azure/identity. */
    credential: {
      certificatePath: v.AZURE_CLIENT_CERTIFICATE_PATH ?? null,
      certificatePassword: v.AZURE_CLIENT_CERTIFICATE_PASSWORD ?? null,
      sendChain: /^(1|true)$/i.test(v.AZURE_CLIENT_SEND_CERTIFICATE_CHAIN ?? ''),
      federatedTokenFile: v.AZURE_FEDERATED_TOKEN_FILE ?? null,
    },
    /** Every setting for `check`: what holds, or `null` where it is unset. Secrets appear as 「設定済み」. */
    listed: Object.keys(Variables.shape).map((name) => ({
      name,
      value: listedValue(name, written),
    })),
  };
}

function listedValue(name: string, written: Record<string, string>): string | null {
  const value = written[name];
  if (value === undefined) return null;
  return SECRET.has(name) ? '設定済み' : shown(name, value).slice(1, -1);
}

/** What `serve` cannot start without. */
export interface Production {
  appId: string;
  tenantId: string;
  tenants: readonly string[];
  serviceHosts: readonly string[];
  identity:
    | { kind: 'managed' }
    | { kind: 'federated'; tokenFile: string }
    | { kind: 'certificate'; path: string; password: string | null; sendChain: boolean };
}

/** Where Teams' Connector answers; other clouds name theirs in KAERU_SERVICE_HOSTS. */
const teamsHosts = ['smba.trafficmanager.net'];

/** The sign-in settings of production. Refuses (code `config`) with one sentence for each that is missing. */
export function productionOf(config: Config): Production {
  const { id, tenantId, type } = config.app;
  const identity = identityOf(config);
  const missing = [
    ...(id === null ? ['MICROSOFT_APP_ID: ボットのアプリケーションIDを書いてください。'] : []),
    ...(tenantId === null ? ['MICROSOFT_APP_TENANT_ID: ボットを登録したテナントのIDを書いてください。'] : []),
    ...(type === null ? ['MICROSOFT_APP_TYPE: UserAssignedMSI か SingleTenant を書いてください。'] : []),
    ...(type === 'SingleTenant' && identity === null
      ? [
          'AZURE_FEDERATED_TOKEN_FILE か AZURE_CLIENT_CERTIFICATE_PATH: フェデレーション資格情報か証明書の場所を書いてください。',
        ]
      : []),
  ];
  if (id === null || tenantId === null || identity === null || missing.length > 0) {
    throw new Refusal(
      'config',
      `サインインの設定がないため、serve は始めません。\n${missing.join('\n')}`,
      'environment',
    );
  }
  const tenants = config.tenants.length > 0 ? config.tenants : [tenantId.toLowerCase()];
  return { appId: id, tenantId, tenants, serviceHosts: config.serviceHosts ?? teamsHosts, identity };
}

function identityOf({ app, credential }: Config): Production['identity'] | null {
  if (app.type === 'UserAssignedMSI') return { kind: 'managed' };
  if (credential.federatedTokenFile !== null) return { kind: 'federated', tokenFile: credential.federatedTokenFile };
  const { certificatePath: path, certificatePassword: password, sendChain } = credential;
  return path === null ? null : { kind: 'certificate', path, password, sendChain };
}
