import { describe, expect, it } from 'vitest';
import { calendarDay } from '../../domain/calendar-day.ts';
import type { Customer, CustomerId } from '../../domain/documents.ts';
import { money } from '../../domain/money.ts';
import { ZohoTrouble } from '../trouble.ts';
import type { Reading } from './booked-rate.ts';
import { STATUSES, statusOf } from './statuses.ts';
import {
  creditNote,
  customerDetail,
  customerMatch,
  expense,
  invoice,
  netOf,
  organisations,
} from './translate.ts';
import { applications, creditNoteRefund, payment } from './translate-payment.ts';
import {
  ContactDetail,
  ContactRow,
  CreditNoteRow,
  ExpenseRow,
  InvoiceRow,
  OrganizationsAnswer,
  PaymentDetail,
  PaymentRow,
  RefundRow,
  TaxSplit,
} from './wire.ts';

function reading(change: Partial<Customer> = {}): Reading & { warnings: string[] } {
  const currency = change.currency ?? 'EUR';
  const warnings: string[] = [];
  return {
    customer: {
      id: '900' as CustomerId,
      name: 'Acme',
      currency,
      outstandingReceivable: money(currency, 0),
      outstandingOpeningBalance: null,
      unusedCredits: money(currency, 0),
      unusedRetainers: null,
      creditLimit: null,
      exchangeRate: null,
      ...change,
    },
    baseCurrency: 'EUR',
    warn: (warning) => warnings.push(warning),
    warnings,
  };
}

const invoiceWire = {
  invoice_id: '460000000026049',
  invoice_number: 'INV-1',
  customer_id: '900',
  customer_name: 'Acme',
  status: 'sent',
  date: '2026-10-01',
  due_date: '2026-10-31',
  total: 119,
  balance: '19.5',
  write_off_amount: 0,
  currency_code: 'EUR',
  exchange_rate: 1,
  zcrm_potential_id: '77',
  last_modified_time: '2026-10-02T08:02:15-0500',
};
const readInvoice = (change: object, by = reading()) =>
  invoice(InvoiceRow.parse({ ...invoiceWire, ...change }), by);

describe('an invoice', () => {
  it('keeps amounts as decimals, days as days and its deal', () => {
    expect(readInvoice({})).toEqual({
      id: '460000000026049',
      number: 'INV-1',
      customerId: '900',
      date: '2026-10-01',
      dueDate: '2026-10-31',
      status: 'sent',
      total: { currency: 'EUR', amount: '119' },
      balance: { currency: 'EUR', amount: '19.5' },
      writtenOff: { currency: 'EUR', amount: '0' },
      exchangeRate: '1',
      net: null,
      dealId: '77',
      version: '2026-10-02T08:02:15-0500',
    });
  });

  it.each([
    [{ due_date: '' }, { dueDate: null }],
    [{ zcrm_potential_id: '' }, { dealId: null }],
    [{ zcrm_potential_id: undefined }, { dealId: null }],
    [{ write_off_amount: '' }, { writtenOff: money('EUR', 0) }],
    [{ invoice_id: 460000000026049 }, { id: '460000000026049' }],
    [{ invoice_number: 1042 }, { number: '1042' }],
    [
      { currency_code: 'kwd', total: 1.234, exchange_rate: '3.0125' },
      { total: money('KWD', '1.234'), exchangeRate: '3.0125' },
    ],
  ])('with %j reads as %j', (change, expected) => {
    expect(readInvoice(change)).toMatchObject(expected);
  });

  it('without a time of change has no version, so nothing learnt of it is kept', () => {
    expect(readInvoice({ last_modified_time: '' })).not.toHaveProperty('version');
    expect(readInvoice({ last_modified_time: { odd: true } })).not.toHaveProperty('version');
  });

  it.each([
    { total: '' },
    { total: null },
    { total: '1,190.00' },
    { balance: undefined },
    { date: '' },
    { date: '2026-02-30' },
    { invoice_id: '../1' },
    { invoice_id: '' },
    { due_date: 'soon' },
    { currency_code: 'Euro' },
  ])('with %j is not guessed at', (change) => {
    expect(InvoiceRow.safeParse({ ...invoiceWire, ...change }).success).toBe(false);
  });
});

