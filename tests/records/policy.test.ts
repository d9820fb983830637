import type { LightMyRequestResponse } from 'fastify';
import { HttpResponse, http } from 'msw';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { Customer360, DocumentsPage } from '../../server/contract/customer-360.ts';
import {
  type PolicyDocument,
  PolicyHistory,
  type PolicyRule,
  PolicyView,
} from '../../server/contract/policy.ts';
import { createLogger } from '../../server/logging.ts';
import { wire } from '../../server/wire.ts';
import { DIRECTOR, fourPeople } from '../hostile/four-people.ts';
import { codeOf, figuresOf, openWorld, type World } from '../hostile/world.ts';
import type { Wire } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';

const { roles, profiles, accounts, deals } = SMALL;
const POLICY = '/api/v1/settings/policy';
const ASTER = figuresOf('Accounts', accounts.aster);
const DOCUMENTS = `/api/v1/records/Accounts/${accounts.aster}/documents`;
/** On Aster as well, and seen only by its owner, the administrator, and those above. */
const SECRET_DEAL = '3652397000000600009';

const organisation = fourPeople();
let world: World;
let administrator: string;
let rep: string;
let finance: string;

beforeAll(async () => {
  const [deal] = organisation.crm.Deals;
  const [, , birch] = organisation.crm.Deals;
  organisation.crm.Deals.push({ ...deal, id: SECRET_DEAL, Deal_Name: 'Secret', Owner: birch?.Owner });
  const late = organisation.books.invoices.find((invoice) => invoice.invoice_number === 'INV-000001');
  Object.assign(late ?? {}, { zcrm_potential_id: SECRET_DEAL });
  world = await openWorld(organisation);
  administrator = (await world.install()).accessToken;
  rep = (await world.signIn(SMALL.users.rep)).accessToken;
  finance = (await world.signIn(SMALL.users.finance)).accessToken;
  await figures(finance);
  await world.quiet();
});
afterAll(() => world.close());

const get = (path: string, token: string) => world.ask('GET', path, { token });
const view = async (): Promise<PolicyView> => PolicyView.parse((await get(POLICY, administrator)).json());
const save = (document: unknown, basedOn: number): Promise<LightMyRequestResponse> =>
  world.ask('PUT', POLICY, { token: administrator, body: { basedOn, document } });

const FINANCE: PolicyRule = { role: roles.finance, template: 'exact', levels: {} };
const SALES: PolicyRule = { role: roles.sales, template: 'sales', levels: {} };
const documentOf = (rules: readonly PolicyRule[], over: Partial<PolicyDocument> = {}): PolicyDocument => ({
  rules: [...rules],
  bands: {},
  cascadeFromBooks: true,
  ...over,
});

/** Puts rules in force, whatever was before. */
async function decide(rules: readonly PolicyRule[], over: Partial<PolicyDocument> = {}): Promise<number> {
  const saved = await save(documentOf(rules, over), (await view()).version);
  expect(codeOf(saved)).toBe(200);
  return PolicyView.parse(saved.json()).version;
}

async function figures(token: string, path = ASTER) {
  const answer = Customer360.parse((await get(path, token)).json());
  if (answer.state !== 'linked') throw new Error('not linked');
  return answer;
}

const crmCalls = (path: string): number =>
  world
    .logs()
    .split('\n')
    .filter((line) => line.includes('asked Zoho') && line.includes(`"path":"${path}"`)).length;

