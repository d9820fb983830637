import { delay, HttpResponse, http, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Customer, CustomerId, DealId, DocumentId } from '../../domain/documents.ts';
import { money } from '../../domain/money.ts';
import { DATA_CENTRES, type DataCentre } from '../data-centres.ts';
import { createGovernor } from '../governor.ts';
import { createTransport } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { createBooks, listBooksOrganisations } from './client.ts';

const zoho = setupServer();
beforeAll(() => zoho.listen({ onUnhandledRequest: 'error' }));
afterEach(() => zoho.resetHandlers());
afterAll(() => zoho.close());

const eu = DATA_CENTRES.find(({ location }) => location === 'eu') as DataCentre; // safe because the table has it
const TOKEN = '1000.canary-token';

function setUp() {
  const tokens: string[] = [];
  const transport = createTransport({ allowedOrigins: [eu.api], timeoutMs: 150 });
  const accessToken = async (force?: 'renew'): Promise<string> => {
    tokens.push(force ?? 'known');
    return force ? `${TOKEN}-new` : TOKEN;
  };
  const governor = createGovernor({
    timeZone: 'UTC',
    // the moment before a retry passes at once; a wait for the next minute never ends here
    wait: (ms) => (ms < 2000 ? Promise.resolve() : new Promise(() => undefined)),
    limits: { perMinute: 1000 },
  });
  const books = createBooks({
    transport,
    governor,
    dataCentre: eu,
    organisationId: '10234695',
    accessToken,
    baseCurrency: 'EUR',
  });
  return { books, governor, tokens, transport, accessToken };
}

type Answer = () => Response | Promise<Response>;
/** Answers in turn, the last one again and again; tells the questions that were asked. */
function answering(path: string, ...answers: Answer[]): URL[] {
  const asked: URL[] = [];
  zoho.use(
    http.get(`${eu.api}/books/v3${path}`, ({ request }) => {
      asked.push(new URL(request.url));
      const answer = answers[Math.min(asked.length, answers.length) - 1];
      return answer ? answer() : HttpResponse.error();
    }),
  );
  return asked;
}
const ok =
  (body: object): Answer =>
  () =>
    HttpResponse.json({ code: 0, message: 'success', ...body });
const refusal =
  (status: number, code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    HttpResponse.json({ code, message: `${TOKEN} echoed` }, { status, headers });
const queryOf = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);

async function troubleOf(work: Promise<unknown>): Promise<ZohoTrouble> {
  const trouble = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(trouble instanceof ZohoTrouble)) throw new Error(`no trouble but ${String(trouble)}`);
  expect(`${trouble.stack}${JSON.stringify(trouble)}${String(trouble.cause)}`).not.toContain('canary');
  return trouble;
}

const acme: Customer = {
  id: '900' as CustomerId,
  name: 'Acme',
  currency: 'EUR',
  outstandingReceivable: money('EUR', 0),
  outstandingOpeningBalance: null,
  unusedCredits: money('EUR', 0),
  unusedRetainers: null,
  creditLimit: null,
  exchangeRate: null,
};
const anInvoice = (change: Record<string, JsonBodyType> = {}) => ({
  invoice_id: '1',
  invoice_number: 'INV-1',
  customer_id: '900',
  customer_name: 'Acme',
  status: 'sent',
  date: '2026-10-01',
  due_date: '2026-10-31',
  total: 119,
  balance: 119,
  currency_code: 'EUR',
  zcrm_potential_id: '',
  ...change,
});
const invoices = () => setUp().books.invoices(acme, 'interactive');

describe('who works in Books', () => {
  it('is read whatever their status, page after page', async () => {
    const user = { user_id: '1', email: 'a@b.example', user_role: 'admin', status: 'active' };
    const asked = answering(
      '/users',
      ok({ users: [user], page_context: { has_more_page: true } }),
      ok({
        users: [
          { ...user, user_id: '2', user_role: 'Clerk', status: 'Inactive', is_customer_segmented: true },
        ],
        page_context: { has_more_page: false },
      }),
    );
    expect(await setUp().books.users('background')).toEqual([
      { email: 'a@b.example', role: 'admin', status: 'active', ownCustomersOnly: false },
      { email: 'a@b.example', role: 'Clerk', status: 'inactive', ownCustomersOnly: true },
    ]);
    expect(queryOf(asked[1])).toMatchObject({ filter_by: 'Status.All', page: '2' });
  });

  it('is not known where Books refuses to tell', async () => {
    answering('/users', refusal(401, 57));
    expect((await troubleOf(setUp().books.users('background'))).kind).toBe('refused');
  });
});

