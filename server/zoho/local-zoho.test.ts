import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation } from '../../tests/sandbox/demo/demo-organisation.ts';
import type { Wire } from '../../tests/sandbox/organisation.ts';
import type { Fault } from '../../tests/sandbox/scenario.ts';
import { type Sandbox, startSandbox } from '../../tests/sandbox/serve-sandbox.ts';
import { SMALL, smallOrganisation } from '../../tests/sandbox/small-organisation.ts';
import { createZoho } from '../../tests/sandbox/zoho.ts';
import { BOOKS_SCOPES, CRM_SCOPES, signedIn } from '../../tests/sandbox/zoho-signed-in.ts';
import type { Customer, CustomerId, DealId, Invoice } from '../domain/documents.ts';
import { compare, money, sum, zero } from '../domain/money.ts';
import { createAccounts } from './accounts/client.ts';
import { createBooks, listBooksOrganisations } from './books/client.ts';
import { createCrm } from './crm/client.ts';
import { localDataCentre } from './data-centres.ts';
import { createGovernor } from './governor.ts';
import { createTransport } from './transport.ts';
import { ZohoTrouble } from './trouble.ts';

const client = { id: '1000.LOCAL', secret: 'local-secret' };

/** Our clients as a person of the local Zoho, with a grant of that person's own. */
async function clientsOf(
  sandbox: Pick<Sandbox, 'origin'>,
  userId: string,
  { organisationId = SMALL.organisation as string, baseCurrency = 'USD', timeoutMs = 400 } = {},
) {
  const dataCentre = localDataCentre(sandbox.origin);
  const transport = createTransport({ allowedOrigins: [sandbox.origin], timeoutMs });
  const accounts = createAccounts({ transport, clientId: client.id, clientSecret: client.secret });
  const grant = await signedIn({
    origin: sandbox.origin,
    userId,
    scopes: [...CRM_SCOPES, ...BOOKS_SCOPES],
    client,
  });
  const refreshToken = grant.refreshToken ?? '';
  let token = grant.accessToken;
  const accessToken = async (force?: 'renew'): Promise<string> => {
    if (force) token = (await accounts.refresh({ dataCentre, refreshToken })).accessToken;
    return token;
  };
  const governor = createGovernor({
    timeZone: 'Europe/Berlin',
    limits: { perMinute: 10_000 },
    wait: (ms) => (ms < 2000 ? Promise.resolve() : new Promise(() => undefined)),
  });
  return {
    accounts,
    dataCentre,
    refreshToken,
    transport,
    accessToken,
    crm: createCrm({ transport, dataCentre, accessToken, wait: async () => undefined }),
    books: createBooks({ transport, governor, dataCentre, organisationId, accessToken, baseCurrency }),
  };
}

async function troubleOf(work: Promise<unknown>): Promise<ZohoTrouble> {
  const trouble = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(trouble instanceof ZohoTrouble)) throw new Error(`no trouble but ${String(trouble)}`);
  return trouble;
}

