import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { dataFolder, kaeru, type Served, startServe } from '../end-to-end/product.ts';
import { chatOf } from '../end-to-end/teams.ts';
import { aCertificate } from '../fakes/certificates.ts';
import { type OpenIdServers, startOpenIdServers } from '../fakes/open-id-server.ts';
import { aKey, signed } from '../fakes/signed-tokens.ts';
import { type FakeConnector, startFakeConnector } from '../fakes/start-connector.ts';
import { startPostgres, type TestPostgres } from '../fakes/start-postgres.ts';
import { startTokenServer, type TokenServer } from '../fakes/token-server.ts';

const appId = '00000000-0000-4000-8000-00000000000a';
const tenant = '00000000-0000-4000-8000-00000000000b';

/** Production services of one PostgreSQL database, with sign-in, and the world around them: Entra, OpenID, Connector. */
export class Fleet {
  readonly connector: FakeConnector;
  readonly folder = dataFolder();
  readonly #key: ReturnType<typeof aKey>;
  readonly #openId: OpenIdServers;
  readonly #tokens: TokenServer;
  readonly #postgres: TestPostgres;
  /** One connection for all that the tests look at. */
  readonly #look: Client;
  readonly #env: Record<string, string>;
  #running: Served[] = [];
  #turn = 0;

  static async start(policy: string): Promise<Fleet> {
    const key = aKey('key-1');
    const authority = aCertificate('Mihon Authority');
    const own = aCertificate('Mihon Connector', { name: 'Mihon Authority', key: authority.key });
    const postgres = await startPostgres();
    const fleet = new Fleet(
      key,
      await startFakeConnector(0, `${own.privateKey}${own.certificate}`),
      await startOpenIdServers([key.jwk]),
      await startTokenServer(false),
      postgres,
      await postgres.database(),
      authority.certificate,
    );
    await fleet.#look.connect();
    await fleet.command(['policy', 'apply', fleet.#file('policy.yaml', policy)]);
    return fleet;
  }

  private constructor(
    key: ReturnType<typeof aKey>,
    connector: FakeConnector,
    openId: OpenIdServers,
    tokens: TokenServer,
    postgres: TestPostgres,
    url: string,
    authority: string,
  ) {
    this.connector = connector;
    this.#key = key;
    this.#openId = openId;
    this.#tokens = tokens;
    this.#postgres = postgres;
    this.#look = new Client({ connectionString: url });
    const bot = aCertificate('Mihon Bot');
    this.#env = {
      DATABASE_URL: url,
      KAERU_MODE: 'production',
      KAERU_DATA: this.folder.data,
      KAERU_SECRET_FILE: this.#file('secret.key', `${randomBytes(32).toString('base64')}\n`),
      MICROSOFT_APP_ID: appId,
      MICROSOFT_APP_TENANT_ID: tenant,
      MICROSOFT_APP_TYPE: 'SingleTenant',
      AZURE_CLIENT_CERTIFICATE_PATH: this.#file('bot.pem', `${bot.privateKey}${bot.certificate}`),
      HOST: '127.0.0.1',
      PORT: '0',
      KAERU_SIGNIN_ISSUER: new URL(openId.metadataUrl).origin,
      KAERU_SIGNIN_KEYS_URL: openId.metadataUrl,
      KAERU_TOKEN_URL: tokens.origin,
      KAERU_SERVICE_HOSTS: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: this.#file('authority.pem', authority),
    };
  }

  #file(name: string, content: string): string {
    writeFileSync(this.folder.file(name), content);
    return this.folder.file(name);
  }

  /** A command of the product on the database, beside whatever runs. */
  async command(words: string[]): Promise<void> {
    const { status, stderr } = await kaeru(words, this.#env);
    if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  }

  async importStaff(file: string): Promise<void> {
    await this.command(['import', 'staff', this.#file('staff.csv', file)]);
  }

  async rows(statement: string): Promise<Record<string, unknown>[]> {
    return (await this.#look.query(statement)).rows;
  }

  /** Starts that many services at once; they get activities from now on. */
  async add(count: number, pace = 2_000): Promise<Served[]> {
    const env = { ...this.#env, KAERU_PACE: String(pace) };
    const started = await Promise.all(Array.from({ length: count }, () => startServe(null, env)));
    this.#running.push(...started);
    return started;
  }

  /** What those that run have written to their log. */
  said(): string {
    return this.#running.map((service) => service.said().stderr).join('\n');
  }

  /** No further activity goes to this one, as when a load balancer drains it. */
  drain(service: Served): void {
    this.#running = this.#running.filter((one) => one !== service);
  }

  /** Drained, then SIGTERM; its exit code. */
  stop(service: Served): Promise<number | null> {
    this.drain(service);
    return service.stop();
  }

  /** `POST /api/messages`, signed, to one after the other of those that run, or to the one named; the next is tried where one is gone. */
  async activity(activity: object, to?: Served): Promise<{ status: number; text: string }> {
    const signedActivity = { ...activity, ...this.#placed(activity) };
    for (let left = 5; ; left -= 1) {
      this.#turn += 1;
      const service = to ?? this.#running[this.#turn % this.#running.length];
      if (!service) throw new Error('No service runs.');
      try {
        const answer = await fetch(`${service.url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#bearer()}` },
          body: JSON.stringify(signedActivity),
        });
        if (answer.status < 500 || left <= 1) return { status: answer.status, text: await answer.text() };
      } catch (error) {
        if (left <= 1) throw error;
      }
    }
  }

  #placed(activity: object): object {
    const conversation: unknown = Reflect.get(activity, 'conversation');
    const id = Reflect.get(Object(conversation), 'id') ?? chatOf('');
    return {
      conversation: { id, conversationType: 'personal', tenantId: tenant },
      channelData: { tenant: { id: tenant } },
    };
  }

  #bearer(): string {
    const now = Math.floor(Date.now() / 1_000);
    const issuer = this.#env['KAERU_SIGNIN_ISSUER'];
    const serviceurl = this.connector.serviceUrl;
    return signed(this.#key, { iss: issuer, aud: appId, nbf: now - 60, exp: now + 600, serviceurl });
  }

  /** Ends all that run, in order of their start. */
  async end(): Promise<void> {
    for (const service of this.#running.splice(0)) await service.stop();
  }

  async close(): Promise<void> {
    await this.end();
    await this.connector.stop();
    await this.#tokens.stop();
    await this.#openId.stop();
    await this.#look.end();
    await this.#postgres.stop();
    this.folder.remove();
  }
}
