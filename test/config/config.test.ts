import { describe, expect, test } from 'vitest';
import { type ConfigOverrides, type Environment, readConfig } from '../../src/config.ts';
import { Refusal } from '../../src/ports/room.ts';

const APP = '11111111-2222-4333-8444-555555555555';

function refusalOf(env: Environment, overrides?: ConfigOverrides): string {
  try {
    readConfig(env, overrides);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the configuration', () => {
  test('of an empty environment is a rehearsal on loopback with the values of the contract', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      mode: 'rehearsal',
      port: 3978,
      host: '127.0.0.1',
      dataFolder: './data',
      databaseUrl: null,
      startAt: null,
      pace: 45,
      tenants: [],
      secretFile: null,
    });
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ PORT: '', KAERU_NOW: ' ', KAERU_DATA: '' })).toEqual(readConfig({}));
  });

  test('options win over variables, and --data over DATABASE_URL too', () => {
    const env = { PORT: '1', KAERU_DATA: 'here', DATABASE_URL: 'postgresql://db/kaeru', KAERU_MODE: 'rehearsal' };
    expect(readConfig(env)).toMatchObject({ port: 1, dataFolder: 'here', databaseUrl: 'postgresql://db/kaeru' });
    expect(readConfig(env, { port: '0', data: 'there' })).toMatchObject({
      port: 0,
      dataFolder: 'there',
      databaseUrl: null,
    });
  });

  test('--at wins over KAERU_NOW', () => {
    const env = { KAERU_NOW: '2026-11-18T16:14:45+09:00' };
    expect(readConfig(env).startAt).toBe(Date.UTC(2026, 10, 18, 7, 14, 45));
    expect(readConfig(env, { command: 'rehearse', at: '2026-11-25T00:00:00Z' }).startAt).toBe(Date.UTC(2026, 10, 25));
  });

  test.each([
    [{}, undefined, 'rehearsal'],
    [{ DATABASE_URL: 'postgres://db/x' }, undefined, 'production'],
    [{ MICROSOFT_APP_ID: APP }, undefined, 'production'],
    [{ DATABASE_URL: 'postgres://db/x', KAERU_MODE: 'rehearsal' }, undefined, 'rehearsal'],
    [{ DATABASE_URL: 'postgres://db/x' }, 'rehearse', 'rehearsal'],
    [{ KAERU_MODE: 'production' }, 'check', 'production'],
    [{}, 'serve', 'production'],
  ])('%o with command %s runs in %3$s', (env, command, mode) => {
    expect(readConfig(env, { command }).mode).toBe(mode);
  });

  test.each([
    ['KAERU_MODE', { KAERU_MODE: 'production' }, 'rehearse', 'rehearsal'],
    ['KAERU_MODE', { KAERU_MODE: 'rehearsal' }, 'serve', 'production'],
    ['MICROSOFT_APP_ID', { KAERU_MODE: 'rehearsal', MICROSOFT_APP_ID: APP }, 'check', '本番用'],
    ['MICROSOFT_APP_ID', { MICROSOFT_APP_ID: APP }, 'rehearse', '本番用'],
    ['KAERU_NOW', { KAERU_NOW: '2026-11-18T16:14:45+09:00' }, 'serve', '予行'],
    ['HOST', { HOST: '0.0.0.0' }, 'rehearse', '0.0.0.0'],
    ['HOST', { HOST: 'kaeru.example.jp' }, undefined, 'kaeru.example.jp'],
  ])('a contradiction about %s is refused by name', (name, env, command, also) => {
    const message = refusalOf(env, { command });
    expect(message).toContain(name);
    expect(message).toContain(also);
  });

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('rehearsal listens on %s', (host) => {
    expect(readConfig({ HOST: host }, { command: 'rehearse' }).host).toBe(host);
  });

  test.each([
    ['PORT', '70000', '65535'],
    ['PORT', 'http', '整数'],
    ['KAERU_PACE', '0', '1から'],
    ['KAERU_NOW', '2026-11-18T16:14:45', '時差'],
    ['KAERU_NOW', '2026-02-30T00:00:00+09:00', '時差'],
    ['KAERU_LOG', 'loud', 'debug'],
    ['KAERU_MODE', 'test', 'rehearsal'],
    ['DATABASE_URL', 'mysql://x', 'postgresql'],
    ['KAERU_SERVICE_HOSTS', 'a b', 'コンマ'],
    ['KAERU_SERVICE_URL', 'http://smba.example.jp/', 'https'],
    ['KAERU_TENANTS', 'a b', 'コンマ'],
    ['KAERU_PUBLIC_URL', 'kaeru', 'https'],
    ['KAERU_SIGNIN_ISSUER', 'https://evil.example.com', 'Microsoft'],
    ['KAERU_SIGNIN_KEYS_URL', 'http://login.botframework.com/', 'Microsoft'],
    ['KAERU_TOKEN_URL', 'https://login.microsoftonline.com.example.com/', 'Microsoft'],
    ['KAERU_METRICS_PORT', '-1', '整数'],
    ['MICROSOFT_APP_ID', 'kaeru', 'GUID'],
    ['MICROSOFT_APP_TYPE', 'MultiTenant', 'SingleTenant'],
  ])('%s=%s is refused with the name, what was read and what is expected', (name, value, expected) => {
    const message = refusalOf({ [name]: value });
    expect(message).toContain(name);
    expect(message).toContain(expected);
    if (name !== 'DATABASE_URL') expect(message).toContain(`「${value}」`);
  });

  test('an option is called by its own name', () => {
    expect(refusalOf({}, { port: 'x' })).toContain('--port');
    expect(refusalOf({}, { at: 'morning' })).toContain('--at');
  });

  test.each(['MICROSOFT_APP_PASSWORD', 'AZURE_CLIENT_SECRET'])('%s is refused by name and never shown', (name) => {
    const message = refusalOf({ [name]: 'hush-hush' });
    expect(message).toContain(name);
    expect(message).not.toContain('hush-hush');
  });

  test('a refusal shows no secret and no password inside a URL', () => {
    const message = refusalOf({
      DATABASE_URL: 'mysql://user:hush-hush@db/x',
      KAERU_METRICS_TOKEN: 'hush hush',
      KAERU_SERVICE_URL: 'ftp://user:hush-hush@host/',
    });
    for (const name of ['DATABASE_URL', 'KAERU_METRICS_TOKEN', 'KAERU_SERVICE_URL']) expect(message).toContain(name);
    expect(message).not.toMatch(/hush/);
  });

  test('every wrong value is named at once', () => {
    expect(refusalOf({ PORT: 'x', KAERU_PACE: 'y', KAERU_LOG: 'z' }).split('\n')).toHaveLength(3);
  });

  test('sign-in addresses may be Microsoft’s own or loopback', () => {
    const env = {
      KAERU_SIGNIN_ISSUER: 'https://api.botframework.com',
      KAERU_SIGNIN_KEYS_URL: 'http://127.0.0.1:9000/keys',
      KAERU_TOKEN_URL: 'https://login.microsoftonline.com/',
    };
    expect(readConfig(env).signIn).toEqual({
      issuer: 'https://api.botframework.com',
      keysUrl: 'http://127.0.0.1:9000/keys',
      tokenUrl: 'https://login.microsoftonline.com/',
    });
  });

  test('hosts and tenants are lists, lower case, without blanks; production allows no plain http host', () => {
    const env = { KAERU_SERVICE_HOSTS: 'SMBA.trafficmanager.net, localhost:8443', KAERU_TENANTS: APP.toUpperCase() };
    expect(readConfig(env)).toMatchObject({
      serviceHosts: ['smba.trafficmanager.net', 'localhost:8443'],
      tenants: [APP],
    });
    for (const name of ['KAERU_SERVICE_HOSTS', 'KAERU_SERVICE_URL', 'KAERU_PUBLIC_URL']) {
      expect(refusalOf({ [name]: 'http://127.0.0.1:1' }, { command: 'serve' })).toContain(name);
      expect(refusalOf({ [name]: 'http://127.0.0.1:1' }, { command: 'rehearse' })).toBe('accepted');
    }
  });

  test('check lists every setting, secrets only as set', () => {
    const { listed } = readConfig({ KAERU_METRICS_TOKEN: 'hush-hush', PORT: '4000' });
    expect(listed).toContainEqual({ name: 'PORT', value: '4000' });
    expect(listed).toContainEqual({ name: 'KAERU_METRICS_TOKEN', value: '設定済み' });
    expect(listed).toContainEqual({ name: 'KAERU_SECRET_FILE', value: null });
  });
});
