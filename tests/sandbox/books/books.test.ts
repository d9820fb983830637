import { beforeEach, describe, expect, it } from 'vitest';
import { SMALL } from '../small-organisation.ts';
import { zohoUnderTest } from '../zoho-under-test.ts';

const { users, accounts, deals, customers } = SMALL;
const at = zohoUnderTest();

describe('Books', () => {
  let rights: string;
  beforeEach(async () => {
    rights = (await at.signIn(users.administrator)).accessToken;
  });

  it('finds the customer of an account and ignores parameters it does not know', async () => {
    const ids = async (query: string) =>
      (await at.books(`/contacts?${query}`, rights)).body.contacts.map(
        (contact: { contact_id: string }) => contact.contact_id,
      );
    expect(await ids(`zcrm_account_id=${accounts.birch}`)).toEqual([customers.birch]);
    expect(await ids('zcrm_account_id=1')).toEqual([]);
    expect(await ids('contact_name_contains=ASTER')).toEqual([customers.aster]);
    expect(await ids(`zcrm_acount_id=${accounts.birch}`)).toEqual([customers.aster, customers.birch]);
  });

  it('contacts with overdue invoices are fewer than those with unpaid ones', async () => {
    const ids = async (filter: string) =>
      (await at.books(`/contacts?filter_by=Invoice.${filter}`, rights)).body.contacts.map(
        (contact: { contact_id: string }) => contact.contact_id,
      );
    expect(await ids('Unpaid')).toEqual([customers.aster, customers.birch]);
    expect(await ids('OverDue')).toEqual([customers.aster]);
  });

  it('list rows are narrower than details, and emptiness is "" also for numbers', async () => {
    const [row] = (await at.books(`/invoices?zcrm_potential_id=${deals.fitOut}`, rights)).body.invoices;
    expect(row).toMatchObject({ total: 1080, balance: 580, adjustment: '', zcrm_potential_id: deals.fitOut });
    for (const absent of ['sub_total', 'tax_total', 'line_items', 'price_precision'])
      expect(row).not.toHaveProperty(absent);
    expect((await at.books(`/invoices/${row.invoice_id}`, rights)).body.invoice).toMatchObject({
      sub_total: 1000,
      tax_total: 80,
    });
    const [contact] = (await at.books('/contacts', rights)).body.contacts;
    expect(contact).not.toHaveProperty('zcrm_account_id');
    const [payment] = (await at.books(`/customerpayments?customer_id=${customers.aster}`, rights)).body
      .customerpayments;
    expect(payment).not.toHaveProperty('currency_code');
  });

  it('unpaid holds what is sent and owed; the word overdue comes a night late', async () => {
    const words = async () =>
      (
        await at.books(
          `/invoices?customer_id=${customers.aster}&status=unpaid&sort_column=due_date&sort_order=A`,
          rights,
        )
      ).body.invoices.map(
        (invoice: { invoice_number: string; status: string }) =>
          `${invoice.invoice_number} ${invoice.status}`,
      );
    expect(await words()).toEqual(['INV-000001 overdue', 'INV-000002 sent']);
    at.later(86_400);
    rights = (await at.signIn(users.administrator)).accessToken;
    expect(await words()).toEqual(['INV-000001 overdue', 'INV-000002 sent']);
    at.later(86_400);
    rights = (await at.signIn(users.administrator)).accessToken;
    expect(await words()).toEqual(['INV-000001 overdue', 'INV-000002 overdue']);
  });

  it('sums rows on demand', async () => {
    const { body } = await at.books(
      `/invoices?customer_id=${customers.aster}&status=unpaid&response_option=3`,
      rights,
    );
    expect(body).not.toHaveProperty('invoices');
    expect(body.page_context).toMatchObject({
      total: 2,
      sum_columns: [
        { column: 'total', total: 1296 },
        { column: 'balance', total: 796 },
      ],
    });
  });

  it('refunds are listed under the documents that hold them', async () => {
    expect(
      (await at.books(`/creditnotes/refunds?customer_id=${customers.aster}`, rights)).body.creditnote_refunds,
    ).toMatchObject([{ amount_fcy: 14, date: '2026-10-12' }]);
    const [payment] = (await at.books('/customerpayments?sort_column=date&sort_order=A', rights)).body
      .customerpayments;
    expect(
      (await at.books(`/customerpayments/${payment.payment_id}/refunds`, rights)).body.payment_refunds,
    ).toMatchObject([{ amount_fcy: 20 }]);
  });

  it('knows its own users, who are not all of CRM', async () => {
    expect((await at.books('/users', rights)).body.users).toMatchObject([
      { name: 'Ada Keller', user_role: 'admin', status: 'active', is_current_user: true },
      { name: 'Fay Osei', user_role: 'staff', is_customer_segmented: false, is_current_user: false },
    ]);
    const narrow = (await at.signIn(users.administrator, ['ZohoBooks.contacts.READ'])).accessToken;
    expect(await at.books('/users', narrow)).toMatchObject({ status: 401, body: { code: 57 } });
  });

  it.each([
    ['/invoices?sort_column=last_modified_time', 400, 2],
    ['/invoices?sort_order=descending', 400, 2],
    ['/invoices?status=late', 400, 2],
    ['/invoices?last_modified_time=2026-01-01T00:00:00Z', 400, 2],
    ['/invoices?last_modified_time=2026-01-01T00:00:00%2B00:00', 400, 2],
    ['/invoices?last_modified_time=2026-01-01T00:00:00%2B0000', 200, 0],
    ['/contacts?last_modified_time=yesterday', 400, 2],
    ['/customerpayments?last_modified_time=yesterday', 200, 0],
    ['/invoices/460000000000099999', 404, 1002],
    ['/nothing', 404, 5],
  ])('%s answers %i with code %i', async (path, status, code) => {
    expect(await at.books(path, rights)).toMatchObject({ status, body: { code } });
  });

  it('wants an organisation, and one of its own', async () => {
    expect(await at.get('/books/v3/invoices', rights)).toMatchObject({ status: 400, body: { code: 4 } });
    expect(await at.get('/books/v3/invoices?organization_id=60009999999', rights)).toMatchObject({
      status: 401,
      body: { code: 57 },
    });
  });
});
