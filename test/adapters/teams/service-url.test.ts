import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedServiceUrl } from '../../../src/adapters/teams/service-url.ts';
import { literals, tricks } from '../../fakes/url-tricks.ts';

const production = {
  rehearsal: false,
  hosts: ['smba.trafficmanager.net', 'Smba.Infra.GCC.teams.microsoft.com', '127.0.0.1'],
};
const rehearsal = { rehearsal: true, hosts: [] };
const listed = 'smba.trafficmanager.net';

describe('a service URL', () => {
  test.each([
    [`https://${listed}/jp/`, `https://${listed}/jp`],
    [`https://${listed}`, `https://${listed}/`],
    [`https://${listed}:443/amer/0000-11/`, `https://${listed}/amer/0000-11`],
    [`HTTPS://SMBA.trafficmanager.net/jp/`, `https://${listed}/jp`],
    ['https://smba.infra.gcc.teams.microsoft.com/teams', 'https://smba.infra.gcc.teams.microsoft.com/teams'],
    ['https://127.0.0.1:8443/', 'https://127.0.0.1:8443/'],
  ])('%s on a listed host is allowed', (text, expected) => {
    expect(allowedServiceUrl(text, production)?.href).toBe(expected);
  });

  test.each(['http://127.0.0.1:3978/teams', 'http://localhost:1/', 'http://LOCALHOST:65535/v', 'http://127.0.0.1'])(
    '%s is allowed in rehearsal and never in production',
    (text) => {
      expect(allowedServiceUrl(text, rehearsal)).not.toBeNull();
      expect(allowedServiceUrl(text, production)).toBeNull();
    },
  );

  test('a host listed with its port is allowed with that port only', () => {
    const withPort = { rehearsal: false, hosts: ['localhost:8443', 'connector.example:444'] };
    expect(allowedServiceUrl('https://localhost:8443/', withPort)).not.toBeNull();
    expect(allowedServiceUrl('https://connector.example:444/', withPort)).not.toBeNull();
    expect(allowedServiceUrl('https://localhost:8444/', withPort)).toBeNull();
    expect(allowedServiceUrl('https://connector.example/', withPort)).toBeNull();
  });

  test('a number that a parser reads as an address is refused even when somebody listed it', () => {
    for (const host of ['0x7f.1', '2130706433', '127.1', '10.0.0.1']) {
      expect(allowedServiceUrl(`https://${host}/`, { rehearsal: false, hosts: [host] }), host).toBeNull();
    }
  });

  test('a list entry may name a scheme, the hosts below a domain, or any port', () => {
    const hosts = [
      'https://connector.example',
      '*.teams.example',
      '*.wide',
      'localhost:*',
      'http://plain.example',
      '10.0.0.1',
      '*',
    ];
    const may = (text: string) => allowedServiceUrl(text, { rehearsal: false, hosts }) !== null;
    const allowed = [
      'https://connector.example/',
      'https://a.teams.example/x',
      'https://b.a.teams.example',
      'https://localhost:9/',
    ];
    const refused = [
      'https://teams.example/',
      'https://evilteams.example/',
      'https://a.wide/',
      'https://xn--a.teams.example/',
      'https://b.xn--a.teams.example/',
      'https://a..teams.example/',
      'https://a.teams.example:444/',
      'http://plain.example/',
      'https://plain.example/',
      'https://10.0.0.1/',
      'http://localhost:9/',
      'https://other.example/',
    ];
    expect([allowed.map(may), refused.map(may)]).toEqual([allowed.map(() => true), refused.map(() => false)]);
  });

  test('none of some 500 tricks is allowed, in production or in rehearsal', () => {
    const hosts = [
      listed,
      'smba.infra.gcc.teams.microsoft.com',
      'localhost',
      '127.0.0.1',
      'evil.example',
      'metadata.internal',
      '[::1]',
      'a.b',
      'x',
    ];
    const written = hosts.flatMap((host) => tricks.map((trick) => trick(host)));
    const numbers = literals.flatMap((host) => ['', ':443', ':80'].map((port) => `https://${host}${port}/`));
    const inProduction = [...written, ...numbers];
    expect(inProduction.length).toBeGreaterThanOrEqual(500);
    for (const text of inProduction)
      expect(allowedServiceUrl(text, { rehearsal: false, hosts: [listed] }), text).toBeNull();
    const inRehearsal = [...written, ...numbers].filter((text) => !/^http:\/\/(localhost|127\.0\.0\.1)\/$/.test(text));
    for (const text of inRehearsal) expect(allowedServiceUrl(text, rehearsal), text).toBeNull();
  });

  test('no random text is ever read as another host than the listed ones', () => {
    const text = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (random) => {
        for (const candidate of [random, `https://${listed}${random}`, `https://${random}${listed}/`]) {
          const url = allowedServiceUrl(candidate, { rehearsal: false, hosts: [listed] });
          if (url !== null) expect([url.protocol, url.host]).toEqual(['https:', listed]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
