import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import lightMyRequest, {
  type DispatchFunc,
  type InjectOptions,
  type Response as LightMyRequestResponse,
} from 'light-my-request';
import type { RequestHandler } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import type { Database } from '../../server/store/database.ts';
import { wire } from '../../server/wire.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';
import { createZoho, type Zoho } from '../sandbox/zoho.ts';
import { openMemoryDatabase } from '../support/memory-database.ts';

export const SERVER = 'https://localhost:3600';
/** Of whoever runs the server. */
export const METRICS_TOKEN = 'metrics-token-of-the-operator-0123456789';
const LOCAL_ZOHO = 'http://127.0.0.1:3601';
/** So many turns without a request to Zoho are never in the midst of a read: what is between two requests is shorter. */
const QUIET_TURNS = 40;
const CLIENT = { id: '1000.HOSTILE', secret: 'client-secret-canary' };

export interface Person {
  readonly accessToken: string;
  readonly cookie: string;
}

interface Ask {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly payload?: InjectOptions['payload'];
  /** Sends exactly this, where a widget would add an idempotency key and refresh a token that is not fresh. */
  readonly bare?: boolean;
}

/** A sign-in as its widget holds it: refreshing replaces both. */
interface Held extends Person {
  /** One after the other: a token serves one change, and a cookie one refresh. */
  renewing: Promise<unknown>;
  newest: Person;
}

/** The real server beside a local Zoho, in one process, with a clock that only moves when told to. */
export interface World {
  readonly app: FastifyInstance;
  readonly zoho: Zoho;
  readonly database: Database;
  /** Everything the server has logged. */
  readonly logs: () => string;
  readonly logLines: readonly string[];
  /** Requests to addresses that are not the local Zoho's. */
  readonly strayRequests: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly later: (ms: number) => void;
  readonly ask: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    ask?: Ask,
  ) => Promise<LightMyRequestResponse>;
  readonly begin: (
    purpose: 'panel' | 'setup',
    orgHint?: string,
  ) => Promise<{ tx: string; url: string; verifier: string }>;
  /** From our popup page to Zoho's answer: where the browser is sent back to. */
  readonly consent: (url: string, userId: string) => Promise<string>;
  readonly signIn: (userId: string, purpose?: 'panel' | 'setup') => Promise<Person>;
  readonly beginBooks: (token: string) => Promise<{ tx: string; url: string; verifier: string }>;
  /** From the settings page's button to Books being connected, by the consent of one person. */
  readonly connectBooks: (token: string, userId: string) => Promise<LightMyRequestResponse>;
  /** As the administrator does it, roles included. */
  readonly install: () => Promise<Person>;
  /** Until nothing is read behind an answer any more. */
  readonly quiet: () => Promise<void>;
  /** Where names outside of Zoho lead; all others are not found. */
  readonly hosts: Map<string, readonly string[]>;
  /** An answer that comes before the local Zoho's own. */
  readonly answerFirst: (...handlers: readonly RequestHandler[]) => void;
  readonly close: () => Promise<void>;
}

/**
 * @param extend adds to the server before it serves, e.g. a leak that a test has to find
 * @param given an empty database other than one in memory
 */
