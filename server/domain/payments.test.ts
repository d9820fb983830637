import { describe, expect, it } from 'vitest';
import {
  aBook,
  aCreditNote,
  aCustomer,
  anInvoice,
  aPayment,
  documentId,
  TODAY,
  usd,
} from '../../tests/support/builders.ts';
import { addDays } from './calendar-day.ts';
import { isOverCreditLimit, netExposure, unusedRetainers, writtenOff } from './credits.ts';
import type { CustomerBook } from './documents.ts';
import { invoicedNet } from './invoiced.ts';
import { collected, lastPayment } from './payments.ts';

const headline = { currency: 'USD', baseCurrency: 'USD', rate: null };
const cash = (book: Partial<CustomerBook>) => collected([aBook(book)], headline);
const newest = (...payments: CustomerBook['payments']) => lastPayment([aBook({ payments })], TODAY);

describe('collected to date', () => {
  it('counts payments on invoices and advances alike, less refunds', () => {
    const payments = [
      aPayment({ amount: 100 }),
      aPayment({ amount: 40, unused: 40 }),
      aPayment({ amount: 60, refunded: 25 }),
    ];
    expect(cash({ payments })).toMatchObject({ money: { amount: '175.00' }, caveats: [] });
  });

  it('takes refunds of credit notes off', () => {
    const note = aCreditNote({ id: '7', total: 30, unused: 0, status: 'closed' });
    const refund = { id: documentId('9'), creditNoteId: note.id, date: TODAY, amount: usd(30) };
    expect(
      cash({ payments: [aPayment({ amount: 100 })], creditNotes: [note], creditNoteRefunds: [refund] }),
    ).toMatchObject({
      money: { amount: '70.00' },
    });
  });

  it('leaves out void payments, and their refunds', () => {
    expect(cash({ payments: [aPayment({ voided: true, refunded: 10 })] })).toMatchObject({
      money: { amount: '0.00' },
    });
  });

  it('a credit note applied to an invoice is not cash', () => {
    expect(cash({ creditNotes: [aCreditNote({ total: 100, unused: 0, status: 'closed' })] })).toMatchObject({
      money: { amount: '0.00' },
    });
  });

  it('says that refunds were not read only where there may be some', () => {
    const caveatsWith = (note: Parameters<typeof aCreditNote>[0]) =>
      cash({ creditNotes: [aCreditNote(note)], creditNoteRefunds: null });
    expect(caveatsWith({ total: 50, unused: 20 })).toMatchObject({ caveats: ['refunds_not_read'] });
    expect(caveatsWith({ total: 50, unused: 50 })).toMatchObject({ caveats: [] });
    expect(caveatsWith({ total: 50, unused: 20, status: 'void' })).toMatchObject({ caveats: [] });
  });
});

describe('the last payment', () => {
  it('is none when nobody ever paid', () => {
    expect(newest()).toEqual({ state: 'none' });
  });

  it('is the newest by date, with its age', () => {
    expect(
      newest(aPayment({ on: '2026-03-01', amount: 5 }), aPayment({ on: '2026-03-03', amount: 7 })),
    ).toEqual({
      state: 'known',
      date: '2026-03-03',
      ageDays: 12,
      amount: usd(7),
    });
  });

  it('is the one with the larger number on the same day, however long the numbers are', () => {
    const payments = [aPayment({ id: '999', amount: 1 }), aPayment({ id: '1000', amount: 2 })];
    expect(newest(...payments)).toMatchObject({ amount: usd(2) });
    expect(newest(...payments.reverse())).toMatchObject({ amount: usd(2) });
  });

  it('is not a void, an empty or a fully refunded one', () => {
    const kept = aPayment({ on: '2026-01-01', amount: 3 });
    const others = [
      aPayment({ voided: true }),
      aPayment({ amount: 0 }),
      aPayment({ amount: 50, refunded: 50 }),
    ];
    expect(newest(kept, ...others)).toMatchObject({ date: '2026-01-01' });
  });
});

describe('invoiced to date', () => {
  it('is without tax, less credit notes, when the split is known everywhere', () => {
    const book = aBook({
      invoices: [anInvoice({ total: 119, net: 100 })],
      creditNotes: [aCreditNote({ total: 23.8, net: 20 })],
    });
    expect(invoicedNet([book], headline)).toMatchObject({ money: { amount: '80.00' }, caveats: [] });
  });

  it('includes tax everywhere as soon as one split is missing, and says so', () => {
    const book = aBook({ invoices: [anInvoice({ total: 119, net: 100 }), anInvoice({ total: 119 })] });
    expect(invoicedNet([book], headline)).toMatchObject({
      money: { amount: '238.00' },
      caveats: ['tax_included'],
    });
  });

  it('a draft without a split does not spoil it', () => {
    const book = aBook({ invoices: [anInvoice({ total: 119, net: 100 }), anInvoice({ status: 'draft' })] });
    expect(invoicedNet([book], headline)).toMatchObject({ money: { amount: '100.00' }, caveats: [] });
  });

  it('keeps write-offs in, and lists them beside it', () => {
    const book = aBook({ invoices: [anInvoice({ total: 100, net: 100, balance: 0, writtenOff: 40 })] });
    expect(invoicedNet([book], headline)).toMatchObject({ money: { amount: '100.00' } });
    expect(writtenOff([book], headline)).toMatchObject({ money: { amount: '40.00' } });
  });
});

describe('net exposure', () => {
  const customer = aCustomer({ unusedCredits: 30, unusedRetainers: 20, openingBalance: 10, creditLimit: 65 });
  const book = aBook({ customer, invoices: [anInvoice({ total: 100, due: addDays(TODAY, 5) })] });

  it('is open less unused credits and retainers', () => {
    expect(netExposure([book], headline)).toMatchObject({ money: { amount: '60.00' } });
  });

  it('is what the credit limit is held against, not open', () => {
    expect(isOverCreditLimit([book], 'USD')).toBe(false);
    expect(isOverCreditLimit([{ ...book, customer: { ...customer, creditLimit: usd(59.99) } }], 'USD')).toBe(
      true,
    );
    expect(isOverCreditLimit([{ ...book, customer: { ...customer, creditLimit: usd(0) } }], 'USD')).toBe(
      false,
    );
  });

  it('is unknown where retainers are; the credit limit is then held against open less credits', () => {
    const untold = (creditLimit: number) =>
      aBook({
        ...book,
        customer: aCustomer({ unusedCredits: 30, unusedRetainers: null, openingBalance: 10, creditLimit }),
      });
    expect(netExposure([book, untold(65)], headline)).toEqual({ known: false, reason: 'not_told' });
    expect(isOverCreditLimit([untold(79.99)], 'USD')).toBe(true);
    expect(isOverCreditLimit([untold(80)], 'USD')).toBe(false);
  });

  it('retainers are unknown, not zero, where the edition does not tell', () => {
    expect(unusedRetainers([aBook({ customer: aCustomer({ unusedRetainers: null }) })], headline)).toEqual({
      known: false,
      reason: 'not_told',
    });
  });
});