describe('the policy', () => {
  it('is told with what an editor needs: whom CRM has, the built-in sets, what comes from what', async () => {
    const told = await view();
    expect(told.version).toBe(1);
    // whoever was given more than the least on the first settings page may link too
    expect(told.document).toEqual(
      documentOf([
        { ...FINANCE, mayLink: true },
        { ...SALES, mayLink: true },
      ]),
    );
    expect(told.roles.map(({ id, suggested }) => [id, suggested])).toEqual([
      [roles.ceo, 'exact'],
      [roles.finance, 'exact'],
      [roles.sales, 'sales'],
    ]);
    expect(told.profiles.map(({ name }) => name)).toEqual(['Administrator', 'Standard']);
    expect(told.templates.least).toEqual({ verdict: 'status' });
    expect(told.inputs.leftToInvoice).toEqual(['dealAmount', 'invoiced']);
    expect(told.madeOf?.quoted).toEqual(['estimate', 'sales_order']);
    expect(told.booksUsers).toEqual({ readAt: world.now().toISOString() });
  });

  it('is changed by the next version, and of two changes to the same one the second is refused', async () => {
    const { version } = await view();
    const first = documentOf([FINANCE, { ...SALES, levels: { open: 'status' } }]);
    expect(PolicyView.parse((await save(first, version)).json())).toMatchObject({
      version: version + 1,
      document: first,
    });
    const both = await Promise.all([
      save(documentOf([FINANCE]), version),
      save(documentOf([SALES]), version),
    ]);
    expect(both.map(codeOf)).toEqual(['policy.changed_meanwhile', 'policy.changed_meanwhile']);
    expect(codeOf(await save(first, version + 7))).toBe('policy.changed_meanwhile');
    expect((await view()).document).toEqual(first);
    const { versions } = PolicyHistory.parse((await get(`${POLICY}/history`, administrator)).json());
    expect(versions.map((of) => [of.version, of.by.name, of.document.rules.length])).toEqual([
      [version + 1, 'Ada Keller', 2],
      [version, 'Ada Keller', 2],
    ]);
  });

  it.each([
    ['a rule for nobody', documentOf([{ template: 'exact', levels: {} }])],
    ['a role CRM does not have', documentOf([{ ...SALES, role: '42' }])],
    ['a profile CRM does not have', documentOf([{ ...SALES, profile: '42' }])],
    ['bands that do not ascend', documentOf([SALES], { bands: { EUR: ['10', '10'] } })],
    ['a figure there is not', documentOf([{ ...SALES, levels: { margin: 'exact' } } as PolicyRule])],
    ['a level there is not', documentOf([{ ...SALES, levels: { open: 'all' } } as unknown as PolicyRule])],
  ])('refuses %s', async (_what, document) => {
    expect(codeOf(await save(document, (await view()).version))).toBe('request.invalid');
  });

  it('is for administrators only', async () => {
    for (const path of [POLICY, `${POLICY}/history`])
      expect(codeOf(await get(path, finance))).toBe('settings.not_administrator');
    const body = { basedOn: 1, document: documentOf([]) };
    expect(codeOf(await world.ask('PUT', POLICY, { token: finance, body }))).toBe(
      'settings.not_administrator',
    );
  });

  it('keeps what else was decided when a role gets another set on the first settings page', async () => {
    await decide([FINANCE, { ...SALES, levels: { open: 'status' }, mayLink: true }]);
    const body = {
      roles: [
        { id: roles.sales, template: 'exact' },
        { id: roles.ceo, template: 'sales' },
      ],
    };
    expect(codeOf(await world.ask('PUT', '/api/v1/settings/roles', { token: administrator, body }))).toBe(
      200,
    );
    expect((await view()).document.rules).toEqual([
      FINANCE,
      { ...SALES, template: 'exact', levels: { open: 'status' }, mayLink: true },
      { role: roles.ceo, template: 'sales', levels: {}, mayLink: true },
    ]);
  });

  it('is in force at the next request, on two servers that share a database', async () => {
    const other = await wire({
      config: readConfig(world.environment),
      database: world.database,
      logger: createLogger('fatal', { write: () => undefined }),
      clock: world.now,
      widgetsFolder: new URL('../../dist/app/widgets', import.meta.url).pathname,
    });
    const onBoth = async (): Promise<readonly unknown[]> => {
      const elsewhere = await other.inject({ url: ASTER, headers: { authorization: `Bearer ${rep}` } });
      return [await figures(rep), Customer360.parse(elsewhere.json())].map((answer) =>
        answer.state === 'linked' ? answer.figures.open?.level : answer.state,
      );
    };
    await decide([FINANCE, SALES]);
    expect(await onBoth()).toEqual(['band', 'band']);
    await decide([FINANCE, { ...SALES, levels: { open: 'exact' } }]);
    expect(await onBoth()).toEqual(['exact', 'exact']);
    await decide([FINANCE]);
    expect(await onBoth()).toEqual([undefined, undefined]);
    await other.close();
  });

  it('says whether somebody may link, and bands are those it has', async () => {
    await decide([FINANCE, { ...SALES, mayLink: true }], { bands: { USD: ['300', '900'] } });
    const { viewer, figures: own } = await figures(rep);
    expect(viewer).toEqual({ template: 'sales', administrator: false, mayLink: true });
    expect(own.open).toEqual({ level: 'band', band: { currency: 'USD', from: '300', to: '900' } });
    expect((await figures(finance)).viewer).toEqual({ template: 'exact', administrator: false });
    expect((await figures(administrator)).viewer).toMatchObject({ administrator: true, mayLink: true });
  });
});

