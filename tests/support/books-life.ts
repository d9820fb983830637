import type { Wire } from '../sandbox/organisation.ts';
import {
  aBooksCustomer,
  aCreditNote,
  anEstimate,
  anInvoice,
  aPayment,
} from '../sandbox/small-organisation-documents.ts';
import type { Zoho } from '../sandbox/zoho.ts';
import { momentIn } from '../sandbox/zoho-clock.ts';
import { amount, children, text } from '../sandbox/zoho-wire.ts';

const OWED = ['sent', 'viewed', 'unpaid', 'overdue', 'partially_paid', 'paid'];

/** What people do in Books all day, with everything that follows from it: balances, credits, stamps. */
export function createBooksLife({ organisation: { books }, clock }: Pick<Zoho, 'organisation' | 'clock'>) {
  const zone = text(books.organizations[0], 'time_zone') || 'UTC';
  let made = 0;
  const id = (): string => {
    made += 1;
    return `4600009000${String(made).padStart(8, '0')}`;
  };
  const stamp = (): string => momentIn(zone, clock.now());
  const today = (): string => clock.today(zone);
  const touched = (document: Wire, changes: Wire = {}): void => {
    const before = Date.parse(text(document, 'last_modified_time')) || 0;
    const at = new Date(Math.max(clock.now().getTime(), before + 1_000));
    Object.assign(document, changes, { last_modified_time: momentIn(zone, at) });
  };
  const born = (): Wire => ({ created_time: stamp(), last_modified_time: stamp() });
  const customer = (customerId: string): Wire => {
    const found = books.contacts.find((one) => text(one, 'contact_id') === customerId);
    if (!found) throw new Error(`No customer ${customerId}`);
    return found;
  };
  const of = (list: readonly Wire[], customerId: string): Wire[] =>
    list.filter((one) => text(one, 'customer_id') === customerId);
  const cents = (value: number): number => Math.round(value * 100) / 100;

  /** Books' own sums; the contact's stamp stays, for nobody says that it moves. */
  function settle(customerId: string): void {
    const contact = customer(customerId);
    const owed = of(books.invoices, customerId)
      .filter((one) => OWED.includes(text(one, 'status')))
      .reduce(
        (sum, one) => sum + amount(one, 'balance'),
        amount(contact, 'outstanding_ob_receivable_amount'),
      );
    const unused =
      of(books.creditnotes, customerId)
        .filter((one) => ['open', 'closed'].includes(text(one, 'status')))
        .reduce((sum, one) => sum + amount(one, 'balance'), 0) +
      of(books.customerpayments, customerId).reduce((sum, one) => sum + amount(one, 'unused_amount'), 0);
    contact.outstanding_receivable_amount = cents(owed);
    contact.unused_credits_receivable_amount = cents(unused);
  }

  const remove = (list: Wire[], one: Wire): void => void list.splice(list.indexOf(one), 1);

  return {
    settle,
    invoice(customerId: string, net: number): Wire {
      const number = `INV-L${made}`;
      const one = anInvoice(
        customer(customerId),
        { id: id(), number, date: today(), net, tax: cents(net * 0.08) },
        born(),
      );
      books.invoices.push(one);
      settle(customerId);
      return one;
    },
    estimate(customerId: string, net: number): Wire {
      const one = anEstimate(
        customer(customerId),
        { id: id(), number: `EST-L${made}`, date: today(), net },
        born(),
      );
      books.estimates.push(one);
      return one;
    },
    /** Pays what is open on the invoice, or a part of it; what is too much stays as an advance. */
    pay(invoice: Wire, sum: number, date = today()): Wire {
      const customerId = text(invoice, 'customer_id');
      const applied = Math.min(sum, amount(invoice, 'balance'));
      const payment = aPayment(
        customer(customerId),
        { id: id(), number: `${made}`, date, amount: sum },
        {
          unused_amount: cents(sum - applied),
          invoices:
            applied === 0
              ? []
              : [
                  {
                    invoice_id: invoice.invoice_id,
                    invoice_number: invoice.invoice_number,
                    amount_applied: applied,
                  },
                ],
          ...born(),
        },
      );
      books.customerpayments.push(payment);
      if (applied > 0) {
        const balance = cents(amount(invoice, 'balance') - applied);
        touched(invoice, {
          balance,
          status: balance === 0 ? 'paid' : 'partially_paid',
          last_payment_date: date,
        });
      }
      settle(customerId);
      return payment;
    },
    deletePayment(payment: Wire): void {
      for (const part of children(payment, 'invoices')) {
        const invoice = books.invoices.find(({ invoice_id }) => invoice_id === part.invoice_id);
        if (invoice)
          touched(invoice, {
            balance: cents(amount(invoice, 'balance') + amount(part, 'amount_applied')),
            status: 'sent',
          });
      }
      remove(books.customerpayments, payment);
      settle(text(payment, 'customer_id'));
    },
    creditNote(customerId: string, net: number): Wire {
      const one = aCreditNote(
        customer(customerId),
        { id: id(), number: `CN-L${made}`, date: today(), net },
        born(),
      );
      books.creditnotes.push(one);
      settle(customerId);
      return one;
    },
    refund(note: Wire): void {
      const sum = amount(note, 'balance');
      const refund = { creditnote_refund_id: id(), date: today(), amount_fcy: sum, amount_bcy: sum };
      touched(note, {
        balance: 0,
        status: 'closed',
        creditnote_refunds: [...children(note, 'creditnote_refunds'), refund],
      });
      settle(text(note, 'customer_id'));
    },
    edit(invoice: Wire, by: number): void {
      const total = cents(amount(invoice, 'total') + by);
      touched(invoice, {
        total,
        balance: cents(amount(invoice, 'balance') + by),
        sub_total: cents(amount(invoice, 'sub_total') + by),
      });
      settle(text(invoice, 'customer_id'));
    },
    void(invoice: Wire): void {
      touched(invoice, { status: 'void', balance: 0 });
      settle(text(invoice, 'customer_id'));
    },
    delete(invoice: Wire): void {
      remove(books.invoices, invoice);
      settle(text(invoice, 'customer_id'));
    },
    move(invoice: Wire, customerId: string): void {
      const before = text(invoice, 'customer_id');
      touched(invoice, { customer_id: customerId, customer_name: customer(customerId).contact_name });
      settle(before);
      settle(customerId);
    },
    rename(customerId: string, name: string): void {
      touched(customer(customerId), { contact_name: name });
      for (const list of [books.invoices, books.creditnotes, books.customerpayments, books.estimates])
        for (const document of of(list, customerId)) document.customer_name = name;
    },
    newCustomer(name: string, accountId: string): string {
      const customerId = id();
      books.contacts.push(aBooksCustomer(customerId, name, { zcrm_account_id: accountId, ...born() }));
      return customerId;
    },
  };
}
export type BooksLife = ReturnType<typeof createBooksLife>;