describe('statuses', () => {
  it.each(Object.entries(STATUSES).flatMap(([type, words]) => words.map((word) => [type, word] as const)))(
    'the %s status "%s" is known',
    (type, word) => {
      const by = reading();
      // safe because the pairs come from the table itself
      expect(statusOf(type as keyof typeof STATUSES, word, by.warn)).toBe(word);
      expect(by.warnings).toEqual([]);
    },
  );

  it('"Partially Paid" is the same as partially_paid', () => {
    expect(readInvoice({ status: 'Partially Paid' }).status).toBe('partially_paid');
  });

  it('a word Zoho added yesterday is kept and reported, and no more of it than a short plain word', () => {
    const by = reading();
    expect(readInvoice({ status: 'Factored <b>!' }, by).status).toBe('unknown:factored_b_');
    expect(by.warnings).toEqual(['invoice:unknown:factored_b_']);
  });
});

describe('the rate a document was booked at', () => {
  it.each([
    ['a document in base currency', { currency_code: 'EUR', exchange_rate: '' }, '1'],
    ['a rate on the row', { currency_code: 'USD', exchange_rate: 0.92 }, '0.92'],
    [
      'no rate, but both amounts',
      { currency_code: 'USD', exchange_rate: '', total: 200, bcy_total: 184 },
      '0.92',
    ],
  ])('%s', (_, change, rate) => {
    const by = reading({ currency: 'USD', exchangeRate: '0.9' });
    expect([readInvoice(change, by).exchangeRate, by.warnings]).toEqual([rate, []]);
  });

  it("the customer's present rate stands in where neither is told, and is reported", () => {
    const by = reading({ currency: 'USD', exchangeRate: '0.9' });
    const change = { currency_code: 'USD', exchange_rate: '' };
    expect(readInvoice(change, by).exchangeRate).toBe('0.9');
    expect(by.warnings).toEqual(['invoice:present_rate']);
    const ofNothing = reading({ currency: 'USD', exchangeRate: '0.9' });
    readInvoice({ ...change, total: 0, balance: 0 }, ofNothing);
    expect(ofNothing.warnings).toEqual([]);
  });

  it('a rate nobody tells is unknown, not one, and is reported', () => {
    const by = reading({ currency: 'USD' });
    expect(readInvoice({ currency_code: 'USD', exchange_rate: 0 }, by).exchangeRate).toBeNull();
    expect(by.warnings).toEqual(['invoice:no_exchange_rate']);
  });
});

describe('a payment', () => {
  const wire = {
    payment_id: '2859757000291745387',
    payment_number: 'P-7',
    customer_id: '900',
    customer_name: 'Acme',
    date: '2026-10-20',
    amount: 300,
    bcy_amount: 300,
    unused_amount: 0.06,
    bcy_refunded_amount: 0,
    payment_status: 'paid',
    invoice_numbers: 'INV-1, INV-2,INV-3',
    last_modified_time: '2026-10-20T11:18:55+0530',
  };
  const read = (change: object, by = reading()) => payment(PaymentRow.parse({ ...wire, ...change }), by);

  it("is in the customer's currency, because live rows name none", () => {
    expect(read({})).toEqual({
      id: '2859757000291745387',
      number: 'P-7',
      customerId: '900',
      date: '2026-10-20',
      amount: money('EUR', 300),
      unused: money('EUR', '0.06'),
      refunded: money('EUR', 0),
      voided: false,
      exchangeRate: '1',
      invoiceNumbers: ['INV-1', 'INV-2', 'INV-3'],
      applications: null,
      version: '2026-10-20T11:18:55+0530',
    });
  });

  it.each([
    ['all of it', 276, '300'],
    ['more than all of it, by a rounding', 276.01, '300'],
    ['a third', 92, '100'],
    ['nothing', '', '0'],
  ])('refunded in base currency: %s', (_, bcy_refunded_amount, refunded) => {
    const dollars = reading({ currency: 'USD' });
    const { amount, refunded: back, exchangeRate } = read({ bcy_amount: 276, bcy_refunded_amount }, dollars);
    expect({ amount, back: money(back.currency, back.amount), exchangeRate }).toEqual({
      amount: money('USD', 300),
      back: money('USD', refunded),
      exchangeRate: '0.92',
    });
  });

  it('a part refund of yen is whole yen', () => {
    const yen = reading({ currency: 'JPY' });
    expect(read({ amount: 10000, bcy_amount: 61.2, bcy_refunded_amount: 20.4 }, yen).refunded).toEqual({
      currency: 'JPY',
      amount: '3333',
    });
  });

  it('in some other currency than the customer says is counted by its base amounts', () => {
    expect(read({ amount: 300, bcy_amount: 276, unused_amount: 50, bcy_unused_amount: 46 })).toMatchObject({
      amount: money('EUR', 276),
      unused: money('EUR', 46),
      exchangeRate: '1',
    });
  });

  it.each([
    ['void', true, []],
    ['Failed', true, []],
    ['', false, []],
    ['partially_paid', false, []],
    ['in_transit', false, ['payment:unknown:in_transit']],
  ])('with status "%s": voided is %s', (payment_status, voided, warnings) => {
    const by = reading();
    expect([read({ payment_status }, by).voided, by.warnings]).toEqual([voided, warnings]);
  });

  it("an advance settles nothing yet, and the description's own field name works too", () => {
    expect(read({ invoice_numbers: '' }).invoiceNumbers).toEqual([]);
    expect(read({ invoice_numbers: undefined, invoice_number: 'INV-9' }).invoiceNumbers).toEqual(['INV-9']);
  });

  it('tells on its own page how it was split', () => {
    const page = PaymentDetail.parse({
      payment: {
        payment_id: '1',
        currency_code: 'KWD',
        invoices: [{ invoice_id: 5, amount_applied: '12.345' }],
      },
    });
    expect(applications(page)).toEqual([{ invoiceId: '5', amount: money('KWD', '12.345') }]);
  });
});