export async function openWorld(
  organisation: Organisation = smallOrganisation(),
  settings: Readonly<Record<string, string>> = {},
  extend: (app: FastifyInstance) => void = () => undefined,
  given?: Database,
): Promise<World> {
  let nowMs = Date.parse(`${SMALL.today}T09:00:00.000Z`);
  const now = (): Date => new Date(nowMs);
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  /** Until the clock has been moved on, or really for so long. */
  const wait = (ms: number): Promise<void> =>
    new Promise((wake) => {
      sleepers.push({ until: nowMs + ms, wake });
      setTimeout(wake, ms).unref();
    });
  const zoho = createZoho({ organisation, clock: now, client: CLIENT });
  const strayRequests: string[] = [];
  const network: SetupServer = setupServer(...zoho.handlers);
  network.listen({
    onUnhandledRequest: ({ url }) => {
      strayRequests.push(url);
      throw new Error('Nothing may be asked there');
    },
  });
  let underWay = 0;
  network.events.on('request:start', ({ request }) => {
    underWay += 1;
    if (new URL(request.url).origin !== LOCAL_ZOHO) strayRequests.push(request.url);
  });
  network.events.on('request:end', () => {
    underWay -= 1;
  });
  const quiet = async (): Promise<void> => {
    for (let turns = 0; turns < QUIET_TURNS; turns = underWay === 0 ? turns + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  };

  const environment = {
    PUBLIC_URL: SERVER,
    ZOHO_CLIENT_ID: CLIENT.id,
    ZOHO_CLIENT_SECRET: CLIENT.secret,
    SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ZOHO_LOCAL_URL: LOCAL_ZOHO,
    SIGN_INS_PER_MINUTE: '1000',
    BACKGROUND_READS: 'off', // nothing happens but what a test asks for
    METRICS_TOKEN,
    REQUESTS_PER_USER_PER_MINUTE: '10000',
    REQUESTS_PER_ADDRESS_PER_MINUTE: '1000000',
    REQUESTS_PER_ORGANISATION_PER_MINUTE: '100000',
    ...settings,
  };
  const lines: string[] = [];
  const hosts = new Map<string, readonly string[]>();
  const open = given ?? (await openMemoryDatabase());
  const busy = <Result>(work: Promise<Result>): Promise<Result> => {
    underWay += 1;
    return work.finally(() => {
      underWay -= 1;
    });
  };
  const database: Database = {
    ...open,
    query: (sql, values) => busy(open.query(sql, values)),
    transaction: (work) => busy(open.transaction(work)),
  };
  const config = readConfig(environment);
  const app = await wire({
    config,
    database,
    logger: createLogger(settings.LOG_LEVEL === undefined ? 'trace' : config.LOG_LEVEL, {
      write: (line) => void lines.push(line),
    }),
    clock: now,
    wait,
    resolveHost: async (name) => hosts.get(name) ?? [],
    widgetsFolder: new URL('../../dist/app/widgets', import.meta.url).pathname,
  });

  extend(app);

  await app.ready();
  // As if over the wire, so through what stands in front of the app as well.
  const dispatch: DispatchFunc = (request, response) => app.server.emit('request', request, response);
  const inject = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, what: Ask) =>
    lightMyRequest(dispatch, {
      method,
      url: path,
      headers: {
        ...(what.token === undefined ? {} : { authorization: `Bearer ${what.token}` }),
        ...what.headers,
      },
      ...(what.body === undefined ? {} : { payload: what.body as object }),
      ...(what.payload === undefined ? {} : { payload: what.payload }),
    });
  const signedIn = new Map<string, Held>();

  const ask: World['ask'] = async (method, path, what = {}) => {
    const { token, bare } = what;
    if (bare || token === undefined || method === 'GET') return inject(method, path, what);
    const key = { 'idempotency-key': randomUUID() };
    const keyed = { ...what, headers: { ...key, ...what.headers } };
    const answer = await inject(method, path, keyed);
    const held = signedIn.get(token);
    if (!held || codeOf(answer) !== 'session.not_fresh') return answer;
    const again = held.renewing.then(async () => {
      const renewed = await inject('POST', '/auth/refresh', {
        body: {},
        headers: fromOurPage(held.newest.cookie),
      });
      if (renewed.statusCode !== 200) return answer;
      held.newest = personIn(renewed);
      return inject(method, path, { ...keyed, token: held.newest.accessToken });
    });
    held.renewing = again;
    return again;
  };

  const begin: World['begin'] = async (purpose, orgHint) => {
    const { verifier, challenge } = proof();
    const answer = await ask('POST', '/auth/start', { body: { challenge, purpose, orgHint } });
    return { ...(answer.json() as { tx: string; url: string }), verifier };
  };

  const beginBooks: World['beginBooks'] = async (token) => {
    const { verifier, challenge } = proof();
    const answer = await ask('POST', '/api/v1/settings/books/start', { token, body: { challenge } });
    return { ...(answer.json() as { tx: string; url: string }), verifier };
  };

  const consent: World['consent'] = async (url, userId) => {
    const { pathname, search } = new URL(url);
    const go = await ask('GET', pathname + search);
    const onwards = /href="([^"]*\/auth\/go[^"]*)"/
      .exec(go.body)?.[1]
      ?.replaceAll('&#38;', '&')
      .replaceAll('&amp;', '&');
    if (!onwards) throw new Error(`No way on: ${go.body}`);
    return choose(String((await ask('GET', onwards)).headers.location), userId);
  };

  /** Zoho's answer at our server; the person consents once more when our server asks for it. */
  const answered = async (back: string, userId: string): Promise<LightMyRequestResponse> => {
    const answer = await ask('GET', back);
    if (answer.statusCode !== 302) return answer;
    return ask('GET', await choose(String(answer.headers.location), userId));
  };

  const signIn: World['signIn'] = async (userId, purpose = 'panel') => {
    const { tx, url, verifier } = await begin(purpose);
    const done = await answered(await consent(url, userId), userId);
    const code = codeIn(done);
    if (!code) throw new Error(`Refused: ${done.body}`);
    const person = personIn(await ask('POST', '/auth/redeem', { body: { tx, code, verifier } }));
    signedIn.set(person.accessToken, { ...person, newest: person, renewing: Promise.resolve() });
    return person;
  };

  const connectBooks: World['connectBooks'] = async (token, userId) => {
    const { tx, url, verifier } = await beginBooks(token);
    const code = codeIn(await ask('GET', await consent(url, userId)));
    return ask('POST', '/api/v1/settings/books/redeem', { token, body: { tx, code, verifier } });
  };

  const install: World['install'] = async () => {
    const administrator = await signIn(SMALL.users.administrator, 'setup');
    const token = administrator.accessToken;
    await connectBooks(token, SMALL.users.administrator);
    await ask('PUT', '/api/v1/settings/books/organisation', {
      token,
      body: { organisationId: SMALL.organisation },
    });
    const roles = [
      { id: SMALL.roles.finance, template: 'exact' },
      { id: SMALL.roles.sales, template: 'sales' },
    ];
    const saved = await ask('PUT', '/api/v1/settings/roles', { token, body: { roles } });
    if (saved.statusCode !== 200) throw new Error(`Not installed: ${saved.body}`);
    return administrator;
  };

  return {
    app,
    zoho,
    database,
    logs: () => lines.join(''),
    logLines: lines,
    strayRequests,
    environment,
    now,
    later: (ms) => {
      nowMs += ms;
      const awake = sleepers.filter(({ until }) => until <= nowMs);
      sleepers = sleepers.filter(({ until }) => until > nowMs);
      for (const { wake } of awake) wake();
    },
    ask,
    begin,
    beginBooks,
    connectBooks,
    consent,
    signIn,
    install,
    quiet,
    hosts,
    answerFirst: (...handlers) => network.use(...handlers),
    close: async () => {
      await app.close();
      await database.close();
      network.close();
    },
  };
}

