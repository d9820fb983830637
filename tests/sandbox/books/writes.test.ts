import { beforeEach, describe, expect, it } from 'vitest';
import { SMALL } from '../small-organisation.ts';
import { zohoUnderTest } from '../zoho-under-test.ts';
import { differencesBetween, snapshotBooks } from './books-differences.ts';
import { DEAL_RESOURCES, type DealResource } from './deal-documents.ts';
import type { WriteBehaviour } from './write-rules.ts';

const { users, deals, customers } = SMALL;
const at = zohoUnderTest();

const IDS: Readonly<Record<DealResource, string>> = {
  invoices: '460000000000040002',
  estimates: '460000000000040301',
  salesorders: '460000000000040401',
  expenses: '460000000000040501',
};
const VOID_INVOICE = '460000000000040005';

describe('changing a document in Books', () => {
  let rights: string;
  beforeEach(async () => {
    rights = (await at.signIn(users.administrator)).accessToken;
  });

  const put = async (resource: DealResource, id: string, body: object, token = rights) => {
    const answer = await fetch(
      `${at.zoho.origin}/books/v3/${resource}/${id}?organization_id=${SMALL.organisation}`,
      {
        method: 'PUT',
        headers: { authorization: `Zoho-oauthtoken ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const single = async (resource: DealResource, id: string) => {
    const { body } = await at.books(`/${resource}/${id}`, rights);
    const { code: _, message: __, ...rest } = body;
    return Object.values(rest)[0] as Record<string, unknown>; // safe because a detail holds one resource
  };
  const organisation = () => at.zoho.zoho.organisation;
  const link = (id: string) => ({ zcrm_potential_id: id });

  it.each(DEAL_RESOURCES)('%s: a deal is set and taken off, and nothing else changes', async (resource) => {
    const before = snapshotBooks(organisation());
    const moved = { module: resource, id: IDS[resource], field: 'last_modified_time' };
    expect(await put(resource, IDS[resource], link(deals.expansion))).toMatchObject({
      status: 200,
      body: { code: 0 },
    });
    expect(await single(resource, IDS[resource])).toMatchObject({
      zcrm_potential_id: deals.expansion,
      zcrm_potential_name: 'Aster expansion',
    });
    const linked = snapshotBooks(organisation());
    expect(differencesBetween(before, linked)).toEqual([
      expect.objectContaining({ field: 'zcrm_potential_id', after: deals.expansion }),
      expect.objectContaining({ field: 'zcrm_potential_name', after: 'Aster expansion' }),
      expect.objectContaining(moved),
    ]);
    await put(resource, IDS[resource], link(''));
    expect(await single(resource, IDS[resource])).toMatchObject(link(''));
    const [{ before: first, after: last } = { before: '', after: '' }] = differencesBetween(
      linked,
      snapshotBooks(organisation()),
    ).filter(({ field }) => field === 'last_modified_time');
    expect(Date.parse(String(last))).toBeGreaterThan(Date.parse(String(first)));
  });

  it('rows of expenses tell no deal, only the expense itself does', async () => {
    await put('expenses', IDS.expenses, link(deals.expansion));
    const [row] = (await at.books('/expenses', rights)).body.expenses;
    expect(row).not.toHaveProperty('zcrm_potential_id');
    expect((await single('expenses', IDS.expenses)).zcrm_potential_id).toBe(deals.expansion);
  });

  it('the filter by deal and by time follow a change', async () => {
    await put('invoices', IDS.invoices, link(deals.expansion));
    const ids = async (query: string) =>
      (await at.books(`/invoices?${query}`, rights)).body.invoices.map(
        ({ invoice_id }: { invoice_id: string }) => invoice_id,
      );
    expect(await ids(`zcrm_potential_id=${deals.expansion}`)).toEqual([IDS.invoices]);
    expect(await ids('last_modified_time=2026-11-20T11:00:00%2B0000')).toEqual([IDS.invoices]);
  });

  it('wants the scope to update, a document, a deal that exists and JSON; each counts against the limits', async () => {
    const reader = (await at.signIn(users.rep, ['ZohoBooks.invoices.READ'])).accessToken;
    expect(await put('invoices', IDS.invoices, link(''), reader)).toMatchObject({
      status: 401,
      body: { code: 57 },
    });
    const writer = (await at.signIn(users.rep, ['ZohoBooks.invoices.UPDATE'])).accessToken;
    const first = await put('invoices', IDS.invoices, link(''), writer);
    expect(first.body.code).toBe(0);
    expect(await put('estimates', IDS.estimates, link(''), writer)).toMatchObject({ body: { code: 57 } });
    expect(await put('invoices', '460000000000099999', link(''))).toMatchObject({ status: 404 });
    expect(await put('invoices', IDS.invoices, link('3652397000000999999'))).toMatchObject({
      status: 400,
      body: { code: 4, message: 'Invalid value passed for zcrm_potential_id' },
    });
    const last = await put('invoices', IDS.invoices, link(''));
    const left = (headers: Headers) => Number(headers.get('x-rate-limit-remaining'));
    expect(left(first.headers) - left(last.headers)).toBe(3);
  });

  it('that needs the full document names what is missing, and takes the whole of it', async () => {
    at.zoho.scenario.writes.set('invoices', 'needs_full');
    at.zoho.scenario.writes.set('expenses', 'needs_full');
    const { line_items } = await single('invoices', IDS.invoices);
    const said = async (body: object) => (await put('invoices', IDS.invoices, body)).body.message;
    expect(await said(link(deals.expansion))).toBe('Invalid value passed for customer_id');
    const customer = { ...link(deals.expansion), customer_id: customers.aster };
    expect(await said(customer)).toBe('Invalid value passed for line_items');
    const before = snapshotBooks(organisation());
    expect(await said({ ...customer, line_items })).toBe('Invoice information has been updated.');
    expect(differencesBetween(before, snapshotBooks(organisation())).map(({ field }) => field)).toEqual([
      'zcrm_potential_id',
      'zcrm_potential_name',
      'last_modified_time',
    ]);
    expect((await put('expenses', IDS.expenses, link(''))).body.message).toBe(
      'Invalid value passed for account_id',
    );
    const {
      account_id,
      paid_through_account_id,
      date,
      sub_total: amount,
    } = await single('expenses', IDS.expenses);
    const whole = { account_id, paid_through_account_id, date, amount, ...link('') };
    expect((await put('expenses', IDS.expenses, whole)).body.message).toMatch(/has been updated/);
    expect(await single('expenses', IDS.expenses)).toMatchObject({ total: 75, ...link('') });
  });

  it('loses the lines that are not sent, and with them the amounts and what the customer owes', async () => {
    at.zoho.zoho.booksEdits.change('invoices', IDS.invoices, {
      line_items: [
        { line_item_id: '91', name: 'Desk', quantity: 1, rate: 150, item_total: 150 },
        { line_item_id: '92', name: 'Lamp', quantity: 2, rate: 25, item_total: 50 },
      ],
    });
    await put('invoices', IDS.invoices, { line_items: [{ line_item_id: '91' }] });
    expect(await single('invoices', IDS.invoices)).toMatchObject({
      line_items: [{ line_item_id: '91', name: 'Desk', item_total: 150 }],
      sub_total: 150,
      tax_total: 12,
      total: 162,
      balance: 162,
    });
    expect((await at.books(`/contacts/${customers.aster}`, rights)).body.contact).toMatchObject({
      outstanding_receivable_amount: 742,
    });
  });

  it('that is dropped is answered with 200, and the deal is as before', async () => {
    at.zoho.scenario.writes.set('estimates', 'drops');
    expect((await put('estimates', IDS.estimates, link(''))).body.code).toBe(0);
    expect(await single('estimates', IDS.estimates)).toMatchObject(link(deals.fitOut));
  });

  it.each<[WriteBehaviour, number, RegExp]>([
    ['refuses_locked', 400, /locked/],
    ['refuses_void', 400, /voided/],
    ['refuses_approved', 400, /approved/],
    ['refuses_right', 401, /not authorized/],
  ])('%s for one document leaves the others alone', async (behaviour, status, message) => {
    at.zoho.scenario.writes.set(IDS.salesorders, behaviour);
    const before = snapshotBooks(organisation());
    const refused = await put('salesorders', IDS.salesorders, link(''));
    expect(refused.status).toBe(status);
    expect(refused.body.message).toMatch(message);
    expect(differencesBetween(before, snapshotBooks(organisation()))).toEqual([]);
    expect((await put('estimates', IDS.estimates, link(''))).status).toBe(200);
  });

  it('is refused for voids by themselves, and in closed periods where documents post to the ledger', async () => {
    expect((await put('invoices', VOID_INVOICE, link(deals.fitOut))).body.message).toMatch(/voided/);
    at.zoho.scenario.writes.lockedUntil = '2026-10-21';
    expect((await put('invoices', IDS.invoices, link(''))).body.message).toMatch(
      /2026-10-21 have been locked/,
    );
    expect((await put('expenses', IDS.expenses, link(''))).body.message).toMatch(/locked/);
    expect((await put('salesorders', IDS.salesorders, link(''))).status).toBe(200);
    at.zoho.scenario.writes.lockedUntil = '2026-10-20';
    expect((await put('invoices', IDS.invoices, link(''))).status).toBe(200);
  });

  it('can be done and its answer lost', async () => {
    at.zoho.scenario.add({ match: { method: 'PUT' }, times: 1, answer: 'lost' });
    const lost = fetch(
      `${at.zoho.origin}/books/v3/invoices/${IDS.invoices}?organization_id=${SMALL.organisation}`,
      {
        method: 'PUT',
        headers: { authorization: `Zoho-oauthtoken ${rights}` },
        body: JSON.stringify(link(deals.expansion)),
        signal: AbortSignal.timeout(300),
      },
    );
    await expect(lost).rejects.toThrow(/aborted/);
    expect((await single('invoices', IDS.invoices)).zcrm_potential_id).toBe(deals.expansion);
  });
});

describe('an edit made in Books itself', () => {
  const control = async (path: string, body: object) => {
    const answer = await fetch(`${at.zoho.origin}/__sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const resource = 'invoices';
  const invoice = () =>
    at.zoho.zoho.organisation.books.invoices.find(({ invoice_id }) => invoice_id === IDS.invoices);

  it('changes deal or amount, deletes, and moves the document’s time without a call', async () => {
    const id = IDS.invoices;
    const calls = at.zoho.exchanges.list().length;
    const stamp = invoice()?.last_modified_time;
    expect((await control('books', { resource, id, dealId: deals.birch })).status).toBe(200);
    expect(invoice()).toMatchObject({
      zcrm_potential_id: deals.birch,
      zcrm_potential_name: 'Birch renewal',
      last_modified_time: '2026-11-20T13:00:00+0100',
    });
    expect(stamp).not.toBe(invoice()?.last_modified_time);
    await control('books', { resource, id, net: 300 });
    expect(invoice()).toMatchObject({ sub_total: 300, tax_total: 24, total: 324, balance: 324 });
    await control('books', { resource, id, delete: true });
    expect(invoice()).toBeUndefined();
    const [aster] = at.zoho.zoho.organisation.books.contacts;
    expect(aster?.outstanding_receivable_amount).toBe(580);
    expect(at.zoho.exchanges.list().length).toBe(calls);
    expect((await control('books', { resource, id, dealId: '' })).status).toBe(400);
    expect((await control('books', { resource, id: '460000000000040001', delete: true })).status).toBe(400);
  });

  it('is chosen from outside too, and unclear wishes are refused', async () => {
    expect((await control('scenario', { writes: { invoices: 'drops' } })).body.writes).toEqual({
      invoices: 'drops',
    });
    expect((await control('scenario', { writes: { invoices: 'explodes' } })).status).toBe(400);
    expect((await control('scenario', { writes: { bills: 'takes' } })).status).toBe(400);
    expect((await control('scenario', { lockedUntil: '2026-09-30' })).body.lockedUntil).toBe('2026-09-30');
    await fetch(`${at.zoho.origin}/__sandbox/scenario`, { method: 'DELETE' });
    expect((await control('scenario', {})).body).toMatchObject({ writes: {}, lockedUntil: null });
  });
});