describe('a list of a customer', () => {
  it('is asked for by customer, 200 a page, in an order that does not shift', async () => {
    const asked = answering(
      '/invoices',
      ok({ invoices: [anInvoice()], page_context: { has_more_page: false } }),
    );
    const { rows, warnings, tellsDeal } = await invoices();
    expect([rows.map(({ id }) => id), warnings, tellsDeal]).toEqual([['1'], [], true]);
    expect(asked.map(queryOf)).toEqual([
      {
        organization_id: '10234695',
        customer_id: '900',
        page: '1',
        per_page: '200',
        sort_column: 'created_time',
        sort_order: 'A',
      },
    ]);
  });

  it('is followed to its last page, and a row that comes twice counts once', async () => {
    const asked = answering(
      '/invoices',
      ok({ invoices: [anInvoice(), anInvoice({ invoice_id: 2 })], page_context: { has_more_page: true } }),
      ok({
        invoices: [anInvoice({ invoice_id: '2' }), anInvoice({ invoice_id: '3' })],
        page_context: [{ has_more_page: false }],
      }),
    );
    expect((await invoices()).rows.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(asked.map((url) => url.searchParams.get('page'))).toEqual(['1', '2']);
  });

  it('without a page context ends with the first page that is not full', async () => {
    const page = (from: number, count: number) =>
      ok({
        invoices: Array.from({ length: count }, (_, at) => anInvoice({ invoice_id: String(from + at) })),
      });
    const asked = answering('/invoices', page(0, 200), page(200, 5));
    expect((await invoices()).rows.length).toBe(205);
    expect(asked.length).toBe(2);
  });

  it('that repeats the same page for ever is not taken for complete', async () => {
    const asked = answering(
      '/invoices',
      ok({ invoices: [anInvoice()], page_context: { has_more_page: true } }),
    );
    expect((await troubleOf(invoices())).detail.code).toBe('endless_list');
    expect(asked.length).toBe(2);
  });

  it("another customer's rows are dropped and reported", async () => {
    answering(
      '/invoices',
      ok({ invoices: [anInvoice(), anInvoice({ invoice_id: '2', customer_id: '901' })] }),
    );
    const { rows, warnings } = await invoices();
    expect([rows.map(({ id }) => id), warnings]).toEqual([['1'], ['invoice:foreign_rows']]);
  });

  it("a page of other customers' rows only stops the reading there", async () => {
    const asked = answering(
      '/invoices',
      ok({ invoices: [anInvoice({ customer_id: '901' })], page_context: { has_more_page: true } }),
    );
    expect((await troubleOf(invoices())).detail.code).toBe('filter_ignored');
    expect(asked.length).toBe(1);
  });

  it('rows that do not tell whose they are are told by name; without either they are nobody’s', async () => {
    const refund = {
      creditnote_refund_id: '8',
      creditnote_id: '5',
      date: '2026-09-09',
      amount_fcy: 10,
      amount_bcy: 10,
    };
    answering(
      '/creditnotes/refunds',
      ok({
        creditnote_refunds: [
          { ...refund, customer_name: 'ACME ' },
          { ...refund, creditnote_refund_id: '9', customer_name: 'Other' },
        ],
      }),
    );
    const { rows, warnings } = await setUp().books.creditNoteRefunds(acme, 'background');
    expect([rows.map(({ id }) => id), warnings]).toEqual([['8'], ['credit_note_refund:foreign_rows']]);
    answering('/creditnotes/refunds', ok({ creditnote_refunds: [refund] }));
    expect((await troubleOf(setUp().books.creditNoteRefunds(acme, 'background'))).detail.code).toBe(
      'filter_ignored',
    );
  });

  it.each(['customerpayments', 'customer_payments'])('payments are found under "%s"', async (key) => {
    const row = {
      payment_id: '4',
      payment_number: '4',
      customer_id: '900',
      date: '2026-10-02',
      amount: 5,
      payment_status: 'paid',
    };
    answering('/customerpayments', ok({ [key]: [row] }));
    expect((await setUp().books.payments(acme, 'interactive')).rows[0]?.amount).toEqual(money('EUR', 5));
  });

  it('says whether its rows tell the deal; an empty list has nothing to hide', async () => {
    const { zcrm_potential_id: _, ...silent } = anInvoice();
    answering('/invoices', ok({ invoices: [silent] }));
    expect((await invoices()).tellsDeal).toBe(false);
    answering('/invoices', ok({ invoices: [] }));
    expect((await invoices()).tellsDeal).toBe(true);
  });

  it('estimates, sales orders, credit notes and expenses are read from their own lists', async () => {
    const row = { customer_id: '900', status: 'draft', date: '2026-10-01', total: 10, currency_code: 'EUR' };
    answering('/estimates', ok({ estimates: [{ ...row, estimate_id: '1', expiry_date: '' }] }));
    answering('/salesorders', ok({ salesorders: [{ ...row, salesorder_id: '2', zcrm_potential_id: '77' }] }));
    answering('/creditnotes', ok({ creditnotes: [{ ...row, creditnote_id: '3', balance: 10 }] }));
    answering('/expenses', ok({ expenses: [{ ...row, expense_id: '4', status: 'unbilled' }] }));
    const { books } = setUp();
    expect((await books.estimates(acme, 'background')).rows[0]).toMatchObject({ id: '1', expiryDate: null });
    expect((await books.salesOrders(acme, 'background')).rows[0]).toMatchObject({ id: '2', dealId: '77' });
    expect((await books.creditNotes(acme, 'background')).rows[0]).toMatchObject({ id: '3', status: 'draft' });
    expect((await books.expenses(acme, 'background')).rows[0]).toMatchObject({ id: '4', status: 'unbilled' });
  });
});

describe('finding the customer', () => {
  const row = (id: string, change = {}) => ({
    contact_id: id,
    contact_name: `C${id}`,
    contact_type: 'customer',
    email: 'a@b.c',
    ...change,
  });

  it.each([
    [{ accountId: '12' }, 'zcrm_account_id', '12'],
    [{ contactId: '31' }, 'zcrm_contact_id', '31'],
  ] as const)('by the stored id %j: none, one or many, and no vendors', async (record, name, value) => {
    const asked = answering(
      '/contacts',
      ok({ contacts: [] }),
      ok({ contacts: [row('1')] }),
      ok({ contacts: [row('1'), row('2'), row('3', { contact_type: 'vendor' })] }),
    );
    const { books } = setUp();
    const ids = async () => (await books.customersLinkedTo(record, 'interactive')).map(({ id }) => id);
    expect([await ids(), await ids(), await ids()]).toEqual([[], ['1'], ['1', '2']]);
    expect(asked[0]?.searchParams.get(name)).toBe(value);
  });

  it('a row that names another record is not a match; more than a page means the filter was ignored', async () => {
    answering(
      '/contacts',
      ok({ contacts: [row('1', { zcrm_account_id: '13' }), row('2', { zcrm_account_id: '12' })] }),
    );
    expect(await setUp().books.customersLinkedTo({ accountId: '12' }, 'interactive')).toEqual([
      { id: '2', name: 'C2', email: 'a@b.c' },
    ]);
    answering('/contacts', ok({ contacts: [row('1')], page_context: { has_more_page: true } }));
    const trouble = await troubleOf(setUp().books.customersLinkedTo({ accountId: '12' }, 'interactive'));
    expect(trouble.detail.code).toBe('filter_ignored');
  });

  it('by name: the text travels as text, at most 100 characters, and only names that hold it come back', async () => {
    const name = `O'Brien & Söhne 🏗️ ${'x'.repeat(120)}`;
    const sought = [...name].slice(0, 100).join('');
    const asked = answering(
      '/contacts',
      ok({ contacts: [row('1', { contact_name: `${sought} Ltd` }), row('2')] }),
    );
    expect((await setUp().books.customersNamed(name, 'interactive')).map(({ id }) => id)).toEqual(['1']);
    expect(asked[0]?.searchParams.get('contact_name_contains')).toBe(sought);
  });

  it('an empty name finds nobody and asks nobody', async () => {
    expect(await setUp().books.customersNamed('  ', 'interactive')).toEqual([]);
  });

  it('another customer than the one asked for is not taken', async () => {
    const contact = {
      contact_id: '901',
      contact_name: 'X',
      outstanding_receivable_amount: 0,
      unused_credits_receivable_amount: 0,
    };
    answering('/contacts/900', ok({ contact }));
    expect((await troubleOf(setUp().books.customer(acme.id, 'interactive'))).detail.code).toBe(
      'wrong_record',
    );
  });
});

describe('what only a page of its own tells', () => {
  const id = '5' as DocumentId;

  it.each([
    [
      'invoice',
      '/invoices/5',
      { invoice: { invoice_id: '5', total: 119, tax_total: 19, currency_code: 'USD' } },
    ],
    [
      'estimate',
      '/estimates/5',
      { estimate: { estimate_id: 5, total: 119, taxes: [{ tax_amount: 19 }], currency_code: 'USD' } },
    ],
    [
      'sales_order',
      '/salesorders/5',
      { salesorder: { salesorder_id: '5', total: 119, tax_total: 19, currency_code: 'USD' } },
    ],
  ] as const)('the net amount of an %s', async (type, path, body) => {
    answering(path, ok(body));
    expect((await setUp().books.details(type, id, 'background')).net).toEqual(money('USD', 100));
  });

  it('a page without any tax word gives no net amount', async () => {
    answering('/invoices/5', ok({ invoice: { invoice_id: '5', total: 119 } }));
    expect((await troubleOf(setUp().books.details('invoice', id, 'background'))).detail.code).toBe(
      'no_tax_split',
    );
  });

  it('how a payment was split', async () => {
    const payment = {
      payment_id: '5',
      currency_code: 'EUR',
      invoices: [{ invoice_id: '1', amount_applied: 7.5 }],
    };
    answering('/customerpayments/5', ok({ payment }));
    expect(await setUp().books.applications(id, 'background')).toEqual([
      { invoiceId: '1', amount: money('EUR', '7.5') },
    ]);
  });

  it('the documents of a deal, unless Books ignored the question', async () => {
    const deal = '77' as DealId;
    const asked = answering('/invoices', ok({ invoices: [anInvoice({ zcrm_potential_id: '77' })] }));
    expect(await setUp().books.documentsOfDeal('invoice', deal, 'background')).toEqual(['1']);
    expect(asked[0]?.searchParams.get('zcrm_potential_id')).toBe('77');
    answering('/invoices', ok({ invoices: [anInvoice({ zcrm_potential_id: '78' })] }));
    const ignored = await troubleOf(setUp().books.documentsOfDeal('invoice', deal, 'background'));
    expect(ignored.detail.code).toBe('filter_ignored');
  });

  it('the organisations of a grant, asked without naming one', async () => {
    const organization = {
      organization_id: '10234695',
      name: 'Zylker',
      currency_code: 'EUR',
      time_zone: 'Europe/Berlin',
    };
    const asked = answering('/organizations', ok({ organizations: [organization] }));
    const { transport, accessToken } = setUp();
    expect(await listBooksOrganisations({ transport, dataCentre: eu, accessToken })).toEqual([
      { id: '10234695', name: 'Zylker', currency: 'EUR', timeZone: 'Europe/Berlin' },
    ]);
    expect(queryOf(asked[0])).toEqual({});
  });
});

describe('when Books does not answer as hoped', () => {
  it('a token Books no longer knows is renewed once', async () => {
    answering('/invoices', refusal(401, 14), ok({ invoices: [] }));
    const { books, tokens } = setUp();
    expect((await books.invoices(acme, 'interactive')).rows).toEqual([]);
    expect(tokens).toEqual(['known', 'renew']);
  });

  it('57 with a fresh token is a missing scope, and not renewed over and over', async () => {
    answering('/invoices', refusal(401, 57));
    const { books, tokens } = setUp();
    expect((await troubleOf(books.invoices(acme, 'interactive'))).kind).toBe('refused');
    expect(tokens).toEqual(['known', 'renew']);
  });

  it('401 with a fresh token means the grant is gone', async () => {
    answering('/invoices', refusal(401, 14));
    expect((await troubleOf(invoices())).kind).toBe('revoked');
  });

  it.each<[string, Answer, string, number]>([
    ['the minute', refusal(429, 44), '44', 60],
    ['security', refusal(429, 43, { 'retry-after': '1800' }), '43', 1800],
    ['the day', refusal(429, 45, { 'x-rate-limit-reset': '20421' }), '45', 20_421],
    ['the minute, with the reset of the day', refusal(429, 44, { 'x-rate-limit-reset': '20421' }), '44', 60],
    ['calls at once', refusal(429, 1070), '1070', 2],
    ['no reason', () => HttpResponse.html('<h1>canary</h1>', { status: 429 }), 'http_429', 60],
    ['the minute, with status 200', refusal(200, 44), '44', 60],
  ])('a limit: %s', async (_, answer, code, retryAfterSeconds) => {
    answering('/invoices', answer);
    const { books, governor } = setUp();
    const trouble = await troubleOf(books.invoices(acme, 'interactive'));
    expect([trouble.kind, trouble.detail.code, trouble.detail.retryAfterSeconds]).toEqual([
      'rate_limited',
      code,
      retryAfterSeconds,
    ]);
    expect((await governor.usage()).shutUntil === null).toBe(code === '1070');
  });

  it('after a limit the next question does not reach Books', async () => {
    const asked = answering('/invoices', refusal(429, 44));
    const { books } = setUp();
    await troubleOf(books.invoices(acme, 'interactive'));
    expect((await troubleOf(books.payments(acme, 'interactive'))).detail.code).toBe('own_budget');
    expect(asked.length).toBe(1);
  });

  it('a failing server is asked once more, each time through the budget', async () => {
    answering('/invoices', refusal(500, 1000), ok({ invoices: [] }));
    const { books, governor } = setUp();
    expect((await books.invoices(acme, 'interactive')).rows).toEqual([]);
    expect((await governor.usage()).day.used).toBe(2);
  });

  it.each<[string, Answer, string, RegExp]>([
    ['500 twice', refusal(500, 1000), 'unreachable', /^1000$/],
    [
      '502 with a page',
      () => HttpResponse.html('<h1>canary</h1>', { status: 502 }),
      'unreachable',
      /^http_502$/,
    ],
    ['an internal error with status 200', refusal(200, 1000), 'unreachable', /^1000$/],
    ['"does not exist" with status 200', refusal(200, 1002), 'refused', /^1002$/],
    ['"does not exist"', refusal(404, 1002), 'refused', /^1002$/],
    ['an invalid value', refusal(400, 2), 'refused', /^2$/],
    ['no envelope', () => HttpResponse.json({ invoices: [] }), 'unreachable', /^no_envelope$/],
    ['nothing at all', () => new HttpResponse(null, { status: 204 }), 'unreachable', /^no_envelope$/],
    ['a page with status 200', () => HttpResponse.html('<h1>canary</h1>'), 'unreachable', /^not_json$/],
    ['half an answer', () => new HttpResponse('{"code":0,"invoices":[{"canary'), 'unreachable', /^not_json$/],
    ['no list', ok({ bills: [] }), 'unreachable', /^unexpected_shape:invoices$/],
    [
      'wrong types',
      ok({ invoices: [anInvoice({ total: ['canary'] })] }),
      'unreachable',
      /^unexpected_shape:invoices\.total$/,
    ],
    ['a redirect', () => HttpResponse.redirect('https://canary.example/'), 'unreachable', /^redirected$/],
    ['a cut connection', () => HttpResponse.error(), 'unreachable', /./],
    ['silence', () => delay('infinite').then(() => HttpResponse.error()), 'unreachable', /^timeout$/],
  ])('%s', async (_, answer, kind, code) => {
    answering('/invoices', answer);
    const trouble = await troubleOf(invoices());
    expect([trouble.service, trouble.kind]).toEqual(['books', kind]);
    expect(trouble.detail.code).toMatch(code);
  });
});