describe('document types', () => {
  it('that somebody does not see are in no list, count or filter', async () => {
    await decide([FINANCE, { ...SALES, documentTypes: ['invoice', 'estimate'] }]);
    const { documents, figures: own, viewer } = await figures(rep);
    expect([documents.types, documents.total, viewer.template]).toEqual([
      ['invoice', 'estimate'],
      6,
      'custom',
    ]);
    expect(own).not.toHaveProperty('collected');
    expect(own.overdueCount).toBe(1);
    const page = DocumentsPage.parse((await get(DOCUMENTS, rep)).json());
    expect([page.total, new Set(page.rows.map(({ type }) => type)).size]).toEqual([6, 2]);
    const [hidden, none] = await Promise.all([
      get(`${DOCUMENTS}?type=payment`, rep),
      get(`${DOCUMENTS}?type=estimate&status=nonsense`, rep),
    ]);
    expect(DocumentsPage.parse((await get(`${DOCUMENTS}?type=payment`, finance)).json()).total).toBe(2);
    expect(hidden.body).toBe(none.body);
    expect(hidden.json()).toMatchObject({ rows: [], total: 0 });
  });
});

describe('where only deals count that somebody may see in CRM', () => {
  const scoped: PolicyRule = { ...SALES, template: 'exact', onlyVisibleDeals: true };
  const deal = `/api/v1/records/Deals/${deals.fitOut}/customer-360`;

  it('documents of others neither count nor appear, and CRM is asked once a minute', async () => {
    await decide([FINANCE, scoped]);
    expect((await figures(finance)).figures.overdueCount).toBe(1);
    const before = crmCalls('/crm/v8/Deals');
    const { figures: own, documents, viewer } = await figures(rep);
    expect(viewer.onlyVisibleDeals).toBe(true);
    expect(own).toMatchObject({ overdueCount: 0, open: { money: { amount: '216.00' } } });
    expect(own).not.toHaveProperty('reconciliation');
    expect(documents.rows.map(({ number }) => number)).not.toContain('INV-000001');
    const page = DocumentsPage.parse((await get(DOCUMENTS, rep)).json());
    expect(page.rows.filter(({ type }) => type === 'payment').map(({ number }) => number)).toEqual(['1']);
    expect(crmCalls('/crm/v8/Deals') - before).toBe(1);
    world.later(60_000);
    await figures(rep);
    expect(crmCalls('/crm/v8/Deals') - before).toBe(2);
  });

  it('nothing is answered while CRM cannot say', async () => {
    await decide([FINANCE, scoped]);
    await figures(rep);
    world.later(60_000);
    let down = true;
    world.answerFirst(
      http.get('*/crm/v8/Deals', () => (down ? new HttpResponse(null, { status: 503 }) : undefined)),
    );
    const refused = await get(ASTER, rep);
    expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'crm.unreachable']);
    down = false;
    expect((await figures(rep)).figures.overdueCount).toBe(0);
    expect((await figures(rep, deal)).record.id).toBe(deals.fitOut);
  });
});