describe('credit notes, refunds and expenses', () => {
  it('what is left of a credit note is its balance', () => {
    const row = CreditNoteRow.parse({
      creditnote_id: '5',
      creditnote_number: 'CN-5',
      customer_id: '900',
      status: 'open',
      date: '2026-09-01',
      total: 50,
      balance: 20,
      currency_code: 'EUR',
    });
    expect(creditNote(row, reading())).toMatchObject({
      status: 'open',
      unused: money('EUR', 20),
      dealId: null,
    });
  });

  it.each([
    ['EUR', { amount_fcy: 10, amount_bcy: 10 }, '10'],
    ['EUR', { amount_bcy: 12 }, '12'],
    ['USD', { amount_fcy: 10, amount_bcy: 9.2 }, '10'],
  ])('a refund of a %s customer with %j is %s', (currency, amounts, amount) => {
    const row = RefundRow.parse({
      creditnote_refund_id: '8',
      creditnote_id: '5',
      customer_name: 'Acme',
      date: '2026-09-09',
      ...amounts,
    });
    expect(creditNoteRefund(row, reading({ currency })).amount).toEqual({ currency, amount });
  });

  it('a refund only known in base currency is not passed off as dollars', () => {
    const row = RefundRow.parse({
      creditnote_refund_id: '8',
      creditnote_id: '5',
      customer_name: 'Acme',
      date: '2026-09-09',
      amount_bcy: 9,
    });
    expect(() => creditNoteRefund(row, reading({ currency: 'USD' }))).toThrow(ZohoTrouble);
  });

  it('an expense tells its net amount in the list', () => {
    const row = ExpenseRow.parse({
      expense_id: '6',
      reference_number: '',
      customer_id: '900',
      status: 'non-billable',
      date: '2026-09-01',
      total: 119,
      total_without_tax: 100,
      currency_code: 'EUR',
    });
    expect(expense(row, reading())).toMatchObject({
      net: money('EUR', 100),
      status: 'non_billable',
      number: '',
    });
  });
});