/** What a sign-in or a refresh hands out. */
const personIn = (answer: LightMyRequestResponse): Person => ({
  accessToken: (answer.json() as { accessToken: string }).accessToken,
  cookie: String(answer.cookies[0]?.value),
});

function proof(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What the popup's last page hands to its opener; empty when it has nothing to hand over. */
export const codeIn = ({ body }: LightMyRequestResponse): string =>
  /data-code="([A-Za-z0-9_-]{43})"/.exec(body)?.[1] ?? '';

/** Chooses the person on Zoho's consent page; answers where the browser is sent back to. */
async function choose(consentUrl: string, userId: string): Promise<string> {
  const asked = new URL(consentUrl);
  const form = new URLSearchParams(asked.searchParams);
  form.set('user', userId);
  form.set('decision', 'accept');
  const chosen = await fetch(new URL('/oauth/v2/auth/choose', asked), {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const back = new URL(chosen.headers.get('location') ?? '');
  return back.pathname + back.search;
}

/** What our own page sends with a refresh. */
export const fromOurPage = (cookie: string | undefined): Record<string, string> => ({
  origin: SERVER,
  'x-customer-360': '1',
  ...(cookie === undefined ? {} : { cookie: `__Host-c360=${cookie}` }),
});

export const refresh = (world: World, cookie: string | undefined): Promise<LightMyRequestResponse> =>
  world.ask('POST', '/auth/refresh', { body: {}, headers: fromOurPage(cookie) });

/** The code of a problem, or the status of anything else. */
export const codeOf = (answer: LightMyRequestResponse): string | number =>
  String(answer.headers['content-type']).startsWith('application/problem+json')
    ? (answer.json() as { code: string }).code
    : answer.statusCode;

/** The figures of a record. */
export const figuresOf = (module: string, recordId: string): string =>
  `/api/v1/records/${module}/${recordId}/customer-360`;
