import { describe, expect, it } from 'vitest';
import type { Wire } from '../organisation.ts';
import { rows, total } from './audit.ts';
import { demoOrganisation } from './demo-organisation.ts';
import { daysAfter, daysBetween } from './plain-day.ts';
import { SHOWCASE, SHOWCASE_KEYS, type ShowcaseKey } from './showcase.ts';
import { faultsOf } from './wire-integrity.ts';

const TODAY = '2026-11-21';
const demo = demoOrganisation({ today: TODAY });
const { crm, books } = demo;

const customerIds = (key: ShowcaseKey): string[] => SHOWCASE.accounts[key].customers.map(({ id }) => id);
const of = (list: readonly Wire[], key: ShowcaseKey): Wire[] =>
  list.filter(({ customer_id }) => customerIds(key).includes(String(customer_id)));
const customer = (key: ShowcaseKey): Wire =>
  books.contacts.find(({ contact_id }) => contact_id === customerIds(key)[0]) ?? {};
const open = (key: ShowcaseKey): Wire[] =>
  of(books.invoices, key).filter(({ status, balance }) => Number(balance) > 0 && status !== 'draft');
const deal = (key: keyof typeof SHOWCASE.deals): Wire =>
  crm.Deals.find(({ id }) => id === SHOWCASE.deals[key].id) ?? {};
const ofDeal = (list: readonly Wire[], key: keyof typeof SHOWCASE.deals): Wire[] =>
  list.filter(({ zcrm_potential_id }) => zcrm_potential_id === SHOWCASE.deals[key].id);

