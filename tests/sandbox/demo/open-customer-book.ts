import {
  balanceOf,
  type CreditNoteFacts,
  type CustomerFacts,
  type EstimateFacts,
  type InvoiceFacts,
  isOwed,
  type LineFacts,
  leftOfCreditNote,
  leftOfPayment,
  type OrderFacts,
  type PaymentFacts,
  sumOf,
} from './book-facts.ts';
import type { Minor } from './currencies.ts';
import type { CustomerBook, LineWish } from './customer-book.ts';
import type { BooksIds } from './ids.ts';
import { type Day, daysAfter, later } from './plain-day.ts';
import { priceIn } from './price-list.ts';

const PAYMENT_MODES = ['banktransfer', 'banktransfer', 'check', 'creditcard'] as const;

export function createCustomerBook(customer: CustomerFacts, ids: BooksIds, today: Day): CustomerBook {
  const written = (wishes: readonly LineWish[]): LineFacts[] =>
    wishes.map((wish) => lineOf(customer, wish, ids));
  const paper = (date: Day, wishes: readonly LineWish[]) => {
    if (date > today) throw new Error(`${customer.name}: a document dated ${date} is in the future`);
    const lines = written(wishes);
    const net = sumOf(lines.map((line) => line.net));
    const tax = Math.round((net * customer.taxMilliPercent) / 100_000);
    return { number: '', date, lines, net, tax, total: net + tax, touched: date };
  };
  const settle = (invoice: InvoiceFacts, amount: Minor, date: Day): void => {
    if (!isOwed(invoice) || amount <= 0 || amount > balanceOf(invoice)) {
      throw new Error(
        `${customer.name}: ${amount} cannot settle an invoice of ${invoice.total} with ${balanceOf(invoice)} open`,
      );
    }
    invoice.touched = later(invoice.touched, date);
  };
  const takePart = (payment: PaymentFacts, invoice: InvoiceFacts, amount: Minor, date: Day): void => {
    settle(invoice, amount, date);
    payment.parts.push({ id: ids.next('paymentPart'), invoice, amount });
    payment.touched = later(payment.touched, date);
    invoice.paid += amount;
    invoice.lastPaid = later(invoice.lastPaid ?? date, date);
  };
  const within = (amount: Minor, left: Minor): Minor => {
    if (amount <= 0 || amount > left) throw new Error(`${customer.name}: ${amount} of ${left} left`);
    return amount;
  };

  const book: CustomerBook = {
    customer,
    today,
    invoices: [],
    payments: [],
    creditNotes: [],
    estimates: [],
    orders: [],
    expenses: [],
    opening: { amount: 0, left: 0 },
    unexplained: 0,

    invoice({
      number = '',
      date,
      due = daysAfter(date, customer.termsDays),
      lines,
      deal = null,
      order = null,
      state = 'sent',
    }) {
      const invoice: InvoiceFacts = {
        id: ids.next('invoice'),
        ...paper(date, lines),
        number,
        due,
        deal,
        order,
        paid: 0,
        credited: 0,
        writtenOff: 0,
        state,
        lastPaid: null,
      };
      book.invoices.push(invoice);
      return invoice;
    },
    pay({ date, parts = [], advance = 0, towardsOpening = 0, retainer = false }) {
      if (date > today) throw new Error(`${customer.name}: a payment on ${date} is in the future`);
      if (towardsOpening > book.opening.left)
        throw new Error(`${customer.name}: more than the opening balance`);
      const shares = parts.map(({ invoice, amount }) => ({ invoice, amount: amount ?? balanceOf(invoice) }));
      const id = ids.next('payment');
      const payment: PaymentFacts = {
        id,
        number: '',
        date,
        amount: sumOf(shares.map(({ amount }) => amount)) + advance + towardsOpening,
        mode: PAYMENT_MODES[Number(id.slice(-4)) % PAYMENT_MODES.length] ?? 'cash',
        parts: [],
        towardsOpening,
        refunds: [],
        retainerId: retainer ? ids.next('retainer') : null,
        touched: date,
      };
      book.opening.left -= towardsOpening;
      for (const { invoice, amount } of shares) takePart(payment, invoice, amount, date);
      book.payments.push(payment);
      return payment;
    },
    applyLeft(payment, invoice, amount, date) {
      takePart(payment, invoice, within(amount, leftOfPayment(payment)), date);
    },
    refundPayment(payment, amount, date) {
      payment.refunds.push({
        id: ids.next('paymentRefund'),
        date,
        amount: within(amount, leftOfPayment(payment)),
      });
      payment.touched = later(payment.touched, date);
    },
    creditNote({ date, lines, state = 'live' }) {
      const note: CreditNoteFacts = {
        id: ids.next('creditNote'),
        ...paper(date, lines),
        parts: [],
        refunds: [],
        state,
      };
      book.creditNotes.push(note);
      return note;
    },
    applyCredit(note, invoice, amount, date) {
      within(amount, leftOfCreditNote(note));
      settle(invoice, amount, date);
      note.parts.push({ id: ids.next('creditPart'), invoice, amount, date });
      note.touched = later(note.touched, date);
      invoice.credited += amount;
    },
    refundCredit(note, amount, date) {
      note.refunds.push({
        id: ids.next('creditRefund'),
        date,
        amount: within(amount, leftOfCreditNote(note)),
      });
      note.touched = later(note.touched, date);
    },
    writeOff(invoice, date) {
      const amount = balanceOf(invoice);
      settle(invoice, amount, date);
      invoice.writtenOff += amount;
    },
    estimate({ date, lines, deal, status }) {
      const estimate: EstimateFacts = {
        id: ids.next('estimate'),
        ...paper(date, lines),
        expiry: daysAfter(date, 30),
        deal,
        status,
      };
      book.estimates.push(estimate);
      return estimate;
    },
    order({ date, lines, deal, estimate }) {
      const order: OrderFacts = {
        id: ids.next('salesOrder'),
        ...paper(date, lines),
        shipment: daysAfter(date, 10),
        deal,
        estimate,
        status: 'open',
      };
      book.orders.push(order);
      return order;
    },
    expense(wish) {
      const expense = { id: ids.next('expense'), ...wish };
      book.expenses.push(expense);
      return expense;
    },
  };
  return book;
}

function lineOf(
  { currency }: CustomerFacts,
  { item, quantity, discount = 0, rate = priceIn(currency.code, item) }: LineWish,
  ids: BooksIds,
): LineFacts {
  const net = (rate * quantity * (100 - discount)) / 100;
  if (!Number.isSafeInteger(net))
    throw new Error(`${quantity} × ${item.name} less ${discount} % is not a whole amount`);
  return { id: ids.next('line'), item, quantity, rate, discount, net };
}