describe('our clients and the local Zoho', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      organisation: smallOrganisation(),
      client,
      limits: { perMinute: 100_000, perDay: 100_000 },
    });
    sandbox.scenario.tokenLimits = false;
  });
  afterEach(() => sandbox.scenario.clear());
  afterAll(() => sandbox.close());

  const aster = async (): Promise<Customer> =>
    (
      await (
        await clientsOf(sandbox, SMALL.users.administrator)
      ).books.customer(SMALL.customers.aster as CustomerId, 'interactive')
    ).customer;

  it('the rep is known by id, role and profile, and is no administrator', async () => {
    const { crm } = await clientsOf(sandbox, SMALL.users.rep);
    expect(await crm.currentUser()).toMatchObject({
      id: SMALL.users.rep,
      name: 'Ravi Menon',
      role: { id: SMALL.roles.sales },
      profile: { id: SMALL.profiles.standard },
      admitted: true,
    });
    expect(await crm.administrators()).toEqual([
      { id: SMALL.users.administrator, profileId: SMALL.profiles.administrator },
    ]);
    expect(await crm.organisation()).toEqual({
      id: '3652397000000020005',
      zgid: '60001239999',
      name: 'Keller Office Supplies',
      currency: 'USD',
    });
    expect((await crm.roles()).map(({ name }) => name)).toEqual([
      'CEO',
      'Finance Manager',
      'Sales Representative',
    ]);
  });

  it('a deal, its account and its contact are seen by who owns them', async () => {
    const { crm } = await clientsOf(sandbox, SMALL.users.rep);
    expect(await crm.deal(SMALL.deals.fitOut)).toMatchObject({
      stage: 'Closed Won',
      amount: '1200',
      closingDate: '2026-08-15',
      accountId: SMALL.accounts.aster,
      contactId: SMALL.contacts.aster,
    });
    expect(await crm.account(SMALL.accounts.aster)).toEqual({
      id: SMALL.accounts.aster,
      name: 'Aster Foods',
    });
    expect(await crm.contact(SMALL.contacts.aster)).toMatchObject({ accountId: SMALL.accounts.aster });
    expect(await crm.contactsOfAccount(SMALL.accounts.aster)).toEqual([SMALL.contacts.aster]);
  });

  it("somebody else's account and one that does not exist look the same", async () => {
    const { crm } = await clientsOf(sandbox, SMALL.users.rep);
    expect([await crm.account(SMALL.accounts.birch), await crm.account('3652397000000499999')]).toEqual([
      null,
      null,
    ]);
    expect(await crm.contactsOfAccount(SMALL.accounts.birch)).toEqual([]);
  });

  it('the customer of an account is found by the stored id, and owes what Books says', async () => {
    const { books, transport, dataCentre, accessToken } = await clientsOf(sandbox, SMALL.users.administrator);
    expect(await books.customersLinkedTo({ accountId: SMALL.accounts.aster }, 'interactive')).toMatchObject([
      { id: SMALL.customers.aster, name: 'Aster Foods' },
    ]);
    expect(await books.customersLinkedTo({ contactId: '1' }, 'interactive')).toEqual([]);
    expect((await books.customersNamed('aster', 'interactive')).map(({ id }) => id)).toEqual([
      SMALL.customers.aster,
    ]);
    expect(await aster()).toMatchObject({
      currency: 'USD',
      outstandingReceivable: money('USD', 796),
      unusedCredits: money('USD', 80),
      creditLimit: null,
    });
    expect(await listBooksOrganisations({ transport, dataCentre, accessToken })).toMatchObject([
      { id: SMALL.organisation, currency: 'USD', timeZone: 'Europe/Berlin' },
    ]);
  });

  it('the open balances of the invoices are what the customer owes', async () => {
    const { books } = await clientsOf(sandbox, SMALL.users.administrator);
    const customer = await aster();
    const { rows, warnings, tellsDeal } = await books.invoices(customer, 'interactive');
    const open = rows.filter(({ status }) => !['draft', 'void'].includes(status));
    expect(open.reduce((sum, { balance }) => sum + Number(balance.amount), 0)).toBe(796);
    expect([warnings, tellsDeal]).toEqual([[], true]);
    const [onDeal] = rows.filter(({ dealId }) => dealId === SMALL.deals.fitOut);
    if (!onDeal) throw new Error('no invoice on the deal');
    expect(await books.documentsOfDeal('invoice', SMALL.deals.fitOut as DealId, 'background')).toContain(
      onDeal.id,
    );
    expect((await books.details('invoice', onDeal.id, 'background')).net.currency).toBe('USD');
  });

  it('every other list reads without a warning', async () => {
    const { books } = await clientsOf(sandbox, SMALL.users.administrator);
    const customer = await aster();
    const lists = await Promise.all([
      books.payments(customer, 'interactive'),
      books.creditNotes(customer, 'interactive'),
      books.creditNoteRefunds(customer, 'background'),
      books.estimates(customer, 'background'),
      books.salesOrders(customer, 'background'),
      books.expenses(customer, 'background'),
    ]);
    expect(lists.flatMap(({ warnings }) => warnings)).toEqual([]);
    const [payments] = lists;
    const split = payments.rows.find(({ invoiceNumbers }) => invoiceNumbers.length > 0);
    if (!split) throw new Error('no payment on an invoice');
    expect((await books.applications(split.id, 'background')).length).toBe(split.invoiceNumbers.length);
  });

  it('a grant revoked at Zoho is noticed on the next question', async () => {
    const own = await startSandbox({ organisation: smallOrganisation(), client });
    try {
      const { crm, accounts, dataCentre, refreshToken } = await clientsOf(own, SMALL.users.rep);
      own.scenario.revoke(SMALL.users.rep);
      expect((await troubleOf(crm.currentUser())).kind).toBe('revoked');
      expect((await troubleOf(accounts.refresh({ dataCentre, refreshToken }))).kind).toBe('revoked');
    } finally {
      await own.close();
    }
  });

  it('disconnecting gives the refresh token back', async () => {
    const { accounts, dataCentre, refreshToken } = await clientsOf(sandbox, SMALL.users.finance);
    await accounts.revoke({ dataCentre, refreshToken });
    expect((await troubleOf(accounts.refresh({ dataCentre, refreshToken }))).kind).toBe('revoked');
    await accounts.revoke({ dataCentre, refreshToken });
  });

  const faults: readonly [Fault, string, string][] = [
    ['http_500', 'unreachable', 'unreachable'],
    ['http_502', 'unreachable', 'unreachable'],
    ['timeout', 'unreachable', 'unreachable'],
    ['reset', 'unreachable', 'unreachable'],
    ['half_json', 'unreachable', 'unreachable'],
    ['html', 'unreachable', 'unreachable'],
    ['200_with_error', 'unreachable', 'unreachable'],
    ['redirect', 'unreachable', 'unreachable'],
    ['429_minute', 'rate_limited', 'rate_limited'],
    ['429_day', 'rate_limited', 'rate_limited'],
    ['429_security', 'rate_limited', 'rate_limited'],
    ['429_concurrency', 'rate_limited', 'rate_limited'],
    ['204', 'unreachable', 'unreachable'],
  ];
  it.each(faults)('the fault %s is CRM %s, Books %s', async (answer, crmKind, booksKind) => {
    const { crm, books } = await clientsOf(sandbox, SMALL.users.administrator);
    const customer = await aster();
    sandbox.scenario.add({ match: { service: 'crm' }, answer });
    sandbox.scenario.add({ match: { service: 'books' }, answer });
    expect((await troubleOf(crm.currentUser())).kind).toBe(crmKind);
    expect((await troubleOf(books.invoices(customer, 'interactive'))).kind).toBe(booksKind);
  });

  it('a connection cut once is not noticed by anybody', async () => {
    const { crm } = await clientsOf(sandbox, SMALL.users.rep);
    sandbox.scenario.add({ match: { service: 'crm' }, answer: 'reset', times: 1 });
    expect((await crm.currentUser()).name).toBe('Ravi Menon');
  });
});

