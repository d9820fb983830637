/** Walks every route the server has, so that a new one is covered before anyone remembers it. Number 42 as well. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { AuditPage } from '../../server/contract/audit.ts';
import { USUAL_DEFINITIONS } from '../../server/domain/definitions.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { codeOf, METRICS_TOKEN, openWorld, type World } from './world.ts';

/** Everything that answers without a session, each for its reason. */
const OPEN = [
  'GET /api/openapi.json',
  'GET /auth/assets/:name',
  'GET /auth/callback',
  'GET /auth/go',
  'GET /certificates/:id',
  'GET /healthz',
  'GET /readyz',
  'GET /widgets/:page',
  'GET /widgets/assets/:file',
  'POST /auth/logout',
  'POST /auth/redeem',
  'POST /auth/refresh',
  'POST /auth/start',
  'POST /hooks/books/:installId/:token',
  'POST /hooks/uninstalled/:installId/:token',
];
/** Open, but for whoever does not know the address. */
const KNOWN_BY_ADDRESS = ['POST /hooks/books/:installId/:token', 'POST /hooks/uninstalled/:installId/:token'];

const ANY43 = 'a'.repeat(43);
const ONE = { type: 'invoice', id: '460000000000040006' };
/** What a route takes that changes something, or asks with a body. A route that is missing here fails below. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/settings/books/start': { challenge: ANY43 },
  'POST /api/v1/settings/books/redeem': { tx: ANY43, code: ANY43, verifier: ANY43 },
  'PUT /api/v1/settings/books/organisation': { organisationId: SMALL.organisation },
  'PUT /api/v1/settings/setup/step': { step: 'pre_flight' },
  'PUT /api/v1/settings/roles': { roles: [{ id: SMALL.roles.sales, template: 'exact' }] },
  'PUT /api/v1/settings/lifecycle': { basedOn: 0, to: 'paused' },
  'POST /api/v1/settings/lifecycle/uninstall': { basedOn: 0, confirm: 'Small', erase: 'now' },
  'PUT /api/v1/settings/lifecycle/organisation': { basedOn: 0, organisationId: SMALL.organisation },
  'PUT /api/v1/settings/policy': {
    basedOn: 1,
    document: { rules: [], bands: {}, cascadeFromBooks: true },
  },
  'PUT /api/v1/settings/definitions': { basedOn: 0, document: USUAL_DEFINITIONS },
  'POST /api/v1/settings/health/retry': {},
  'PUT /api/v1/settings/health/alerts': { basedOn: 0, channel: null },
  'POST /api/v1/settings/health/alerts/test': {},
  'PUT /api/v1/settings/mapping': { basedOn: 0, mode: 'both', taxField: null },
  'POST /api/v1/settings/mapping/decisions': {
    changes: [{ customerId: SMALL.customers.aster, version: 0, to: { says: 'books' } }],
  },
  'POST /api/v1/deals/:dealId/links': { documents: [ONE] },
  'POST /api/v1/deals/:dealId/links/preview': { documents: [ONE] },
  'DELETE /api/v1/deals/:dealId/links/:type/:documentId': {},
  'DELETE /api/v1/accounts/:accountId/links/:type/:documentId': { dealId: '1' },
  'POST /api/v1/deals/:dealId/links/undo': { undoId: '7b8f5a86-6b0e-4d0f-9f0b-0d5f9d0e8a11' },
  'POST /api/v1/deals/:dealId/links/:type/:documentId/retry': {},
  'POST /api/v1/deals/:dealId/links/:type/:documentId/resolve': { keep: 'ours' },
};
const QUERIES: Readonly<Record<string, string>> = {
  'GET /api/v1/settings/mapping': '?group=linked',
  'GET /api/v1/settings/mapping/customers': '?search=a',
  'GET /api/v1/settings/preview/:module/:recordId/customer-360': `?role=${SMALL.roles.sales}&profile=${SMALL.profiles.standard}`,
  'GET /api/v1/settings/preview/:module/:recordId/documents': `?role=${SMALL.roles.sales}&profile=${SMALL.profiles.standard}`,
};
/** Parts of an address that name a record of CRM. */
const NAMES_RECORD = /:(recordId|dealId|accountId)\b/;

