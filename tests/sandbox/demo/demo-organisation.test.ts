import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { Wire } from '../organisation.ts';
import { createZoho } from '../zoho.ts';
import { audit, rows, total } from './audit.ts';
import { DEMO_TIME_ZONE, demoOrganisation } from './demo-organisation.ts';
import { dayIn } from './plain-day.ts';
import { SHOWCASE } from './showcase.ts';

const TODAY = '2026-11-21';
const demo = demoOrganisation({ today: TODAY });
const { crm, books } = demo;

const idsOf = (list: readonly Wire[], field: string): string[] => list.map((row) => String(row[field]));
const idOf = (value: unknown): string => String((value as Wire).id); // safe because CRM nests references as objects

describe('the demo organisation', () => {
  it('is the same for the same seed and day, and another for another seed', () => {
    expect(demoOrganisation({ today: TODAY })).toEqual(demo);
    expect(demoOrganisation({ today: TODAY, seed: 2 })).not.toEqual(demo);
  });

  it('is made for the current day of the organisation unless told otherwise', () => {
    const made = demoOrganisation();
    expect(made.org.today).toBeUndefined();
    const last = made.books.invoices
      .map(({ date }) => String(date))
      .sort()
      .at(-1);
    expect(last).toBe(dayIn(DEMO_TIME_ZONE, new Date()));
  });

  it('has the size of a going concern', () => {
    const { contacts: _, organizations: __, items: ___, users: ____, ...documents } = books;
    expect(crm.Accounts.length).toBeGreaterThanOrEqual(64);
    expect(crm.Deals.length).toBeGreaterThanOrEqual(260);
    expect(Object.values(documents).flat().length).toBeGreaterThanOrEqual(1500);
    expect(new Set(crm.Deals.map(({ Stage }) => Stage)).size).toBe(6);
    expect(new Set(books.invoices.map(({ currency_code }) => currency_code))).toEqual(
      new Set(['USD', 'EUR', 'JPY', 'KWD']),
    );
  });

  it('seats some of its people in Books: by role, one by a made role, one for own customers only, one no longer', () => {
    const seats = books.users.map(({ user_role, status, is_customer_segmented }) => [
      user_role,
      status,
      is_customer_segmented,
    ]);
    expect(seats).toEqual([
      ['admin', 'active', false],
      ['staff', 'active', false],
      ['Receivables clerk', 'active', false],
      ['staff', 'active', true],
      ['timesheetstaff', 'active', false],
      ['staff', 'inactive', false],
    ]);
    const emails = crm.users.map(({ email }) => email);
    for (const { email } of books.users) expect(emails).toContain(email);
  });

  it('has eight users, each in a role of one tree, one of them no longer active', () => {
    expect(crm.users).toHaveLength(8);
    expect(crm.users.filter(({ status }) => status !== 'active')).toHaveLength(1);
    expect(new Set(crm.users.map(({ role }) => idOf(role))).size).toBe(8);
    expect(crm.roles.filter(({ reporting_to }) => reporting_to === null)).toHaveLength(1);
    for (const { reporting_to } of crm.roles) {
      if (reporting_to !== null) expect(idsOf(crm.roles, 'id')).toContain(idOf(reporting_to));
    }
    const named = (id: string | undefined) => crm.users.find((user) => user.id === id);
    expect(named(demo.org.demo?.administratorId)).toMatchObject({ profile: { name: 'Administrator' } });
    expect(named(demo.org.demo?.repId)).toMatchObject({
      profile: { name: 'Standard' },
      role: { name: 'Sales Representative' },
    });
  });
});

describe('documents nobody put on their deal in Books', () => {
  const made = [demo, demoOrganisation({ today: TODAY, seed: 7 })];
  const LISTS = [
    ['invoices', 'invoice_id', 30],
    ['estimates', 'estimate_id', 10],
    ['salesorders', 'salesorder_id', 5],
    ['expenses', 'expense_id', 10],
  ] as const;

  it.each(made)(
    'are many, of all four kinds, each with the deal it belongs to known apart',
    (organisation) => {
      const { dealOfDocument } = organisation.truth ?? { dealOfDocument: {} };
      expect(Object.keys(dealOfDocument).length).toBeGreaterThanOrEqual(60);
      const accountOf = new Map(
        organisation.books.contacts.map((one) => [one.contact_id, one.zcrm_account_id]),
      );
      const dealOf = new Map(organisation.crm.Deals.map((deal) => [deal.id, deal]));
      let found = 0;
      for (const [list, idKey, atLeast] of LISTS) {
        const forgotten = organisation.books[list].filter((one) => dealOfDocument[String(one[idKey])]);
        expect(forgotten.length).toBeGreaterThanOrEqual(atLeast);
        found += forgotten.length;
        for (const document of forgotten) {
          expect(document).toMatchObject({ zcrm_potential_id: '', zcrm_potential_name: '' });
          const deal = dealOf.get(dealOfDocument[String(document[idKey])]);
          expect(idOf(deal?.Account_Name)).toBe(accountOf.get(document.customer_id));
        }
      }
      expect(found).toBe(Object.keys(dealOfDocument).length);
    },
  );

  it.each(made)(
    'leave a choice: most of their accounts have several open deals or several at all',
    (organisation) => {
      const deals = organisation.crm.Deals;
      const rivals = Object.values(organisation.truth?.dealOfDocument ?? {}).map((id) => {
        const account = idOf(deals.find((deal) => deal.id === id)?.Account_Name);
        const own = deals.filter(
          ({ Account_Name }) => Account_Name !== null && idOf(Account_Name) === account,
        );
        return {
          all: own.length,
          open: own.filter(({ Stage }) => !String(Stage).startsWith('Closed')).length,
        };
      });
      expect(Math.min(...rivals.map(({ all }) => all))).toBeGreaterThanOrEqual(2);
      expect(rivals.filter(({ open }) => open >= 2).length / rivals.length).toBeGreaterThan(0.5);
    },
  );

  it('say what it is for in words, in an order number, or not at all; so do those that are on their deal', () => {
    const forgotten = demo.truth?.dealOfDocument ?? {};
    const papers = [...books.invoices, ...books.estimates, ...books.salesorders];
    const said = (on: boolean, words: RegExp) =>
      papers.filter((one) => {
        const id = String(one.invoice_id ?? one.estimate_id ?? one.salesorder_id);
        const belongs = on ? one.zcrm_potential_id !== '' : forgotten[id] !== undefined;
        return belongs && words.test(String(one.reference_number));
      }).length;
    for (const on of [true, false])
      for (const words of [/^(PO \d+ )?[a-z]/, /^PO \d+$/, /^$/]) expect(said(on, words)).toBeGreaterThan(10);
    expect(
      crm.Deals.filter(({ Deal_Name }) => /\(QT-\d{6}\)$/.test(String(Deal_Name))).length,
    ).toBeGreaterThan(2);
  });

  it('are told by no call: the local Zoho does not know', () => {
    expect(createZoho({ organisation: demo }).organisation).not.toHaveProperty('truth');
  });
});