describe('the demo organisation', () => {
  it('holds nothing our clients do not know, and its customers owe what Books says', async () => {
    const organisation = demoOrganisation();
    const inProcess = createZoho({
      organisation,
      client,
      limits: { perMinute: 100_000, perDay: 100_000, concurrent: 100 },
    });
    const network = setupServer(...inProcess.handlers);
    network.listen({ onUnhandledRequest: 'error' });
    const sandbox = { origin: 'http://127.0.0.1:3601' }; // nobody listens: msw answers in this process
    try {
      const administrator = organisation.org.demo?.administratorId ?? '';
      const [books] = await listBooksOrganisations(await clientsOf(sandbox, administrator));
      if (!books) throw new Error('no Books organisation');
      const clients = await clientsOf(sandbox, administrator, {
        organisationId: books.id,
        baseCurrency: books.currency,
        timeoutMs: 10_000,
      });
      const warnings = new Set<string>();
      const differing: string[] = [];
      let documents = 0;
      for (const { contact_id } of sampled(organisation.books.contacts)) {
        const { customer } = await clients.books.customer(String(contact_id) as CustomerId, 'interactive');
        const invoices = await clients.books.invoices(customer, 'interactive');
        const others = await Promise.all([
          clients.books.payments(customer, 'interactive'),
          clients.books.creditNotes(customer, 'interactive'),
          clients.books.creditNoteRefunds(customer, 'interactive'),
          clients.books.estimates(customer, 'interactive'),
          clients.books.salesOrders(customer, 'interactive'),
          clients.books.expenses(customer, 'interactive'),
        ]);
        for (const list of [invoices, ...others]) {
          documents += list.rows.length;
          for (const warning of list.warnings) warnings.add(warning);
        }
        if (!owesWhatBooksSays(customer, invoices.rows)) differing.push(customer.name);
      }
      // these two lists carry neither a rate nor an amount in base currency
      expect([...warnings].sort()).toEqual(['credit_note:present_rate', 'estimate:present_rate']);
      // the demo's own example of a customer that does not tie
      expect(differing).toEqual(['Redstone Quarry Supply']);
      expect(documents).toBeGreaterThan(300);
    } finally {
      network.close();
    }
  }, 120_000);
});

/** Every fifth customer, and the one that does not tie: reading all takes a minute. */
const sampled = (contacts: readonly Wire[]): readonly Wire[] =>
  contacts.filter(({ contact_name }, at) => at % 5 === 0 || contact_name === 'Redstone Quarry Supply');

/** Open balances and what is left of the opening balance are Books' own total. @see domain.md A0.7 */
function owesWhatBooksSays(customer: Customer, invoices: readonly Invoice[]): boolean {
  const { currency } = customer;
  const open = invoices
    .filter(({ status, total }) => total.currency === currency && !OUT_OF_SCOPE.includes(status))
    .map(({ balance }) => balance);
  const opening = customer.outstandingOpeningBalance ?? zero(currency);
  return compare(sum(currency, [...open, opening]), customer.outstandingReceivable) === 0;
}
const OUT_OF_SCOPE = ['draft', 'void', 'pending_approval', 'approved', 'rejected'];