describe('a customer', () => {
  const contact = {
    contact_id: '900',
    contact_name: 'Acme "Süd" GmbH',
    currency_code: 'USD',
    exchange_rate: '',
    outstanding_receivable_amount: 1200.5,
    outstanding_ob_receivable_amount: 200,
    unused_credits_receivable_amount: 0,
    unused_retainer_payments: 75,
    credit_limit: 5000,
    zcrm_account_id: '12',
    zcrm_contact_id: '',
  };
  const read = (change: object) =>
    customerDetail(ContactDetail.parse({ contact: { ...contact, ...change } }), 'EUR');

  it("brings Books' own totals and the CRM record it belongs to", () => {
    expect(read({})).toEqual({
      customer: {
        id: '900',
        name: 'Acme "Süd" GmbH',
        currency: 'USD',
        outstandingReceivable: money('USD', '1200.5'),
        outstandingOpeningBalance: money('USD', 200),
        unusedCredits: money('USD', 0),
        unusedRetainers: money('USD', 75),
        creditLimit: money('USD', 5000),
        exchangeRate: null,
      },
      crmAccountId: '12',
      crmContactId: null,
      facts: { name: 'Acme "Süd" GmbH' },
    });
  });

  it('brings what people recognise it by, as far as Books tells it', () => {
    const told = {
      company_name: 'Acme Süd',
      email: 'office@acme.example',
      website: 'www.acme.example',
      status: 'inactive',
      vat_reg_no: '',
      gst_no: '27AAPFU0939F1ZV',
      is_linked_with_zohocrm: true,
      contact_persons: [{ email: 'ada@acme.example' }, { email: '' }, { email: 7 }],
    };
    expect(read(told).facts).toEqual({
      name: 'Acme "Süd" GmbH',
      company: 'Acme Süd',
      email: 'office@acme.example',
      personsEmails: ['ada@acme.example', '7'],
      website: 'www.acme.example',
      taxNumber: '27AAPFU0939F1ZV',
      inactive: true,
      linked: true,
    });
    expect(read({ email: { nonsense: 1 }, status: 'active', contact_persons: 'none' }).facts).toEqual({
      name: 'Acme "Süd" GmbH',
      inactive: false,
    });
  });

  it('tells what Books carries empty from what it says nothing of', () => {
    const emptied = { company_name: '', email: null, contact_persons: [], vat_reg_no: '', tax_reg_no: '' };
    expect(read(emptied).facts).toEqual({
      name: 'Acme "Süd" GmbH',
      company: null,
      email: null,
      personsEmails: [],
    });
    // Which of the three an organisation uses is its country's business.
    expect(read({ ...emptied, gst_no: '' }).facts.taxNumber).toBeNull();
    expect(read({ ...emptied, gst_no: '27AAPFU0939F1ZV' }).facts.taxNumber).toBe('27AAPFU0939F1ZV');
  });

  it.each([
    [{ credit_limit: 0 }, { creditLimit: null }],
    [{ credit_limit: '' }, { creditLimit: null }],
    [{ credit_limit: undefined }, { creditLimit: null }],
    [{ unused_retainer_payments: undefined }, { unusedRetainers: null }],
    [{ outstanding_ob_receivable_amount: '' }, { outstandingOpeningBalance: null }],
    [{ exchange_rate: 0.92 }, { exchangeRate: '0.92' }],
    [{ currency_code: '' }, { currency: 'EUR' }],
  ])('with %j: %j', (change, expected) => {
    expect(read(change).customer).toMatchObject(expected);
  });

  it('a search row brings name and mail address', () => {
    const row = ContactRow.parse({
      contact_id: '900',
      contact_name: 'Acme',
      contact_type: 'customer',
      email: '',
    });
    expect(customerMatch(row)).toEqual({ id: '900', name: 'Acme', email: null });
  });
});

describe('net of tax', () => {
  it.each([
    ['the tax total', { total: 119, tax_total: 19 }, '100'],
    ['no tax', { total: 119, tax_total: 0 }, '119'],
    [
      'the single taxes',
      { total: 119, tax_total: '', taxes: [{ tax_amount: 9.5 }, { tax_amount: '9.50' }] },
      '100',
    ],
    ['an untaxed document', { total: 119, taxes: [] }, '119'],
  ])('from %s', (_, split, net) => {
    expect(netOf(TaxSplit.parse({ ...split, currency_code: 'EUR' }), 'EUR')).toEqual(money('EUR', net));
  });

  it('a page that tells no tax gives no net amount', () => {
    expect(() => netOf(TaxSplit.parse({ total: 119 }), 'EUR')).toThrow('no_tax_split');
  });
});

describe('organisations', () => {
  it('bring currency and zone; inactive ones are left out', () => {
    const answer = OrganizationsAnswer.parse({
      organizations: [
        {
          organization_id: '1',
          name: 'Zylker',
          currency_code: 'INR',
          time_zone: 'Asia/Calcutta',
          is_org_active: true,
        },
        { organization_id: 2, name: 'Old', currency_code: 'USD', time_zone: 'PST', is_org_active: false },
        { organization_id: '3', name: 'Odd', currency_code: 'USD', time_zone: 'Mars/Olympus' },
      ],
    });
    expect(organisations(answer)).toEqual([
      { id: '1', name: 'Zylker', currency: 'INR', timeZone: 'Asia/Calcutta' },
      { id: '3', name: 'Odd', currency: 'USD', timeZone: 'Mars/Olympus' },
    ]);
  });

  it('a day stays the day Books wrote', () => {
    expect(readInvoice({ date: '2026-10-25' }).date).toBe(calendarDay('2026-10-25'));
  });
});