describe('somebody with a user in Books', () => {
  const FAY = organisation.books.users.find(({ name }) => name === 'Fay Osei') ?? {};
  const QUARTER = 15 * 60_000;
  /** What Books tells of her; `null`: it refuses to tell. */
  let told: Wire | null;
  beforeAll(() =>
    world.answerFirst(
      http.get('*/books/v3/users', () =>
        told === null
          ? HttpResponse.json({ code: 57, message: 'You are not authorized' }, { status: 401 })
          : HttpResponse.json({ code: 0, message: 'success', users: [told] }),
      ),
    ),
  );

  const template = async (): Promise<string> => (await figures(finance)).viewer.template;
  /** A quarter of an hour later, when the list has been read behind an answer. */
  async function laterWith(user: Wire | null): Promise<string> {
    told = user;
    world.later(QUARTER);
    administrator = (await world.signIn(SMALL.users.administrator, 'setup')).accessToken;
    finance = (await world.signIn(SMALL.users.finance)).accessToken;
    await template();
    await world.quiet();
    return template();
  }

  it.each([
    ['is no longer active', { status: 'inactive' }],
    ['has not accepted yet', { status: 'invited' }],
    ['has a role the organisation made', { user_role: 'Receivables clerk' }],
    ['only tracks time', { user_role: 'timesheetstaff' }],
    ['sees only some customers', { is_customer_segmented: true }],
  ])('sees the least once that user %s', async (_what, change) => {
    await decide([FINANCE, SALES]);
    expect(await laterWith({ ...FAY, email: 'FAY.Osei@keller.example' })).toBe('exact');
    expect(await laterWith({ ...FAY, ...change })).toBe('least');
    expect(await laterWith({ ...FAY, ...change, email: 'somebody.else@keller.example' })).toBe('exact');
  });

  it('is not held to it where the policy does not ask for that', async () => {
    expect(await laterWith({ ...FAY, status: 'inactive' })).toBe('least');
    await decide([FINANCE, SALES], { cascadeFromBooks: false });
    expect(await template()).toBe('exact');
    await decide([FINANCE, SALES]);
    expect(await template()).toBe('least');
  });

  it('is held to the last list while Books does not tell, and the policy says so', async () => {
    expect(await laterWith({ ...FAY, status: 'inactive' })).toBe('least');
    const readAt = world.now().toISOString();
    expect(await laterWith(null)).toBe('least');
    expect((await view()).booksUsers).toEqual({ readAt, trouble: 'refused' });
    await world.database.query('delete from books_users');
    expect(await laterWith(null)).toBe('exact');
    expect((await view()).booksUsers).toEqual({ readAt: null, trouble: 'refused' });
  });
});

describe('a preview', () => {
  const as = (role: string, profile: string = profiles.standard) => `role=${role}&profile=${profile}`;
  const preview = (record: string, query: string) => `/api/v1/settings/preview/${record}?${query}`;
  const record = `Accounts/${accounts.aster}`;
  const bare = (answer: LightMyRequestResponse) => {
    const { preview: marker, ...rest } = answer.json() as Record<string, unknown>;
    return { marker, text: JSON.stringify(rest) };
  };

  it('is what that role and profile get, to the byte, and marked', async () => {
    await decide([FINANCE, { ...SALES, documentTypes: ['invoice', 'payment'], mayLink: true }]);
    rep = (await world.signIn(SMALL.users.rep)).accessToken;
    const director = (await world.signIn(DIRECTOR)).accessToken;
    for (const [token, role] of [
      [rep, roles.sales],
      [finance, roles.finance],
      [director, roles.ceo],
    ] as const) {
      for (const what of ['customer-360', 'documents']) {
        const theirs = await get(`/api/v1/records/${record}/${what}`, token);
        const previewed = bare(await get(preview(`${record}/${what}`, as(role)), administrator));
        expect(previewed.marker).toEqual({ role, profile: profiles.standard });
        expect(previewed.text, `${role} ${what}`).toBe(theirs.body);
      }
    }
    const own = bare(
      await get(preview(`${record}/customer-360`, as(roles.ceo, profiles.administrator)), administrator),
    );
    expect(own.text).toBe((await get(ASTER, administrator)).body);
  });

  it('is for administrators, of roles and profiles CRM has, and written down', async () => {
    const path = preview(`${record}/customer-360`, as(roles.sales));
    expect(codeOf(await get(path, finance))).toBe('settings.not_administrator');
    for (const query of [as('42'), as(roles.sales, '42'), `role=${roles.sales}`, `${as(roles.sales)}&x=1`])
      expect(codeOf(await get(preview(`${record}/customer-360`, query), administrator)), query).toBe(
        'request.invalid',
      );
    expect(codeOf(await get(preview('Accounts/1/customer-360', as(roles.sales)), administrator))).toBe(
      'record.not_found',
    );
    await get(path, administrator);
    const log = await get('/api/v1/settings/audit', administrator);
    expect((log.json() as { entries: object[] }).entries).toContainEqual(
      expect.objectContaining({
        action: 'preview.read',
        who: SMALL.users.administrator,
        subject: `${record} as roles/${roles.sales} profiles/${profiles.standard}`,
        outcome: 'shown',
        policyVersion: (await view()).version,
      }),
    );
    expect((log.json() as { entries: object[] }).entries).toContainEqual(
      expect.objectContaining({ action: 'policy.changed', subject: `policy/${(await view()).version}` }),
    );
  });
});

it('no answer carries a tag that could be compared across roles', async () => {
  for (const path of [ASTER, DOCUMENTS, POLICY])
    expect((await get(path, path === POLICY ? administrator : rep)).headers.etag).toBeUndefined();
});