describe('the demo books', () => {
  it.each([
    [20_260, TODAY],
    [1, '2028-02-29'],
    [2, '2027-03-14'],
    [3, '2026-01-01'],
  ])('tie for every customer but one, with seed %i on %s', (seed, today) => {
    const findings = audit(demoOrganisation({ seed, today }));
    const off = findings.filter(({ outstandingOff }) => outstandingOff !== '0');
    expect(off).toMatchObject([{ name: SHOWCASE.accounts.doesNotReconcile.name, outstandingOff: '125' }]);
    expect(findings.filter(({ settlementOff }) => settlementOff !== '0')).toEqual([]);
    expect(
      findings.filter(({ creditsOff, retainersOff }) => creditsOff !== '0' || retainersOff !== '0'),
    ).toEqual([]);
  });

  it('add up line by line, in the places of their currency', () => {
    const places: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
    for (const paper of [...books.invoices, ...books.creditnotes, ...books.estimates, ...books.salesorders]) {
      expect(total(rows(paper.line_items), 'item_total').toFixed()).toBe(
        new Big(Number(paper.sub_total)).toFixed(),
      );
      expect(
        total([paper], 'sub_total')
          .plus(total([paper], 'tax_total'))
          .toFixed(),
      ).toBe(total([paper], 'total').toFixed());
      const precision = places[String(paper.currency_code)] ?? -1;
      expect(paper.price_precision).toBe(precision);
      expect(
        total([paper], 'total')
          .round(precision)
          .eq(total([paper], 'total')),
      ).toBe(true);
    }
  });

  it('leave nothing of an invoice, a payment or a credit note unexplained', () => {
    const applied = new Map<string, Big>();
    for (const payment of books.customerpayments) {
      for (const part of rows(payment.invoices)) {
        const id = String(part.invoice_id);
        applied.set(id, (applied.get(id) ?? new Big(0)).plus(Number(part.amount_applied)));
      }
    }
    for (const invoice of books.invoices.filter(({ status }) => status !== 'void')) {
      const settled = ['payment_made', 'credits_applied', 'write_off_amount', 'balance'].map((field) =>
        total([invoice], field),
      );
      expect(settled.reduce((sum, part) => sum.plus(part)).toFixed()).toBe(
        total([invoice], 'total').toFixed(),
      );
      expect((applied.get(String(invoice.invoice_id)) ?? new Big(0)).toFixed()).toBe(
        total([invoice], 'payment_made').toFixed(),
      );
    }
    for (const note of books.creditnotes.filter(({ status }) => status !== 'void')) {
      const used = total(rows(note.invoices), 'amount').plus(
        total(rows(note.creditnote_refunds), 'amount_fcy'),
      );
      expect(used.plus(Number(note.balance)).toFixed()).toBe(total([note], 'total').toFixed());
    }
  });

  it('have part payments, joint payments, advances, refunds, write-offs, voids, drafts and credit notes of each kind', () => {
    const some = (list: readonly Wire[], holds: (row: Wire) => boolean) =>
      expect(list.some(holds)).toBe(true);
    some(books.invoices, ({ status }) => status === 'partially_paid');
    some(books.invoices, ({ status }) => status === 'void');
    some(books.invoices, ({ status }) => status === 'draft');
    some(books.invoices, ({ write_off_amount }) => Number(write_off_amount) > 0);
    some(books.customerpayments, ({ invoices }) => rows(invoices).length > 1);
    some(books.customerpayments, ({ unused_amount }) => Number(unused_amount) > 0);
    some(books.customerpayments, ({ amount_refunded }) => Number(amount_refunded) > 0);
    for (const status of ['open', 'closed', 'draft', 'void'])
      some(books.creditnotes, (note) => note.status === status);
    some(books.creditnotes, (note) => rows(note.creditnote_refunds).length > 0);
    some(books.contacts, (contact) => Number(contact.unused_retainer_payments) > 0);
    some(books.contacts, (contact) => Number(contact.outstanding_ob_receivable_amount) > 0);
  });
});