let world: World;
let undeclared: readonly string[] = [];
beforeAll(async () => {
  world = await openWorld(undefined, {}, (app) => {
    const routes = [
      {},
      { config: {} },
      { config: { right: 'public' } },
      { config: { right: 'session' } },
      { config: { right: 'administrator', auditedBehind: [] } },
    ] as const;
    undeclared = routes.map((options, at) => {
      try {
        app.get(`/undeclared/${at}`, options, async () => 'figures');
        return 'taken';
      } catch (refused) {
        return String(refused);
      }
    });
  });
  await world.install();
  // May link, so that what refuses is the record and not the right.
  const { accessToken: token } = await world.signIn(SMALL.users.administrator, 'setup');
  const rules = [{ role: SMALL.roles.sales, template: 'sales', levels: {}, mayLink: true }];
  const body = { basedOn: 1, document: { rules, bands: {}, cascadeFromBooks: false } };
  const saved = await world.ask('PUT', '/api/v1/settings/policy', { token, body });
  if (saved.statusCode !== 200) throw new Error(saved.body);
});
afterAll(() => world.close());

describe('every route', () => {
  test('without a session answers 401 before it reads anything, unless it is on the short list', async () => {
    const open: string[] = [];
    for (const { method, url, right } of world.app.declaredRights) {
      const path = url.replaceAll(/:\w+/g, '1');
      const answer = await world.ask(
        method as 'GET',
        path,
        method === 'GET' || method === 'HEAD' ? {} : { body: {} },
      );
      const refused = right !== 'public' || KNOWN_BY_ADDRESS.includes(`${method} ${url}`);
      expect([method, url, answer.statusCode === 401]).toEqual([method, url, refused]);
      if (right === 'public' && method !== 'HEAD') open.push(`${method} ${url}`);
    }
    expect(open.sort()).toEqual(OPEN);
    expect(world.app.declaredRights.length).toBeGreaterThan(OPEN.length);
  });

  test("of the server's operator opens by the operator's token, by nobody's session, and is not there without one", async () => {
    const operators = world.app.declaredRights.filter(({ right }) => right === 'operator');
    expect(operators.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'GET /metrics',
      'HEAD /metrics',
    ]);
    const { accessToken: administrator } = await world.signIn(SMALL.users.administrator, 'setup');
    for (const token of [undefined, '', administrator, METRICS_TOKEN.slice(1), `${METRICS_TOKEN}x`])
      expect(codeOf(await world.ask('GET', '/metrics', { token }))).toBe('session.missing');
    const opened = await world.ask('GET', '/metrics', { token: METRICS_TOKEN });
    expect([opened.statusCode, opened.body]).toEqual([200, expect.stringContaining('# TYPE')]);
    expect(codeOf(await world.ask('GET', '/api/v1/settings', { token: METRICS_TOKEN }))).toBe(
      'session.ended',
    );
    const without = await wire({
      config: readConfig({ ...world.environment, METRICS_TOKEN: '' }),
      database: world.database,
      logger: createLogger('silent'),
      clock: world.now,
      widgetsFolder: import.meta.dirname,
    });
    for (const authorization of ['Bearer ', 'Bearer', 'Bearer undefined']) {
      const answer = await without.inject({ url: '/metrics', headers: { authorization } });
      expect(codeOf(answer)).toBe('request.not_found');
    }
    await without.close();
  });

  test('that does not say who may call it, why it is open, or what the audit log is told, keeps the server from starting', () => {
    expect(undeclared).toEqual([
      expect.stringContaining('does not say who may call it'),
      expect.stringContaining('does not say who may call it'),
      expect.stringContaining('does not say why'),
      expect.stringContaining('does not say what the audit log is told'),
      expect.stringContaining('does not say what the audit log is told'),
    ]);
  });

  test('for administrators refuses everybody else, and an administrator who signed in by a typed code', async () => {
    const { accessToken: typed } = await typedSession();
    const refused = [];
    for (const { method, url, right } of world.app.declaredRights) {
      if (right !== 'administrator' || method === 'HEAD') continue;
      const { accessToken: rep } = await world.signIn(SMALL.users.rep); // each change takes a token of its own
      expect([method, url, await answerTo(method, url, rep)]).toEqual([
        method,
        url,
        [403, 'settings.not_administrator'],
      ]);
      expect([method, url, await answerTo(method, url, typed)]).toEqual([
        method,
        url,
        [403, 'settings.signed_in_by_code'],
      ]);
      refused.push(url);
    }
    expect(refused.length).toBeGreaterThanOrEqual(12);
  });

  test('about a record answers for one that may not be seen as for one that is not there', async () => {
    const { accessToken: rep } = await world.signIn(SMALL.users.rep);
    const about = [];
    for (const { method, url, right } of world.app.declaredRights) {
      if (right === 'public' || method === 'HEAD' || !NAMES_RECORD.test(url)) continue;
      if (right === 'administrator') continue; // an administrator sees every record of CRM
      about.push(url);
      const bytes = [];
      for (const record of [BIRCH, ABSENT])
        for (const path of pathsOf(url, record)) {
          const { statusCode, headers, body } = await askFor(method, path, url, rep);
          const { date: _, ...rest } = headers;
          bytes.push({ statusCode, rest, body: body.replace(/"requestId":"[^"]+"/, '') });
        }
      for (const answer of bytes) expect([method, url, answer]).toEqual([method, url, bytes[0]]);
      expect([method, url, bytes[0]?.statusCode]).toEqual([method, url, 404]);
      expect(bytes[0]?.body).toContain('"code":"record.not_found"');
    }
    expect(about.length).toBeGreaterThanOrEqual(11);
  });

  test('that shows a record tells the audit log what it showed to whom, or refused', async () => {
    const { accessToken: finance } = await world.signIn(SMALL.users.finance);
    const newest = async (token: string) =>
      ((await world.ask('GET', '/api/v1/settings/audit', { token })).json() as AuditPage).entries[0];
    const readings = [];
    for (const { method, url, audit } of world.app.declaredAudits) {
      if (audit === null || method === 'HEAD') continue;
      const { accessToken: administrator } = await world.signIn(SMALL.users.administrator, 'setup');
      const previewing = audit === 'preview.read';
      const [asking, who] = previewing
        ? [administrator, SMALL.users.administrator]
        : [finance, SMALL.users.finance];
      const [path = url] = pathsOf(url, ASTER);
      const answer = await askFor(method, path, url, asking);
      expect([method, url, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([
        method,
        url,
        200,
        '',
      ]);
      const record = url.includes(':dealId') ? `Deals/${ASTER.Deals}` : `Accounts/${ASTER.Accounts}`;
      const as = previewing ? ` as roles/${SMALL.roles.sales} profiles/${SMALL.profiles.standard}` : '';
      expect(await newest(administrator)).toMatchObject({ action: audit, who, subject: record + as });
      readings.push(audit);
    }
    expect(new Set(readings)).toEqual(
      new Set([
        'record.read',
        'documents.read',
        'preview.read',
        'links.read',
        'links.suggested',
        'links.previewed',
        'deals.read',
      ]),
    );
    const { accessToken: token } = await world.signIn(SMALL.users.administrator, 'setup');
    const { accessToken: rep } = await world.signIn(SMALL.users.rep);
    for (const url of ['links', 'links/suggestions'])
      await world.ask('GET', `/api/v1/deals/${BIRCH.Deals}/${url}`, { token: rep });
    await world.ask('DELETE', `/api/v1/deals/${BIRCH.Deals}/links/invoice/${ONE.id}`, {
      token: rep,
      body: {},
    });
    expect(await newest(token)).toMatchObject({
      action: 'record.refused',
      who: SMALL.users.rep,
      subject: `Deals/${BIRCH.Deals}`,
      outcome: 'record.not_found',
    });
  });

  test('42: forbids framing, sniffing and storing, on errors and pages alike', async () => {
    const paths = [
      '/auth/go',
      '/auth/go?tx=1',
      '/auth/callback',
      '/nothing',
      '/%zz',
      '/api/v1/settings',
      '/healthz',
      '/widgets/none.html',
    ];
    for (const path of paths) {
      const { headers } = await world.ask('GET', path);
      expect([path, String(headers['content-security-policy'])]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect([path, headers['x-content-type-options'], headers['cache-control']]).toEqual([
        path,
        'nosniff',
        'no-store',
      ]);
      expect(headers['cross-origin-opener-policy']).toBeUndefined(); // it would cut the popup's opener off
    }
  });

  test('is described, with its answer, in the OpenAPI document', async () => {
    const { paths } = (await world.ask('GET', '/api/openapi.json')).json() as {
      paths: Record<string, object>;
    };
    const described = world.app.declaredRights
      .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/'))
      .map(({ url }) => url.replaceAll(/:(\w+)/g, '{$1}'));
    expect(described.length).toBeGreaterThan(4);
    for (const path of described) expect(Object.keys(paths)).toContain(path);
  });
});

type Records = Readonly<Record<'Accounts' | 'Deals' | 'Contacts', string>>;
const ASTER: Records = {
  Accounts: SMALL.accounts.aster,
  Deals: SMALL.deals.fitOut,
  Contacts: SMALL.contacts.aster,
};
const BIRCH: Records = {
  Accounts: SMALL.accounts.birch,
  Deals: SMALL.deals.birch,
  Contacts: SMALL.contacts.birch,
};
const ABSENT: Records = {
  Accounts: '3652397000000499999',
  Deals: '3652397000000699999',
  Contacts: '3652397000000599999',
};

/** The addresses of a route about one record, which is not the rep's. */
function pathsOf(url: string, { Accounts, Deals, Contacts }: Records): readonly string[] {
  const filled = url
    .replace(':dealId', Deals)
    .replace(':accountId', Accounts)
    .replace(':type', ONE.type)
    .replace(':documentId', ONE.id);
  return url.includes(':module')
    ? Object.entries({ Accounts, Deals, Contacts }).map(([module, id]) =>
        filled.replace(':module', module).replace(':recordId', id),
      )
    : [filled];
}

function askFor(method: string, path: string, url: string, token: string) {
  const name = `${method} ${url}`;
  const body = BODIES[name];
  if (method !== 'GET' && !body) throw new Error(`${name} takes a body this test does not know`);
  return world.ask(method as 'GET', path + (QUERIES[name] ?? ''), { token, ...(body ? { body } : {}) });
}

async function answerTo(method: string, url: string, token: string): Promise<readonly [number, unknown]> {
  const [path = url] = pathsOf(url, BIRCH);
  const answer = await askFor(method, path, url, token);
  return [answer.statusCode, codeOf(answer)];
}

/** An administrator's, begun in a window that lost the page that opened it. */
async function typedSession(): Promise<{ accessToken: string }> {
  const { tx, url, verifier } = await world.begin('panel');
  const page = await world.ask('GET', await world.consent(url, SMALL.users.administrator));
  const code = (/<code>([0-9A-Z]{5})-([0-9A-Z]{5})<\/code>/.exec(page.body)?.slice(1) ?? []).join('');
  return (await world.ask('POST', '/auth/redeem', { body: { tx, code, verifier } })).json() as {
    accessToken: string;
  };
}