describe('the showcase', () => {
  it('names accounts, customers and deals that exist under these ids', () => {
    for (const key of SHOWCASE_KEYS) {
      const { accountId, name, customers } = SHOWCASE.accounts[key];
      expect(crm.Accounts.find(({ id }) => id === accountId)).toMatchObject({ Account_Name: name });
      for (const one of customers) {
        expect(books.contacts.find(({ contact_id }) => contact_id === one.id)).toMatchObject({
          contact_name: one.name,
          currency_code: one.currency,
        });
      }
    }
    for (const { id, name } of Object.values(SHOWCASE.deals)) {
      expect(crm.Deals.find((one) => one.id === id)).toMatchObject({ Deal_Name: name });
    }
  });

  it('stands on ids that are unique, references that lead somewhere and dates that are real', () => {
    // Somebody deleted an account in CRM, and Books was not told.
    const torn = ['linked account: 5725767000001000905 does not exist'];
    expect(faultsOf(demo, TODAY)).toEqual(torn);
    expect(faultsOf(demoOrganisation({ seed: 7, today: '2028-02-29' }), '2028-02-29')).toEqual(torn);
  });

  it('has invoices due yesterday, today and tomorrow; yesterday’s is not yet called overdue', () => {
    const due = open('dueToday').map(({ due_date, status }) => [
      daysBetween(TODAY, String(due_date)),
      status,
    ]);
    expect(due).toEqual(
      expect.arrayContaining([
        [-1, 'sent'],
        [0, 'sent'],
        [1, 'sent'],
      ]),
    );
  });

  it('has a customer that needs approval: its largest invoice is 74 days overdue', () => {
    expect(open('needsApproval').map(({ due_date }) => due_date)).toContain(daysAfter(TODAY, -74));
  });

  it('has a customer over its credit limit with nothing late', () => {
    expect(
      total(open('overCreditLimit'), 'balance').gt(Number(customer('overCreditLimit').credit_limit)),
    ).toBe(true);
    for (const { due_date } of open('overCreditLimit')) expect(String(due_date) >= TODAY).toBe(true);
  });

  it('has a new customer with two invoices, the first five weeks old', () => {
    expect(of(books.invoices, 'newCustomer').map(({ date }) => date)).toEqual([
      daysAfter(TODAY, -35),
      daysAfter(TODAY, -9),
    ]);
  });

  it('has a customer something of whom is open in every ageing bucket', () => {
    const ages = open('everyBucket').map(({ due_date }) => daysBetween(String(due_date), TODAY));
    expect(ages.sort((a, b) => a - b)).toEqual([-15, 0, 12, 44, 75, 118]);
  });

  it('has a customer with more invoices than a page of Books holds', () => {
    expect(of(books.invoices, 'manyInvoices').length).toBeGreaterThan(200);
  });

  it('has a newest payment that was refunded in full', () => {
    const newest = of(books.customerpayments, 'paymentRefunds').at(-1);
    expect(newest).toMatchObject({ amount: 1234.5, amount_refunded: 1234.5, unused_amount: 0, invoices: [] });
  });

  it('has a half-used retainer, kept apart from unused credits', () => {
    expect(customer('retainers')).toMatchObject({
      unused_retainer_payments: 3200,
      unused_credits_receivable_amount: 0,
    });
  });

  it('has an opening balance of which 3,000.00 is still owed', () => {
    expect(customer('openingBalance')).toMatchObject({
      opening_balance_amount: 4800,
      outstanding_ob_receivable_amount: 3000,
    });
  });

  it('has yen without places and dinars with three', () => {
    expect(customer('yen')).toMatchObject({ currency_code: 'JPY', price_precision: 0 });
    expect(customer('dinar')).toMatchObject({ currency_code: 'KWD', price_precision: 3 });
    expect(of(books.customerpayments, 'dinar').map(({ amount }) => amount)).toContain(100.125);
  });

  it('has links by account, by contact, by name only and to two customers', () => {
    expect(customer('nameMatchOnly')).toMatchObject({
      contact_name: SHOWCASE.accounts.nameMatchOnly.name,
      zcrm_account_id: '',
      zcrm_contact_id: '',
      is_linked_with_zohocrm: false,
    });
    expect(customer('contactLinked')).toMatchObject({
      zcrm_account_id: '',
      zcrm_contact_id: SHOWCASE.accounts.contactLinked.contactId,
    });
    const currencies = (key: ShowcaseKey) =>
      books.contacts
        .filter(({ zcrm_account_id }) => zcrm_account_id === SHOWCASE.accounts[key].accountId)
        .map(({ currency_code }) => currency_code);
    expect(currencies('twoCustomers')).toEqual(['USD', 'USD']);
    expect(currencies('twoCurrencies')).toEqual(['USD', 'JPY']);
    expect(currencies('prospect')).toEqual([]);
    expect(of(books.invoices, 'noTransactions')).toEqual([]);
  });

  it('has a deal quoted, ordered, half invoiced and partly collected, chained by Books’ ids', () => {
    const [quote] = ofDeal(books.estimates, 'ladder');
    const [order] = ofDeal(books.salesorders, 'ladder');
    const invoices = ofDeal(books.invoices, 'ladder');
    expect(deal('ladder').Amount).toBe(quote?.sub_total);
    expect(order).toMatchObject({ estimate_id: quote?.estimate_id, status: 'partially_invoiced' });
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'overdue']);
    for (const invoice of invoices) {
      expect(invoice).toMatchObject({ salesorder_id: order?.salesorder_id, estimate_id: quote?.estimate_id });
    }
    expect(rows(order?.invoices)).toHaveLength(2);
    expect(total(invoices, 'sub_total').times(2).eq(Number(quote?.sub_total))).toBe(true);
  });

  it('has a deal invoiced beyond its amount, a won one without invoice and one without account', () => {
    expect(
      total(ofDeal(books.invoices, 'overInvoiced'), 'sub_total').gt(Number(deal('overInvoiced').Amount)),
    ).toBe(true);
    expect(deal('wonNotInvoiced').Stage).toBe('Closed Won');
    expect(ofDeal(books.invoices, 'wonNotInvoiced')).toEqual([]);
    expect(deal('withoutAccount').Account_Name).toBeNull();
  });

  it('has a deal of the demo representative on an account that representative may not open', () => {
    const repId = demo.org.demo?.repId;
    expect(deal('accountHidden')).toMatchObject({
      Owner: { id: repId },
      Account_Name: { id: SHOWCASE.accounts.west.accountId },
    });
    const account = crm.Accounts.find(({ id }) => id === SHOWCASE.accounts.west.accountId);
    expect(account).toMatchObject({ Owner: { name: 'Kenji Morita' } });
  });
});
