import { describe, expect, it } from 'vitest';
import {
  aBook,
  aCreditNote,
  aCustomer,
  aDeal,
  anEstimate,
  anInvoice,
  aPayment,
  aSalesOrder,
} from '../../tests/support/builders.ts';
import { dealLadder } from './deal-ladder.ts';
import type { CustomerBook } from './documents.ts';

const USD = { baseCurrency: 'USD' };
const ladder = (book: Partial<CustomerBook>, deal = aDeal()) => dealLadder(deal, [aBook(book)], USD);
const exactly = (amount: string, currency = 'USD') => ({
  known: true,
  money: { currency, amount },
  caveats: [],
});

describe('the deal ladder', () => {
  it('goes from deal amount to what is left to invoice, without tax', () => {
    const invoices = [anInvoice({ number: 'A', total: 476, net: 400, balance: 238, deal: 'D1' })];
    const answer = ladder({
      estimates: [anEstimate({ total: 1071, net: 900, deal: 'D1' })],
      invoices,
      payments: [aPayment({ amount: 238, of: ['A'] })],
    });
    expect(answer).toMatchObject({
      stage: 'Negotiation',
      basis: 'net_of_tax',
      dealAmount: exactly('1000.00'),
      quoted: exactly('900.00'),
      invoiced: exactly('400.00'),
      collected: exactly('200.00'),
      leftToInvoice: exactly('600.00'),
      overInvoiced: false,
    });
  });

  it('tax stays in all of it while one split is missing', () => {
    const answer = ladder({
      estimates: [anEstimate({ total: 1071, net: 900, deal: 'D1' })],
      invoices: [anInvoice({ total: 476, deal: 'D1' })],
    });
    expect(answer).toMatchObject({
      basis: 'tax_included',
      quoted: { money: { amount: '1071.00' }, caveats: ['tax_included'] },
      invoiced: { money: { amount: '476.00' }, caveats: ['tax_included'] },
    });
  });

  it('counts only documents of this deal, and only those that count', () => {
    const answer = ladder({
      invoices: [
        anInvoice({ total: 10, net: 10, deal: 'D1' }),
        anInvoice({ total: 10, net: 10, deal: 'D2' }),
        anInvoice({ total: 10, net: 10 }),
        anInvoice({ total: 10, deal: 'D1', status: 'draft' }),
        anInvoice({ total: 10, deal: 'D1', status: 'void' }),
      ],
      estimates: ['draft', 'declined', 'expired', 'accepted'].map((status) =>
        anEstimate({ total: 7, net: 7, deal: 'D1', status }),
      ),
    });
    expect(answer).toMatchObject({ invoiced: exactly('10.00'), quoted: exactly('7.00') });
  });

  it('an order made from an estimate is the same money: it is never added to it', () => {
    const salesOrders = [aSalesOrder({ total: 900, net: 900, deal: 'D1' })];
    const estimates = [anEstimate({ total: 900, net: 900, deal: 'D1', status: 'accepted' })];
    expect(ladder({ estimates, salesOrders }).quoted).toMatchObject(exactly('900.00'));
    expect(ladder({ salesOrders }).quoted).toMatchObject(exactly('900.00'));
  });

  it('an order called off or never confirmed offers nothing', () => {
    const salesOrders = ['cancelled', 'void', 'draft', 'unknown:foo', 'fulfilled'].map((status) =>
      aSalesOrder({ total: 5, net: 5, deal: 'D1', status }),
    );
    expect(ladder({ salesOrders }).quoted).toMatchObject(exactly('5.00'));
  });

  it('quoted is unknown, not zero, until the lists that decide it were read', () => {
    const stillReading = { known: false, reason: 'still_reading' };
    expect(ladder({ estimates: null }).quoted).toEqual(stillReading);
    expect(ladder({ salesOrders: null }).quoted).toEqual(stillReading);
    expect(ladder({ salesOrders: null, estimates: [anEstimate({ deal: 'D1' })] }).quoted).toMatchObject({
      known: true,
    });
  });

  it('quoted does not claim to be still reading what cannot be read', () => {
    const refused = dealLadder(aDeal(), [aBook({ estimates: null })], {
      ...USD,
      quotesUnknown: 'books_unreachable',
    });
    expect(refused).toMatchObject({
      quoted: { known: false, reason: 'books_unreachable' },
      invoiced: { known: true },
    });
  });

  it('more invoiced than the deal is worth shows as a negative rest', () => {
    const answer = ladder({ invoices: [anInvoice({ total: 1200, net: 1200, deal: 'D1' })] });
    expect(answer).toMatchObject({ leftToInvoice: exactly('-200.00'), overInvoiced: true });
  });

  it('says that used credit notes are not taken off, because Books holds no deal on them', () => {
    const caveatsWith = (...creditNotes: CustomerBook['creditNotes']) => {
      const invoices = [anInvoice({ total: 400, net: 400, deal: 'D1' })];
      const { invoiced, leftToInvoice } = ladder({ invoices, creditNotes });
      expect(invoiced).toMatchObject({ money: { amount: '400.00' } });
      return [invoiced, leftToInvoice].map((amount) => amount.known && amount.caveats);
    };
    const used = aCreditNote({ total: 100, unused: 40 });
    expect(caveatsWith(used)).toEqual([['credit_notes_not_deducted'], ['credit_notes_not_deducted']]);
    expect(caveatsWith(aCreditNote({ total: 100, unused: 100 }))).toEqual([[], []]);
    expect(caveatsWith(aCreditNote({ total: 100, unused: 40, status: 'void' }))).toEqual([[], []]);
    expect(ladder({ creditNotes: [used] }).invoiced).toMatchObject(exactly('0.00'));
  });

  it('a deal without an amount has no rest, but everything else', () => {
    const answer = ladder(
      { invoices: [anInvoice({ total: 12, net: 12, deal: 'D1' })] },
      aDeal({ amount: null }),
    );
    const unknown = { known: false, reason: 'no_deal_amount' };
    expect(answer).toMatchObject({
      dealAmount: unknown,
      leftToInvoice: unknown,
      overInvoiced: null,
      invoiced: exactly('12.00'),
    });
  });

  it("an invoice in another currency comes in through the base currency at its booked rate and the customer's", () => {
    const dollars = [anInvoice({ total: 110, net: 110, deal: 'D1' })];
    const deal = aDeal({ amount: 1000, currency: 'EUR' });
    const euros = aCustomer({ currency: 'EUR', rate: '1.1' });
    expect(ladder({ customer: euros, invoices: dollars }, deal)).toMatchObject({
      invoiced: { money: { currency: 'EUR', amount: '100.00' }, caveats: ['converted_at_booked_rates'] },
      leftToInvoice: { money: { currency: 'EUR', amount: '900.00' } },
    });
    expect(ladder({ invoices: dollars }, deal)).toMatchObject({
      invoiced: { known: false, reason: 'mixed_currencies' },
      leftToInvoice: { known: false, reason: 'mixed_currencies' },
      overInvoiced: null,
    });
  });

  it('credits that settled an invoice are not collected', () => {
    const invoices = [anInvoice({ number: 'A', total: 100, net: 100, balance: 0, deal: 'D1' })];
    expect(ladder({ invoices, payments: [aPayment({ amount: 70, of: ['A'] })] }).collected).toMatchObject(
      exactly('70.00'),
    );
  });

  it('while a payment over several invoices is not split, the invoice says what was settled', () => {
    const invoices = [
      anInvoice({ number: 'A', total: 100, net: 100, balance: 40, deal: 'D1' }),
      anInvoice({ number: 'B', total: 100, balance: 0 }),
    ];
    const payments = [aPayment({ amount: 150, of: ['A', 'B'] }), aPayment({ amount: 10, of: ['B'] })];
    expect(ladder({ invoices, payments }).collected).toMatchObject({
      money: { amount: '60.00' },
      caveats: ['from_invoices'],
    });
  });

  it('never collects more on an invoice than it lost, though several payments name it', () => {
    const invoices = [anInvoice({ number: 'A', total: 2000, net: 2000, balance: 0, deal: 'D1' })];
    const payments = [aPayment({ amount: 1000, of: ['A'] }), aPayment({ amount: 1600, of: ['A'] })];
    expect(ladder({ invoices, payments }).collected).toMatchObject({
      money: { amount: '2000.00' },
      caveats: ['from_invoices'],
    });
  });

  it('gives the reason everywhere when no documents are known at all', () => {
    expect(dealLadder(aDeal(), 'books_unreachable', USD)).toMatchObject({
      dealAmount: exactly('1000.00'),
      quoted: { known: false, reason: 'books_unreachable' },
      leftToInvoice: { known: false, reason: 'books_unreachable' },
    });
  });
});
